"""Tests of removal, detention and transfer: always recorded, authorised only under the rules."""

from datetime import timedelta

import pytest

from opennrm.casework.breach import Breach, observe_breach
from opennrm.casework.refusals import HoldStands, MoveRefused, PermissionMissing, RuleBroken
from opennrm.casework.residence_removal import (
    RemovalAuthorisation,
    RemovalStop,
    authorise_removal_task,
    stop_removal_task,
)
from tests import cast
from tests.casework import returning as step
from tests.casework.story import Story
from tests.casework.test_residence import stands, warned
from tests.cast import Member

ACTS = ("removal", "detention", "dublin_transfer")


@pytest.fixture
def waiting(story: Story) -> Story:
    """A case that waits for the first decision, with the migration authority on it."""
    return step.with_migration(story.with_case_manager().with_authority())


@pytest.fixture
def recovering(waiting: Story) -> Story:
    """A case whose recovery period opened today."""
    waiting.decide()
    step.opened(waiting, 45)
    return waiting


@pytest.fixture
def recovered(recovering: Story) -> Story:
    """A case whose recovery period is over, with a safe and fresh assessment of another body."""
    step.later(recovering, 45)
    step.proposed(recovering, "by_authority", cast.MIGRATION_OFFICER)
    step.assessed(recovering)
    return recovering


def refused(story: Story, act: str = "removal") -> str:
    """Return which rule stops a task, and why."""
    with pytest.raises(RuleBroken) as no:
        step.let_out(story, step.task(story, act))
    return f"{no.value.finding.rule} {no.value.finding.reason}"


class TestRecordRemovalTask:
    def test_is_open_to_everyone_on_the_case_and_alerts_who_must_act(self, waiting: Story) -> None:
        waiting.office.notices.clear()

        step.task(waiting, who=cast.POLICE_OFFICER)

        told = {(one.organisation, one.kind) for one in waiting.office.notices}
        assert told == {
            (cast.AUTHORITY.organisation, "removal_task_recorded"),
            (cast.GREEN_DOOR.organisation, "removal_task_recorded"),
        }

    def test_lies_with_residence_and_moves_no_track(self, waiting: Story) -> None:
        before = (stands(waiting.case), waiting.case.residence)

        step.task(waiting)

        task = waiting.case.facts[-1]
        assert (task.compartment, task.has_sealed) == ("D7", True)
        assert (stands(waiting.case), waiting.case.residence) == before


class TestAuthoriseRemovalTask:
    @pytest.mark.parametrize("act", ACTS)
    def test_is_refused_while_the_recovery_period_runs(self, recovering: Story, act: str) -> None:
        assert refused(recovering, act) == "R26 period_running"

    @pytest.mark.parametrize("act", ACTS)
    def test_is_refused_when_grounds_were_found_and_no_period_was_opened(
        self, waiting: Story, act: str
    ) -> None:
        waiting.decide()

        assert refused(waiting, act) == "R26 period_not_opened"

    def test_is_refused_on_the_last_day_of_the_period(self, recovering: Story) -> None:
        step.later(recovering, 44)

        assert refused(recovering) == "R26 period_running"

    def test_waits_for_a_second_person_while_there_are_signs(self, waiting: Story) -> None:
        task = step.task(waiting, "detention")

        with pytest.raises(HoldStands) as no:
            step.let_out(waiting, task)

        assert no.value.finding.rule == "R21"

    @pytest.mark.parametrize("opinion", ["disagrees", "asks_more"])
    def test_is_not_let_out_without_her_agreement(self, waiting: Story, opinion: str) -> None:
        task = step.task(waiting, "detention")
        hold = step.second_said(waiting, "removal_of_marked_person", opinion, about=task)

        with pytest.raises(HoldStands):
            step.let_out(waiting, task, hold=hold)

    def test_uses_an_agreement_up(self, waiting: Story) -> None:
        task = step.task(waiting, "detention")
        hold = step.second_said(waiting, "removal_of_marked_person", about=task)

        step.let_out(waiting, task, hold=hold)

        assert waiting.case.answering(hold, "hold_ended")
        with pytest.raises(HoldStands):
            step.let_out(waiting, step.task(waiting, "detention"), hold=hold)

    def test_takes_no_agreement_on_another_task(self, waiting: Story) -> None:
        first, second = step.task(waiting, "detention"), step.task(waiting, "detention")
        hold = step.second_said(waiting, "removal_of_marked_person", about=first)

        with pytest.raises(HoldStands):
            step.let_out(waiting, second, hold=hold)

    @pytest.mark.parametrize("act", ["removal", "dublin_transfer"])
    def test_needs_a_risk_assessment(self, waiting: Story, act: str) -> None:
        task = step.task(waiting, act)
        hold = step.second_said(waiting, "removal_of_marked_person", about=task)

        with pytest.raises(RuleBroken) as no:
            step.let_out(waiting, task, hold=hold)

        assert no.value.finding.rule == "R61"

    def test_is_let_out_once_every_rule_holds(self, recovered: Story) -> None:
        task = step.task(recovered)
        hold = step.second_said(recovered, "removal_of_marked_person", about=task)

        given = step.let_out(recovered, task, hold=hold)

        assert recovered.case.fact(given).text("act") == "removal"  # type: ignore[union-attr]
        with pytest.raises(MoveRefused):
            step.let_out(recovered, task)

    @pytest.mark.parametrize("country", ["RS", None])
    def test_rests_on_no_assessment_of_another_country(
        self, recovered: Story, country: str | None
    ) -> None:
        task = step.task(recovered, country=country)
        step.second_said(recovered, "removal_of_marked_person", about=task)

        with pytest.raises(RuleBroken) as no:
            step.let_out(recovered, task)

        assert no.value.finding.reason == "not_assessed"

    def test_is_refused_when_return_is_not_safe(self, recovered: Story) -> None:
        step.assessed(recovered, "return_not_safe")
        task = step.task(recovered)
        hold = step.second_said(recovered, "removal_of_marked_person", about=task)

        with pytest.raises(RuleBroken) as no:
            step.let_out(recovered, task, hold=hold)

        assert no.value.finding.rule == "R64"

    def test_is_refused_once_the_assessment_is_too_old(self, recovered: Story) -> None:
        step.later(recovered, 90)
        task = step.task(recovered)
        hold = step.second_said(recovered, "removal_of_marked_person", about=task)

        with pytest.raises(RuleBroken) as no:
            step.let_out(recovered, task, hold=hold)

        assert no.value.finding.reason == "assessment_too_old"

    @pytest.mark.parametrize(
        ("act", "rule"), [("removal", "R34"), ("dublin_transfer", "R34"), ("detention", "R35")]
    )
    def test_of_a_child_is_refused_whatever_else_holds(
        self, recovered: Story, act: str, rule: str
    ) -> None:
        step.young(recovered)
        task = step.task(recovered, act)
        hold = step.second_said(recovered, "removal_of_marked_person", about=task)

        with pytest.raises(RuleBroken) as no:
            step.let_out(recovered, task, hold=hold)

        assert no.value.finding.rule == rule

    @pytest.mark.parametrize("who", [cast.IMMIGRATION_OFFICER, cast.CASE_MANAGER])
    def test_is_for_the_migration_authority_only(self, waiting: Story, who: Member) -> None:
        given = RemovalAuthorisation(task=step.task(waiting))

        with pytest.raises(PermissionMissing):
            authorise_removal_task(authorisation=given, **waiting.by(who))


class TestAnAuthorisedTask:
    def test_is_warned_about_when_grounds_are_found_afterwards(self, waiting: Story) -> None:
        task = step.task(waiting, "detention")
        hold = step.second_said(waiting, "removal_of_marked_person", about=task)
        step.let_out(waiting, task, hold=hold)
        assert warned(waiting, "R26") == set()

        waiting.decide()
        assert warned(waiting, "R26") == {"period_not_opened"}

        step.opened(waiting, 45)
        assert warned(waiting, "R26") == {"period_running"}
        stop = RemovalStop(task=task, stopped_on=step.today(waiting))
        stop_removal_task(stop=stop, **waiting.by(cast.CASE_MANAGER))
        assert warned(waiting, "R26") == set()

    def test_is_stopped_in_time_because_the_migration_authority_hears_of_the_period(
        self, waiting: Story
    ) -> None:
        waiting.decide()
        waiting.office.notices.clear()

        step.opened(waiting, 45)

        told = {(one.organisation, one.kind) for one in waiting.office.notices}
        assert (cast.MIGRATION_OFFICE.organisation, "recovery_period_opened") in told


class TestStopRemovalTask:
    def test_takes_the_task_away(self, recovered: Story) -> None:
        task = step.task(recovered)
        stop = RemovalStop(task=task, stopped_on=step.today(recovered))

        stop_removal_task(stop=stop, **recovered.by(cast.CASE_MANAGER))

        with pytest.raises(MoveRefused):
            step.let_out(recovered, task)
        with pytest.raises(MoveRefused):
            stop_removal_task(stop=stop, **recovered.by(cast.CASE_MANAGER))


class TestWhatHappenedAllTheSame:
    @pytest.mark.parametrize("what", ["removed_or_returned", "detained", "transferred_abroad"])
    def test_is_always_recorded(self, recovering: Story, what: str) -> None:
        yesterday = step.today(recovering) - timedelta(days=1)
        seen = Breach(breach=what, observed_on=yesterday, rule="R26")

        observe_breach(breach=seen, **recovering.by(cast.CASE_MANAGER))

        assert recovering.case.facts[-1].text("breach") == what
