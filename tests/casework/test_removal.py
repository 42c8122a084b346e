"""Tests of removal, detention and transfer: always recorded, authorised only under the rules."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from opennrm.casework.breach import Breach, observe_breach
from opennrm.casework.consent import Withdrawal, withdraw_consent
from opennrm.casework.refusals import (
    EntryMalformed,
    HoldStands,
    MoveRefused,
    PermissionMissing,
    RuleBroken,
)
from opennrm.casework.residence_removal import (
    RemovalAuthorisation,
    RemovalStop,
    authorise_removal_task,
    stop_removal_task,
)
from opennrm.casework.safe_return import ReturnGivenUp, give_up_return
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.removing import authorisation_of
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

    def test_takes_no_agreement_on_nothing_in_particular(self, waiting: Story) -> None:
        with pytest.raises(EntryMalformed):
            step.second_said(waiting, "removal_of_marked_person")
        with pytest.raises(MoveRefused):
            step.second_said(waiting, "removal_of_marked_person", about=uuid4())

    def test_takes_no_agreement_on_a_task_that_was_stopped(self, waiting: Story) -> None:
        task = step.task(waiting, "detention")
        stop = RemovalStop(task=task, stopped_on=step.today(waiting))
        stop_removal_task(stop=stop, **waiting.by(cast.CASE_MANAGER))

        with pytest.raises(MoveRefused):
            step.second_said(waiting, "removal_of_marked_person", about=task)

    def test_rests_on_no_assessment_of_the_body_that_asked_for_it(self, waiting: Story) -> None:
        step.proposed(waiting)
        step.assessed(waiting, who=cast.POLICE_OFFICER)
        task = step.task(waiting, who=cast.POLICE_OFFICER)
        step.second_said(waiting, "removal_of_marked_person", about=task)

        with pytest.raises(RuleBroken) as no:
            step.let_out(waiting, task)

        assert no.value.finding.reason == "assessor_is_remover"

    @pytest.mark.parametrize("country", ["unknown", "stateless"])
    def test_goes_to_no_country_nobody_can_name(self, waiting: Story, country: str) -> None:
        step.proposed(waiting, country=country)
        step.assessed(waiting)
        task = step.task(waiting, country=country)
        step.second_said(waiting, "removal_of_marked_person", about=task)

        with pytest.raises(MoveRefused) as no:
            step.let_out(waiting, task)

        assert no.value.finding.reason == "country_not_known"

    def test_is_refused_after_grounds_though_she_took_consent_back(self, story: Story) -> None:
        step.with_migration(story.with_case_manager())
        parts = ("D2", "D4", "D8", "D10", "D14")
        consent = story.hand_over(
            cast.DECIDING_OFFICER, "CA", purpose="identification", scopes=parts
        )
        story.decide()
        back = Withdrawal(consent=consent, withdrawn_on=step.today(story))
        withdraw_consent(withdrawal=back, **story.by(cast.POLICE_OFFICER))

        assert story.case.identification == "withdrawn_by_person"
        assert refused(story, "detention") == "R26 period_not_opened"

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


class TestAnAuthorisationFalls:
    def test_when_grounds_are_found_and_who_let_it_out_is_told(self, waiting: Story) -> None:
        task = detained(waiting)
        waiting.office.notices.clear()

        waiting.decide()

        assert authorisation_of(waiting.case, asked(waiting, task)) is None
        assert "removal_not_allowed" in told_migration(waiting)
        with pytest.raises(RuleBroken):
            step.let_out(waiting, task)

    def test_when_the_risks_are_found_not_safe(self, recovered: Story) -> None:
        task = step.task(recovered)
        step.second_said(recovered, "removal_of_marked_person", about=task)
        step.let_out(recovered, task)
        assert warned(recovered, "R64") == set()
        recovered.office.notices.clear()

        step.assessed(recovered, "return_not_safe")

        assert authorisation_of(recovered.case, asked(recovered, task)) is None
        assert "removal_not_allowed" in told_migration(recovered)
        assert warned(recovered, "R64") == {"return_not_safe"}

    def test_not_when_the_risks_elsewhere_are(self, recovered: Story) -> None:
        task = step.task(recovered)
        step.second_said(recovered, "removal_of_marked_person", about=task)
        step.let_out(recovered, task)
        given_up = ReturnGivenUp(given_up_on=step.today(recovered))
        give_up_return(given_up=given_up, **recovered.by(cast.MIGRATION_OFFICER))
        step.proposed(recovered, country="SY")

        step.assessed(recovered, "return_not_safe")

        assert authorisation_of(recovered.case, asked(recovered, task)) is not None


def detained(story: Story) -> UUID:
    """Let a detention out."""
    task = step.task(story, "detention")
    step.second_said(story, "removal_of_marked_person", about=task)
    step.let_out(story, task)
    return task


def asked(story: Story, task: UUID) -> Fact:
    """Return a task as the case tells it."""
    found = story.case.fact(task)
    assert found is not None
    return found


def told_migration(story: Story) -> set[str]:
    """Return of what the migration authority was told."""
    there = cast.MIGRATION_OFFICE.organisation
    return {one.kind for one in story.office.notices if one.organisation == there}


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
