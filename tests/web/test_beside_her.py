"""The page looked at beside the person: with a standing assessment, without names and places."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.casework.plan import RiskAssessment, assess_risk
from tests import cast, stories
from tests.rights.removing import without
from tests.web.browsing import browser

MANAGER, CHILD_PARTS = cast.CASE_MANAGER, ("D1", "D10")
PARTS = ("D1", "D2", "D4", "D8", "D9", "D10")


def address(case_ref: UUID) -> str:
    """Return the address of the page."""
    return reverse("beside_her", kwargs={"case_ref": case_ref})


def shared() -> UUID:
    """A case with a name in it, shared with a case manager."""
    officer = cast.POLICE_OFFICER
    case = stories.contact(officer, majority="adult", words="A van came each morning.")
    stories.described(officer, case, names="Teuta Rama")
    stories.answered(MANAGER, case, stories.referred(officer, case, MANAGER, "CM", PARTS))
    return case


def assessed(case: UUID, *, days: int) -> None:
    """Look at the dangers, to be looked at again after some days."""
    again = stories.TODAY + timedelta(days=days)
    risk = RiskAssessment(level="low", review_on=again)
    stories.do(assess_risk, MANAGER, case_ref=case, assessment=risk)


@pytest.fixture(scope="module")
def case_ref(_database: None) -> UUID:
    """A case in which the dangers were looked at, and a house was agreed to."""
    case = shared()
    assessed(case, days=30)
    stories.consent(MANAGER, case, cast.SHELTER_WITHOUT_CONSENT, "SH", ("D1",))
    return case


class TestHerPage:
    def test_is_closed_until_the_dangers_were_looked_at_and_when_that_is_old(self) -> None:
        case = shared()
        first = browser(MANAGER).get(address(case)).content.decode()
        assessed(case, days=-1)
        late = browser(MANAGER).get(address(case)).content.decode()

        for page in (first, late):
            assert "What you agreed to" not in page
            assert "Look at the dangers" in page

    def test_says_what_is_written_who_looked_and_what_would_stop(self, case_ref: UUID) -> None:
        page = browser(MANAGER).get(address(case_ref))

        assert page.status_code == 200
        assert page["Cache-Control"] == "no-store"
        for words in ("What is written", "Case manager", cast.GREEN_DOOR.name):
            assert words in page.content.decode()
        assert "they no longer see this" in page.content.decode()

    def test_shows_no_name_no_words_and_no_house(self, case_ref: UUID) -> None:
        page = browser(MANAGER).get(address(case_ref)).content.decode()
        main = page[page.index('id="main-content"') :]

        for hidden in ("Teuta", "Rama", "van came", cast.QUIET_HOUSE.name):
            assert hidden not in main

    def test_speaks_her_language_in_its_direction(self, case_ref: UUID) -> None:
        page = browser(MANAGER).get(address(case_ref) + "?in=ar").content.decode()

        assert '<html lang="ar" dir="rtl"' in page

    def test_leads_to_the_step_that_takes_a_consent_back(self, case_ref: UUID) -> None:
        client = browser(MANAGER)
        page = client.get(address(case_ref)).content.decode()
        link = page.split("withdraw-consent/?consent=")[1][:36]

        step = client.get(reverse("withdraw_consent", args=[case_ref]), {"consent": link})

        assert "They lose sight of all this at once" in step.content.decode()

    def test_is_closed_to_others(self, case_ref: UUID) -> None:
        for who in (cast.HEALTH_WORKER, cast.POLICE_OFFICER, cast.DETECTIVE):
            assert browser(who).get(address(case_ref)).status_code == 404

    def test_of_a_child_opens_for_the_guardian_only(self) -> None:
        officer, both = cast.POLICE_OFFICER, {"guardian": True, "assent": True}
        case = stories.contact(officer, majority="child")
        for who, role in ((MANAGER, "CM"), (cast.GUARDIAN, "GU")):
            sent = stories.referred(officer, case, who, role, CHILD_PARTS, **both)
            stories.answered(who, case, sent)

        assert browser(MANAGER).get(address(case)).status_code == 404
        assert browser(cast.GUARDIAN).get(address(case)).status_code == 200

    def test_goes_with_the_rule_that_opens_it(self, case_ref: UUID) -> None:
        with without("R51"):
            assert browser(MANAGER).get(address(case_ref)).status_code == 404
