"""Tests of outcomes, of closing with the door open, and of coming back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.closing import Closure, close_case
from opennrm.casework.outcome import (
    Outcome,
    Reopening,
    record_outcome,
    reopen_case,
)
from opennrm.casework.refusals import EntryMalformed, MoveRefused, PermissionMissing, RuleBroken
from tests import cast
from tests.casework.story import NEXT_YEAR, TODAY, Story
from tests.cast import Member

READY = Closure(
    exit_kind="goals_met",
    retention_until=NEXT_YEAR,
    plan_reviewed=True,
    claims_listed=True,
    safety_plan=True,
    return_contact=True,
)


def closed(story: Story, who: Member = cast.CASE_MANAGER, **more: Any) -> UUID:
    story.routes(who)
    return close_case(closure=replace(READY, **more), **story.by(who))


@pytest.fixture
def held(story: Story) -> Story:
    """A case held by the shelter's case manager."""
    return story.with_case_manager()


class TestRecordOutcome:
    def test_keeps_how_she_stands_by_her_own_word(self, held: Story) -> None:
        outcome = Outcome(outcomes=("housing_stability.better",), self_assessed=True)

        record_outcome(outcome=outcome, **held.by(cast.CASE_MANAGER))

        assert held.case.facts[-1].texts("outcomes") == ("housing_stability.better",)

    def test_is_refused_to_other_roles(self, held: Story) -> None:
        with pytest.raises(PermissionMissing):
            record_outcome(outcome=Outcome(outcomes=()), **held.by(cast.POLICE_OFFICER))


class TestCloseCase:
    def test_ends_support_and_tells_those_who_hold_the_case(self, held: Story) -> None:
        closed(held)

        assert held.case.is_closed
        notice = held.office.notices[-1]
        assert (notice.organisation, notice.kind) == (
            cast.TOWN_POLICE.organisation,
            "case_closed",
        )

    def test_leaves_the_other_tracks_where_they_are(self, held: Story) -> None:
        before = held.case.identification, held.case.criminal, held.case.residence

        closed(held)

        assert (held.case.identification, held.case.criminal, held.case.residence) == before

    @pytest.mark.parametrize(
        "gap", ["plan_reviewed", "claims_listed", "safety_plan", "return_contact"]
    )
    def test_is_refused_while_something_is_left_to_do(self, held: Story, gap: str) -> None:
        with pytest.raises(RuleBroken) as refused:
            closed(held, **{gap: False})

        assert refused.value.finding.reason == "closing_not_ready"

    def test_is_refused_without_a_day_of_retention_ahead(self, held: Story) -> None:
        with pytest.raises(RuleBroken):
            closed(held, retention_until=TODAY)

    @pytest.mark.parametrize("reason", ["trial_ended", "budget_ended", "did_not_testify"])
    def test_has_no_exit_because(self, held: Story, reason: str) -> None:
        with pytest.raises(EntryMalformed):
            closed(held, exit_kind=reason)

    def test_is_done_once(self, held: Story) -> None:
        closed(held)

        with pytest.raises(MoveRefused):
            closed(held)

    def test_is_refused_to_other_roles(self, held: Story) -> None:
        with pytest.raises(PermissionMissing):
            closed(held, cast.DECIDING_OFFICER)

    def test_ends_a_contact_that_never_became_help_where_it_was_recorded(
        self, story: Story
    ) -> None:
        closed(story, cast.POLICE_OFFICER, exit_kind="lost_contact")

        assert story.case.is_closed

    def test_is_the_case_manager_s_once_help_was_accepted(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        with pytest.raises(MoveRefused):
            closed(held, cast.POLICE_OFFICER)


class TestReopenCase:
    def test_asks_for_no_new_proof(self, held: Story) -> None:
        closed(held)

        reopen_case(reopening=Reopening(reason="person_came_back"), **held.by(cast.POLICE_OFFICER))

        assert held.case.assistance == "re_entered"
        assert not held.case.is_closed

    def test_is_open_to_the_house_that_began_after_fourteen_months(self, story: Story) -> None:
        closed(story, cast.POLICE_OFFICER, exit_kind="lost_contact")
        story.at += timedelta(days=14 * 31)

        reopening = Reopening(reason="person_came_back")
        reopen_case(reopening=reopening, **story.by(cast.POLICE_OFFICER))

        assert not story.case.is_closed

    def test_is_refused_on_an_open_case(self, held: Story) -> None:
        with pytest.raises(MoveRefused):
            reopen_case(reopening=Reopening(reason="new_need"), **held.by(cast.CASE_MANAGER))

    def test_is_refused_to_other_roles(self, held: Story) -> None:
        with pytest.raises(PermissionMissing):
            reopen_case(reopening=Reopening(reason="new_need"), **held.by(cast.HEALTH_WORKER))
