"""The day in court, the day of travel, and a child who is missing, each at a real browser."""

from collections.abc import Callable
from uuid import UUID

import pytest

from tests import cast, stories
from tests.journeys import live
from tests.journeys.arriving import Colleague
from tests.web.test_areas import to_travel
from tests.web.test_children import guarded, handed
from tests.web.test_justice import SOON, in_court

Arriving = Callable[..., Colleague]
PROSECUTOR, COMPANION = cast.PROSECUTOR, cast.WITNESS_CO_ORDINATOR


@pytest.fixture
def case_ref() -> UUID:
    """A case before the police and the prosecutor, with somebody who goes to court with her."""
    return in_court()


class TestTheDayInCourt:
    """From the calendar to the day after."""

    def test_is_set_planned_moved_and_asked_about(self, arriving: Arriving, case_ref: UUID):
        prosecutor, companion = arriving(PROSECUTOR), arriving(COMPANION)
        case = f"/case/{case_ref}/"
        prosecutor.open(case, "A hearing is set")
        prosecutor.choose("hearing=trial", "person_called=on")
        prosecutor.day("hearing_on", SOON)
        assert prosecutor.send().endswith(case), prosecutor.said()

        companion.page.goto("/")
        companion.page.click("main >> text=Court >> nth=0")
        companion.readable()
        companion.page.goto(f"{case}at/court/")
        before = companion.said()
        companion.page.click("main >> text=Plan the day in court >> nth=-1")
        companion.choose("arranged=separate_entrance", "arranged=companion", "arranged=child_care")
        companion.write("route", "By the yard gate, then the lift to the second floor.")
        assert companion.send().endswith(case), companion.said()
        companion.page.goto(f"{case}at/court/")
        after = companion.said()
        companion.readable()

        assert "Nobody has assessed it yet" in before
        assert "Arranged for the day\nA separate entrance" in after.replace("\t", "\n")
        assert "By the yard gate" not in after


class TestAtTheGate:
    """A phone, a crowd, and one press."""

    def test_tells_everybody_that_police_are_waiting(self, arriving: Arriving):
        case_ref = to_travel()
        manager = arriving(cast.CASE_MANAGER, viewport=live.PHONE)
        focal = arriving(cast.FOCAL_OFFICER, viewport=live.PHONE)

        manager.page.goto(f"/case/{case_ref}/at/travel/")
        manager.page.click("text=Show place, code word and who comes")
        shown = manager.said()
        manager.readable()
        manager.page.click("button >> text=Police or officials are waiting there")
        focal.page.goto(f"/case/{case_ref}/at/travel/")
        alarm = focal.said()
        focal.readable()
        focal.page.click("button >> text=Found, and safe")
        focal.page.goto(f"/case/{case_ref}/at/travel/")

        assert "lemon tree" in shown
        assert "Police or officials are waiting there. Press" in alarm
        assert "Press" not in focal.said().split("What happens now?")[0]


class TestAGuardian:
    """Reads the child's file, and reports a missing child with one tap."""

    def test_reads_what_was_found_best_and_reports_the_child_missing(self, arriving: Arriving):
        case_ref = guarded_child()
        guardian, case = arriving(cast.GUARDIAN, viewport=live.PHONE), f"/case/{case_ref}/"

        guardian.page.goto("/")
        guardian.page.click("main >> text=Children >> nth=0")
        guardian.readable()
        guardian.page.click(f"main a[href='{case}at/young/'] >> nth=0")
        read = guardian.said()
        guardian.readable()
        guardian.page.click("text=The child is missing: report now")
        told = guardian.said()
        guardian.readable()

        assert "Not assessed yet" in read
        assert "Call police and guardian now." in told
        assert "Child missing" in told


def guarded_child() -> UUID:
    """A child whom child protection handed to a guardian."""
    case_ref = stories.contact(cast.POLICE_OFFICER, majority="unknown", age_in_doubt=True)
    handed(case_ref, cast.CHILD_WORKER, "CP")
    guarded(case_ref)
    handed(case_ref, cast.GUARDIAN, "GU", by=cast.CHILD_WORKER)
    return case_ref
