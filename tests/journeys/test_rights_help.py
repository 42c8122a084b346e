"""Tests 1 and 2 of the ten: help depends neither on the police nor on where she is from."""

from collections.abc import Callable

from tests import cast
from tests.journeys.arriving import Colleague
from tests.journeys.test_from_contact_to_closure import (
    accepted,
    chosen_basis,
    consented,
    contact,
    offered,
    path_of,
    screening,
    shared,
)

Arriving = Callable[..., Colleague]
HELPERS = (
    ("Quiet House", "SH", "shelter", cast.SHELTER_WITHOUT_CONSENT),
    ("River Clinic", "HC", "medical", cast.HEALTH_WORKER),
    ("Open Law", "LA", "legal_aid", cast.LAWYER),
)
DUE, WORDS_OF_EACH = "li:has(> .op-due)", "all => all.map(one => one.innerText)"
ON_CO_OPERATION = ("co-operat", "cooperat", "testif", "statement to", "complaint", "charge")


class TestAPersonWhoWillNotTalkToThePolice:
    """A bed, a doctor and a lawyer, all the same (R01, R02, R03)."""

    def test_gets_a_bed_a_doctor_and_a_lawyer(self, arriving: Arriving):
        officer, manager = arriving(cast.POLICE_OFFICER), arriving(cast.CASE_MANAGER)
        case = contact(officer)
        screening(officer, case)
        shared(officer, case, "Green Door", "CM", "referral")
        accepted(manager, case)

        for name, role, service, who in HELPERS:
            offered(manager, case, name, role, service)
            provider = arriving(who)
            accepted(provider, case)
            given(provider, case)

        manager.page.goto(case)
        manager.readable()
        assert "In support" in manager.said()

    def test_is_asked_nowhere_whether_she_co_operates(self, arriving: Arriving):
        officer = arriving(cast.POLICE_OFFICER)
        case = contact(officer)
        screening(officer, case)
        consented(officer, case, "Quiet House", "SH", "service")

        officer.open(case, "Offer a service")
        chosen_basis(officer, "Quiet House")

        words = officer.page.inner_text("main form").lower()
        names = officer.page.eval_on_selector_all("[name]", "all => all.map(one => one.name)")
        assert not [word for word in ON_CO_OPERATION if word in words]
        assert not [name for name in names if "operat" in name or "criminal" in name]

    def test_is_not_refused_emergency_help_without_a_reason(self, arriving: Arriving):
        officer, shelter = arriving(cast.POLICE_OFFICER), arriving(cast.SHELTER_WITHOUT_CONSENT)
        case = contact(officer)
        screening(officer, case)
        offered(officer, case, "Quiet House", "SH", "shelter")
        shelter.page.goto(case)
        shelter.page.click("main >> text=Accept or decline")

        shelter.choose("answer=declined")
        shelter.pick("reason", "no_reason_given")
        shelter.send()

        assert "This was not saved" in shelter.said()
        assert "Presumed persons get help" in shelter.follows_rule("R03")
        shelter.readable()


class TestTwoPeople:
    """A citizen held by her cousin, and a foreigner held by a gang (R06, R07, R08)."""

    def test_get_the_same_file_the_same_time_and_the_same_services(self, arriving: Arriving):
        officer = arriving(cast.POLICE_OFFICER)
        citizen = met(officer, "internal", "MK", "Her cousin holds her papers in the next town.")
        foreigner = met(officer, "cross_border", "VN", "A gang brought her over three borders.")

        for case in (citizen, foreigner):
            shared(officer, case, "Identification Office", "CA", "referral")
        seen = [seen_of(officer, case) for case in (citizen, foreigner)]

        assert seen[0] == seen[1]
        assert seen[0]["due"] and seen[0]["can be done"] and seen[0]["services"]

    def test_are_both_given_a_bed(self, arriving: Arriving):
        officer, shelter = arriving(cast.POLICE_OFFICER), arriving(cast.SHELTER_WITHOUT_CONSENT)
        for scope, country in (("internal", "MK"), ("cross_border", "VN")):
            case = met(officer, scope, country, "She asks for a bed.")
            offered(officer, case, "Quiet House", "SH", "shelter")
            accepted(shelter, case)
            given(shelter, case)


def given(provider: Colleague, case: str) -> None:
    """Say that the help was given."""
    provider.open(case, "Help was given")
    provider.page.check("main form[method=get] input >> nth=0")
    provider.page.click("text=Continue")
    assert provider.send().endswith(case), provider.said()


def met(officer: Colleague, scope: str, country: str, words: str) -> str:
    """Meet somebody, write down who she is and what she told, and presume."""
    officer.page.goto("/contact/")
    officer.choose("route=own_detection", "majority=adult", f"scope_of_trafficking={scope}")
    officer.pick("channel", "in_person")
    officer.write("words", words)
    officer.send()
    case = path_of(officer)
    officer.open(case, "Who the person is")
    officer.write("names", f"Invented Person of {country}")
    officer.pick("citizenship_first", country)
    assert officer.send().endswith(case), officer.said()
    screening(officer, case)
    return case


def seen_of(officer: Colleague, case: str) -> dict[str, object]:
    """Note what is due, what can be done, where things stand, and what can be offered."""
    page = officer.page
    page.goto(case)
    seen: dict[str, object] = {
        "due": page.eval_on_selector_all(
            ".op-due", "all => all.map(one => one.parentNode.innerText)"
        ),
        "can be done": page.text_content("nav.op-panel"),
        "stands": page.inner_text(".govuk-summary-list >> nth=0"),
    }
    consented(officer, case, "Quiet House", "SH", "service")
    officer.open(case, "Offer a service")
    chosen_basis(officer, "Quiet House")
    page.wait_for_selector("select[name='service']", state="attached")
    seen["services"] = page.eval_on_selector_all(
        "select[name='service'] option", "all => all.map(one => one.value)"
    )
    return seen
