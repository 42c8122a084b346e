"""Tests of a missing child: reported, every call noted, heard by somebody independent (R39)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.child_missing import (
    FoundChild,
    MissingCall,
    MissingChild,
    MissingDetails,
    ReturnTalk,
    describe_missing_child,
    hold_return_interview,
    log_missing_call,
    record_child_found,
    report_missing_child,
)
from opennrm.casework.refusals import MoveRefused, RuleBroken
from tests import cast
from tests.casework.child_story import ChildStory
from tests.cast import NOON
from tests.fakes import Office

TODAY = NOON.date()


@pytest.fixture
def child(office: Office) -> ChildStory:
    """A child with a guardian, whose case child protection holds."""
    child = ChildStory(office).contact(majority="child").protected()
    child.hand_on_duty(cast.GUARDIAN, "GU").guarded()
    return child


def missing(child: ChildStory, **more: Any) -> UUID:
    """Report the child missing."""
    known: dict[str, Any] = {"last_seen": TODAY, "clothing": "A red jacket", "photo_held": True}
    known |= {"missing_from": cast.CHILD_WORKER.actor.organisation}
    report = MissingChild(**(known | more))
    return report_missing_child(report=report, **child.by(cast.POLICE_OFFICER))


def called(child: ChildStory, report: UUID, whom: str, result: str, **more: Any) -> UUID:
    """Note a call."""
    call = MissingCall(report=report, called=whom, result=result, **more)
    return log_missing_call(call=call, **child.by(cast.CHILD_WORKER))


def found(child: ChildStory, report: UUID, how: str = "came_back", **more: Any) -> UUID:
    """Record that the child is back."""
    finding = FoundChild(report=report, how=how, **({"found_on": child.at.date()} | more))
    return record_child_found(finding=finding, **child.by(cast.CHILD_WORKER))


def heard(child: ChildStory, report: UUID, who: cast.Member) -> UUID:
    """Hear the child."""
    talk = ReturnTalk(report=report, held_on=child.at.date(), why=("debt",), words="I was afraid.")
    return hold_return_interview(talk=talk, **child.by(who))


class TestAReport:
    def test_seals_what_is_needed_to_look_for_her_and_tells_everyone(
        self, child: ChildStory
    ) -> None:
        report = missing(child, feared_persons="A man with a van", police_number="K 17/26")

        assert child.office.sealed(report)["feared_persons"] == "A man with a van"
        told = {one.organisation for one in child.office.notices if one.kind.endswith("reported")}
        assert told == {cast.CHILD_WORKER.actor.organisation, cast.GUARDIAN.actor.organisation}

    def test_is_due_at_once_until_police_and_guardian_are_reached(self, child: ChildStory) -> None:
        report = missing(child)
        assert child.due()["T18"] == NOON

        called(child, report, "police", "reached", police_number="K 17/26")
        called(child, report, "guardian", "not_reached")
        assert "T18" in child.due()
        called(child, report, "guardian", "reached")

        assert "T18" not in child.due()
        assert len(child.case.of_kind("missing_child_call_logged")) == 3

    def test_may_say_itself_that_both_know(self, child: ChildStory) -> None:
        missing(child, police_told=True, guardian_told=True)

        assert "T18" not in child.due()

    def test_needs_no_guardian_where_there_is_none(self, office: Office) -> None:
        alone = ChildStory(office).contact(majority="child").protected()

        missing(alone, police_told=True)

        assert "T18" not in alone.due()

    def test_stands_once_and_is_for_children(self, child: ChildStory, office: Office) -> None:
        missing(child)

        with pytest.raises(MoveRefused):
            missing(child)
        with pytest.raises(MoveRefused):
            missing(ChildStory(office).contact(majority="adult"))
        with pytest.raises(MoveRefused):
            missing(child, last_seen=TODAY + timedelta(days=1))

    def test_of_news_tells_everyone(self, child: ChildStory) -> None:
        report = missing(child)
        before = len(child.office.notices)

        called(child, report, "hospital", "not_reached", called_on=TODAY)
        assert len(child.office.notices) == before
        called(child, report, "hospital", "news")

        assert len(child.office.notices) > before


class TestAChildWhoIsBack:
    def test_is_heard_within_three_days(self, child: ChildStory) -> None:
        report = missing(child)
        found(child, report)

        assert "T18" not in child.due()
        assert child.due()["T18R"] == NOON + timedelta(hours=72)
        heard(child, report, cast.GUARDIAN)
        assert "T18R" not in child.due()

    def test_is_not_heard_by_the_house_she_left(self, child: ChildStory) -> None:
        report = missing(child)
        found(child, report)

        with pytest.raises(RuleBroken) as refused:
            heard(child, report, cast.CHILD_WORKER)

        assert refused.value.finding.reason == "interviewer_not_independent"

    def test_may_be_heard_by_anyone_where_no_house_is_named(self, child: ChildStory) -> None:
        report = missing(child, missing_from=None)
        found(child, report)

        heard(child, report, cast.CHILD_WORKER)

        assert child.case.of_kind("return_interview_held")

    def test_can_go_missing_again(self, child: ChildStory) -> None:
        first = missing(child, police_told=True, guardian_told=True)
        found(child, first)

        second = missing(child)

        assert second != first
        assert "T18" in child.due()

    def test_is_found_once(self, child: ChildStory) -> None:
        report = missing(child)
        with pytest.raises(MoveRefused):
            found(child, report, found_on=TODAY + timedelta(days=1))
        found(child, report)

        with pytest.raises(MoveRefused):
            found(child, report)
        with pytest.raises(MoveRefused):
            found(child, cast.ref("no report"))

    def test_who_died_is_not_waited_for(self, child: ChildStory) -> None:
        found(child, missing(child), "found_dead")

        assert "T18R" not in child.due()


class TestWhatIsToldLater:
    def test_names_the_house_whose_people_do_not_hear_the_child(self, child: ChildStory) -> None:
        left = cast.CHILD_WORKER.actor.organisation
        report = missing(child, missing_from=None, clothing="")
        details = MissingDetails(report=report, missing_from=left, clothing="A red jacket")

        describe_missing_child(details=details, **child.by(cast.POLICE_OFFICER))
        found(child, report)

        with pytest.raises(RuleBroken):
            heard(child, report, cast.CHILD_WORKER)

    def test_needs_a_report(self, child: ChildStory) -> None:
        details = MissingDetails(report=child.case_ref, clothing="A red jacket")

        with pytest.raises(MoveRefused):
            describe_missing_child(details=details, **child.by(cast.POLICE_OFFICER))
