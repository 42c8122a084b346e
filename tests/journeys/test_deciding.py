"""The day of who decides: the file, a second reader, a no, and the letter."""

from collections.abc import Callable
from uuid import UUID

import pytest

from tests import cast, stories
from tests.journeys.arriving import Colleague
from tests.web.test_decision_pages import screened
from tests.web.test_decisions import at_the_authority

Arriving = Callable[..., Colleague]
AUTHORITY, READER = cast.DECIDING_OFFICER, cast.PANEL_READER
WROTE = "The dates do not fit together."


@pytest.fixture
def case_ref() -> UUID:
    """A case that waits for the decision, with signs and an account."""
    case_ref = at_the_authority()
    screened(case_ref, reason="The passports were in his car.", forms=("labour",))
    return case_ref


class TestANo:
    """Read by two people who do not see each other's words, told in a letter that hides it."""

    def test_is_read_twice_and_told_in_a_letter(self, arriving: Arriving, case_ref: UUID):
        officer, reader, case = arriving(AUTHORITY), arriving(READER), f"/case/{case_ref}/"

        officer.page.goto(case)
        officer.page.click("main >> text=Read the file for the decision")
        officer.page.click("text=Show what was written")
        assert "The passports were in his car." in officer.said()
        officer.readable()
        propose(officer, case)
        first = answered(reader, case)
        decided(officer, case)
        officer.page.goto(case)
        officer.page.click(".moj-timeline >> text=Letter for the person >> nth=0")
        letter = officer.said()
        officer.readable()

        assert WROTE not in first
        assert "Our answer is no." in letter
        assert "We did not find that somebody wanted to exploit you." in letter

    def test_is_not_taken_by_one_alone(self, arriving: Arriving, case_ref: UUID):
        officer, case = arriving(AUTHORITY), f"/case/{case_ref}/"

        officer.open(case, "Reasonable-grounds decision")
        fill_no(officer)
        officer.send()

        assert "decide-reasonable-grounds" in officer.page.url
        assert "second" in officer.said().split("Reasonable-grounds decision")[0]
        assert officer.follows_rule("R23")


def propose(officer: Colleague, case: str) -> None:
    """Ask a reader of the panel by name about a no."""
    officer.page.goto(f"{case}propose-act/?act=negative_decision.reasonable_grounds_decided")
    officer.pick("to", f"{cast.PANEL.organisation}:RP:{READER.account}")
    officer.write("reasons", WROTE)
    assert officer.send().endswith(case), officer.said()


def answered(reader: Colleague, case: str) -> str:
    """Read the file and agree; return what was to be read before."""
    reader.page.goto(case)
    reader.page.click("main >> text=Read the file for the decision")
    reader.page.click("text=Show what was written")
    seen = reader.said()
    reader.readable()
    reader.page.click("main >> text=You were asked for an opinion")
    reader.choose("opinion=agrees")
    reader.send()
    return seen


def decided(officer: Colleague, case: str) -> None:
    """Save the no on the agreement of the second reader."""
    officer.open(case, "Reasonable-grounds decision")
    fill_no(officer)
    officer.page.select_option("select[name='hold']", index=1)
    assert officer.send().endswith(case), officer.said()


def fill_no(officer: Colleague) -> None:
    """Fill in a no with reasons and a remedy."""
    officer.choose("outcome=negative", "reasons_codes=no_purpose", "remedy=reconsideration")
    officer.write("reasons", "We asked the employer and saw the contract.")
    officer.pick("language", "sq")
    officer.day("remedy_until", stories.in_days(30))
