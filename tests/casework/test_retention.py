"""Tests of keeping: the day on which it ends, a legal hold, an erasure proposed."""

from datetime import date, timedelta

import pytest

from opennrm.casework.closing import Closure, close_case
from opennrm.casework.outcome import Reopening, reopen_case
from opennrm.casework.refusals import MoveRefused, PermissionMissing, RuleBroken
from opennrm.casework.retention import (
    Erasure,
    HoldLifted,
    LegalHold,
    lift_legal_hold,
    propose_erasure,
    set_legal_hold,
)
from opennrm.casework.warnings import warnings
from opennrm.lifecycle.deadlines import deadlines
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.story import TODAY, Story
from tests.rights.removing import without

UNTIL = TODAY + timedelta(days=100)
LATER = UNTIL + timedelta(days=1)
OFFICER = cast.POLICE_OFFICER


@pytest.fixture
def closed(story: Story) -> Story:
    """A case closed after its first contact, to be kept for a hundred days."""
    closure = Closure(
        exit_kind="moved",
        retention_until=UNTIL,
        plan_reviewed=True,
        claims_listed=True,
        safety_plan=True,
        return_contact=True,
    )
    close_case(closure=closure, **story.by(OFFICER))
    return story


def hold(story: Story, review_on: date = LATER) -> object:
    """Set a legal hold."""
    wanted = LegalHold(reason="open_claim", review_on=review_on)
    return set_legal_hold(hold=wanted, **story.by(OFFICER))


def due(story: Story) -> list[date]:
    """Return the local days on which the end of keeping is due."""
    found = deadlines(story.case, presets("MK"))
    return [one.due_at.date() for one in found if one.kind == "T17"]


def warned(story: Story, at_day: date) -> list[str]:
    """Return the reasons of the warnings on retention on a day."""
    at = story.at + (at_day - TODAY)
    parts = frozenset({"D1"})
    found = warnings(story.case, presets=presets("MK"), at=at, compartments=parts)
    return [finding.reason for finding in found if finding.rule == "R50"]


class TestRetention:
    def test_falls_due_on_its_day_and_warns_from_then_on(self, closed: Story) -> None:
        assert due(closed) == [UNTIL - timedelta(days=1)]  # midnight there is the evening before
        assert warned(closed, UNTIL - timedelta(days=1)) == []
        assert warned(closed, UNTIL) == ["retention_over"]

    def test_is_scheduled_and_warned_by_its_rule_only(self, closed: Story) -> None:
        with without("R50"):
            assert due(closed) == []
            assert warned(closed, UNTIL) == []

    def test_ends_when_the_case_is_opened_again(self, closed: Story) -> None:
        again = Reopening(reason="person_came_back")
        reopen_case(reopening=again, **closed.by(OFFICER))

        assert due(closed) == []
        assert warned(closed, LATER) == []


class TestLegalHold:
    def test_keeps_the_record_and_is_looked_at_again(self, closed: Story) -> None:
        hold(closed)

        assert due(closed) == [LATER]
        assert warned(closed, LATER) == []

    def test_stands_once_at_a_time_and_names_a_later_day(self, closed: Story) -> None:
        with pytest.raises(MoveRefused):
            hold(closed, review_on=TODAY)
        hold(closed)
        with pytest.raises(MoveRefused):
            hold(closed)

    def test_can_be_lifted(self, closed: Story) -> None:
        fact = hold(closed)
        lifting = HoldLifted(hold=fact, lifted_on=TODAY)  # type: ignore[arg-type]

        lift_legal_hold(lifting=lifting, **closed.by(OFFICER))

        assert warned(closed, UNTIL) == ["retention_over"]
        with pytest.raises(MoveRefused):
            lift_legal_hold(lifting=lifting, **closed.by(OFFICER))


class TestProposeErasure:
    def test_tells_the_data_protection_officer_and_erases_nothing(self, closed: Story) -> None:
        before = closed.case.facts

        fact = propose_erasure(erasure=Erasure(proposed_on=UNTIL), **closed.by(OFFICER))

        assert closed.case.facts[:-1] == before
        told = [one.organisation for one in closed.office.notices if one.about == fact]
        assert told == [cast.DATA_OFFICE.organisation]
        assert due(closed) == []
        assert warned(closed, LATER) == []

    def test_is_refused_before_the_day(self, closed: Story) -> None:
        erasure = Erasure(proposed_on=UNTIL - timedelta(days=1))

        with pytest.raises(RuleBroken) as refused:
            propose_erasure(erasure=erasure, **closed.by(OFFICER))

        assert refused.value.finding.reason == "retention_runs"
        with without("R50"):
            propose_erasure(erasure=erasure, **closed.by(OFFICER))

    def test_is_refused_on_hold_and_of_an_open_case(self, closed: Story) -> None:
        hold(closed)
        with pytest.raises(RuleBroken) as refused:
            propose_erasure(erasure=Erasure(proposed_on=LATER), **closed.by(OFFICER))
        opened = closed.contact()
        with pytest.raises(RuleBroken) as of_open:
            propose_erasure(erasure=Erasure(proposed_on=LATER), **opened.by(OFFICER))

        assert refused.value.finding.reason == "legal_hold"
        assert of_open.value.finding.reason == "case_is_open"

    def test_is_done_once(self, closed: Story) -> None:
        propose_erasure(erasure=Erasure(proposed_on=UNTIL), **closed.by(OFFICER))

        with pytest.raises(MoveRefused):
            propose_erasure(erasure=Erasure(proposed_on=UNTIL), **closed.by(OFFICER))

    def test_is_not_for_every_role(self, closed: Story) -> None:
        with pytest.raises(PermissionMissing):
            propose_erasure(erasure=Erasure(proposed_on=UNTIL), **closed.by(cast.LAWYER))
