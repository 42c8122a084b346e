"""Tests 6, 7 and 8 of the ten: consent taken back, enforcement, no name without consent."""

from collections.abc import Callable

import pytest

from opennrm.records.reference import reference
from tests import cast, stories
from tests.journeys.arriving import Colleague
from tests.journeys.test_from_contact_to_closure import chosen_basis

Arriving = Callable[..., Colleague]
SHARED = ("D1", "D2", "D9")
TRIED = ("Lina Example", "4 March 2003", "Partizanska 5, Skopje")


class TestAConsentTakenBack:
    """The shelter gets a stop notice and nothing else (R41)."""

    def test_ends_the_sharing_at_once_and_tells_the_shelter(self, arriving: Arriving):
        officer, shelter = arriving(cast.POLICE_OFFICER), arriving(cast.CASE_MANAGER)
        case_ref = stories.contact(cast.POLICE_OFFICER)
        stories.described(cast.POLICE_OFFICER, case_ref, names="Lina Example")
        referral = stories.referred(cast.POLICE_OFFICER, case_ref, cast.CASE_MANAGER, "CM", SHARED)
        stories.answered(cast.CASE_MANAGER, case_ref, referral)
        case = f"/case/{case_ref}/"
        shelter.page.goto(case)
        assert reference(case_ref) in shelter.said()

        taken_back(officer, case)

        assert shelter.page.goto(case).status == 404
        shelter.page.goto(f"/?view=all&text={reference(case_ref)}")
        assert reference(case_ref) not in shelter.page.inner_text(
            "main table, main .govuk-inset-text"
        )
        shelter.page.goto("/notices/")
        shelter.readable()
        told = shelter.page.eval_on_selector_all(
            ".op-next li", "all => all.map(one => one.innerText)"
        )
        assert any("Consent" in one and "Town Police" in one for one in told)

    def test_opens_nothing_any_more(self, arriving: Arriving):
        officer = arriving(cast.POLICE_OFFICER)
        case_ref = stories.contact(cast.POLICE_OFFICER)
        stories.consent(cast.POLICE_OFFICER, case_ref, cast.CASE_MANAGER, "CM", SHARED)
        case = f"/case/{case_ref}/"

        taken_back(officer, case)

        officer.page.goto(f"{case}refer/")
        assert "Green Door" not in officer.said()


class TestImmigrationEnforcement:
    """Nothing about a person goes there (R43)."""

    def test_is_no_recipient_to_choose(self, arriving: Arriving):
        officer = arriving(cast.POLICE_OFFICER)
        case_ref = stories.contact(cast.POLICE_OFFICER)

        officer.page.goto(f"/case/{case_ref}/take-consent/")

        assert "Green Door" in officer.said()
        assert "Removals Unit" not in officer.said()

    @pytest.mark.parametrize("role", ["IE", "MI"])
    def test_is_refused_when_somebody_writes_it_into_the_address(
        self, arriving: Arriving, role: str
    ):
        officer = arriving(cast.POLICE_OFFICER)
        case_ref = stories.contact(cast.POLICE_OFFICER)
        unit = cast.REMOVALS.organisation

        officer.page.goto(f"/case/{case_ref}/take-consent/?recipient={unit}:{role}")

        assert officer.page.query_selector("main form[method=post]") is None or (
            refused_by_the_rule(officer)
        )

    def test_has_its_rule_explained_to_everyone(self, arriving: Arriving):
        officer = arriving(cast.POLICE_OFFICER)

        officer.page.goto("/rules/R43/")

        officer.readable()
        assert "An immigration-enforcement unit is chosen as a recipient" in officer.said()


class TestANotification:
    """Seven answers from lists and nothing else (R44)."""

    def test_has_no_place_for_a_name_a_date_of_birth_or_an_address(self, arriving: Arriving):
        officer = arriving(cast.POLICE_OFFICER)

        officer.page.goto("/notify/")

        officer.readable()
        free = "main form textarea, main form input:not([type=hidden]):not([type=radio])"
        assert officer.page.query_selector_all(free) == []
        regions = officer.page.inner_text("select[name='place_region']")
        assert "Polog" in regions and "Partizanska" not in regions

    @pytest.mark.parametrize("tried", TRIED)
    @pytest.mark.parametrize("field", ["age_group", "place_region"])
    def test_takes_none_of_them_in_place_of_an_answer(
        self, arriving: Arriving, field: str, tried: str
    ):
        officer = arriving(cast.POLICE_OFFICER)
        answered(officer)

        officer.plant(field, tried)
        officer.send()

        assert officer.page.url.endswith("/notify/")
        assert "Something needs your attention" in officer.said()

    def test_is_sent_with_its_seven_answers(self, arriving: Arriving):
        officer = arriving(cast.POLICE_OFFICER)
        answered(officer)

        officer.send()

        assert "holds these seven answers and nothing else" in officer.page.inner_text("main")


def taken_back(officer: Colleague, case: str) -> None:
    """Take the consent for the case manager back, on its page."""
    officer.page.goto(f"{case}withdraw-consent/")
    chosen_basis(officer, "Green Door")
    assert "What stops at once" in officer.said()
    officer.readable()
    assert officer.send().endswith(case), officer.said()


def refused_by_the_rule(officer: Colleague) -> bool:
    """Fill in the consent all the same, and hold that the rule refuses it."""
    officer.page.check("input[name='scopes'] >> nth=0")
    officer.pick("purpose", "referral")
    officer.choose("form=spoken")
    officer.pick("language", "sq")
    officer.day("until", stories.in_days(30))
    officer.send()
    assert "This was not saved" in officer.said(), officer.said()
    return "immigration enforcement" in officer.follows_rule("R43")


def answered(officer: Colleague) -> None:
    """Choose an answer from each list."""
    officer.page.goto("/notify/")
    lists = officer.page.query_selector_all("main form select")
    for name in [str(one.get_attribute("name")) for one in lists]:
        options = officer.page.query_selector_all(f"select[name='{name}'] option")
        officer.pick(name, str(options[1].get_attribute("value")))
    asked = officer.page.query_selector_all("main form input[type=radio]")
    for name in {str(one.get_attribute("name")) for one in asked}:
        officer.page.check(f"input[name='{name}'] >> nth=0")
