"""Tests of the recovery period at rest: its days stand still, her protection and help do not."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.decision import RecoveryPeriod, open_recovery_period
from opennrm.casework.recovery_rest import (
    RecoveryPause,
    RecoveryResumption,
    pause_recovery_period,
    resume_recovery_period,
)
from opennrm.casework.refusals import EntryMalformed, MoveRefused, PermissionMissing, RuleBroken
from opennrm.lifecycle.recovery import period, running, state
from tests import cast
from tests.casework import returning as step
from tests.casework.story import Story
from tests.casework.test_residence import due, stands, warned
from tests.cast import Member
from tests.fakes import Office


@pytest.fixture
def recovering(story: Story) -> Story:
    """A case whose recovery period opened today, for sixty days."""
    story = step.with_migration(story.with_case_manager().with_authority())
    story.decide()
    step.opened(story, 60)
    return story


def rested(story: Story, who: Member = cast.DECIDING_OFFICER, **more: Any) -> UUID:
    known: dict[str, Any] = {
        "reason": "in_hospital",
        "rests_from": step.today(story),
        "review_on": step.today(story) + timedelta(days=7),
        "reasons": "an operation",
    }
    pause = RecoveryPause(**(known | more))
    return pause_recovery_period(pause=pause, **story.by(who))


def went_on(story: Story, on: date | None = None) -> UUID:
    resumption = RecoveryResumption(resumed_on=on or step.today(story))
    return resume_recovery_period(resumption=resumption, **story.by(cast.DECIDING_OFFICER))


def longer(story: Story, earlier: UUID | None, days: int = 10) -> UUID:
    return step.opened(story, days, extension_of=earlier, extension_reason="serious_health")


class TestItsFirstDay:
    @pytest.fixture
    def found(self, story: Story) -> Story:
        """A case in which grounds were found, by its words a hundred days ago."""
        story = step.with_migration(story.with_case_manager().with_authority())
        story.decide(decided_on=step.today(story) - timedelta(days=100))
        return story

    @pytest.mark.parametrize("ago", [4, 60, 100])
    def test_is_not_long_gone_when_it_is_opened(self, found: Story, ago: int) -> None:
        with pytest.raises(RuleBroken) as no:
            step.opened(found, told_on=step.today(found) - timedelta(days=ago))

        assert (no.value.finding.reason, no.value.finding.remedy) == (
            "told_too_long_ago",
            "begin_today",
        )
        assert state(found.case, step.today(found)) == "not_opened"

    def test_may_be_written_down_a_little_later(self, found: Story) -> None:
        step.opened(found, 45, told_on=step.today(found) - timedelta(days=3))

        assert state(found.case, step.today(found)) == "running"

    def test_can_always_be_today(self, found: Story) -> None:
        step.opened(found)

        assert state(found.case, step.today(found)) == "running"


class TestMadeLonger:
    def test_is_never_an_older_period_while_a_newer_one_rests(self, recovering: Story) -> None:
        first = recovering.case.newest("recovery_period_opened")
        assert first is not None
        step.later(recovering, 120)
        step.opened(recovering, 60)
        rested(recovering)

        with pytest.raises(MoveRefused) as no:
            longer(recovering, first.fact_ref, 1)

        assert no.value.finding.reason == "period_not_current"
        assert state(recovering.case, step.today(recovering)) == "paused"

    @pytest.mark.parametrize("days", [-1, -60])
    def test_is_never_shorter_while_it_rests(self, recovering: Story, days: int) -> None:
        newest = recovering.case.newest("recovery_period_opened")
        assert newest is not None
        rested(recovering)

        with pytest.raises((MoveRefused, RuleBroken)):
            longer(recovering, newest.fact_ref, days)

    def test_is_possible_while_it_rests(self, recovering: Story) -> None:
        newest = recovering.case.newest("recovery_period_opened")
        assert newest is not None
        rested(recovering)
        step.later(recovering, 30)

        longer(recovering, newest.fact_ref)
        went_on(recovering)

        found = period(recovering.case)
        assert found and found.until_on
        assert found.until_on - found.from_on == timedelta(days=100)


class TestToldInHerLanguage:
    @pytest.fixture
    def found(self, office: Office) -> Story:
        """A case of a woman who speaks Albanian, in which grounds were found."""
        story = Story(office).contact(language="sq").with_case_manager().with_authority()
        story.decide()
        return story

    @pytest.mark.parametrize("language", ["", "mk"])
    def test_is_what_starts_the_period(self, found: Story, language: str) -> None:
        with pytest.raises(RuleBroken) as refused:
            step.opened(found, language=language)

        assert (refused.value.finding.rule, refused.value.finding.reason) == (
            "R25",
            "language_not_known",
        )

    @pytest.mark.parametrize(
        "told",
        [{"language": "sq"}, {"language": "sq-MK"}, {"language": "mk", "with_interpreter": True}],
    )
    def test_is_hers_or_interpreted(self, found: Story, told: dict[str, Any]) -> None:
        step.opened(found, **told)

        assert running(found.case, step.today(found)) is not None


class TestPauseRecoveryPeriod:
    def test_lets_its_end_wait_and_changes_nothing_else(self, recovering: Story) -> None:
        before = (stands(recovering.case), recovering.case.access)

        step.later(recovering, 10)
        rested(recovering)

        found = period(recovering.case)
        assert found is not None
        assert (found.until_on, found.is_paused) == (None, True)
        assert (stands(recovering.case), recovering.case.access) == before
        assert due(recovering, "T06") == due(recovering, "T06W") == []
        assert len(due(recovering, "T06P")) == 1

    def test_gives_the_days_back_at_the_end(self, recovering: Story) -> None:
        first = period(recovering.case)
        step.later(recovering, 10)
        rested(recovering)
        step.later(recovering, 20)
        went_on(recovering)

        now = period(recovering.case)
        assert first and now and first.until_on and now.until_on
        assert now.until_on - first.until_on == timedelta(days=20)
        assert not now.is_paused
        assert due(recovering, "T06P") == []
        assert len(due(recovering, "T06")) == 1

    def test_protects_her_long_after_the_first_end(self, recovering: Story) -> None:
        step.later(recovering, 59)
        rested(recovering)
        step.later(recovering, 300)

        assert state(recovering.case, step.today(recovering)) == "paused"
        with pytest.raises(RuleBroken) as refused:
            step.let_out(recovering, step.task(recovering))
        assert refused.value.finding.reason == "period_paused"

    def test_counts_two_pauses(self, recovering: Story) -> None:
        for _time in range(2):
            step.later(recovering, 5)
            rested(recovering)
            step.later(recovering, 3)
            went_on(recovering)

        found = period(recovering.case)
        assert found and found.until_on
        assert found.until_on - found.from_on == timedelta(days=66)

    def test_outlasts_an_extension(self, recovering: Story) -> None:
        first = recovering.case.newest("recovery_period_opened")
        assert first is not None
        rested(recovering)
        step.later(recovering, 4)
        went_on(recovering)
        longer = RecoveryPeriod(
            told_on=step.today(recovering),
            language="sq",
            days=10,
            extension_of=first.fact_ref,
            extension_reason="serious_health",
        )

        open_recovery_period(period=longer, **recovering.by(cast.DECIDING_OFFICER))

        found = period(recovering.case)
        assert found and found.until_on
        assert found.until_on - found.from_on == timedelta(days=74)

    @pytest.mark.parametrize("reasons", ["", "  "])
    def test_needs_reasons(self, recovering: Story, reasons: str) -> None:
        with pytest.raises(MoveRefused) as refused:
            rested(recovering, reasons=reasons)

        assert refused.value.finding.reason == "reason_needed"

    def test_happens_once_at_a_time(self, recovering: Story) -> None:
        rested(recovering)

        with pytest.raises(MoveRefused):
            rested(recovering)

    def test_needs_a_period_that_runs(self, recovering: Story) -> None:
        step.later(recovering, 60)

        with pytest.raises(MoveRefused) as refused:
            rested(recovering)

        assert refused.value.finding.reason == "period_not_running"

    @pytest.mark.parametrize(("rests", "review"), [(-1, 7), (1, 7), (0, 0)])
    def test_has_days_that_can_be(self, recovering: Story, rests: int, review: int) -> None:
        today = step.today(recovering)

        with pytest.raises(EntryMalformed):
            rested(
                recovering,
                rests_from=today + timedelta(days=rests),
                review_on=today + timedelta(days=review),
            )

    def test_is_for_the_authority(self, recovering: Story) -> None:
        with pytest.raises(PermissionMissing):
            rested(recovering, cast.CASE_MANAGER)


class TestResumeRecoveryPeriod:
    def test_needs_a_pause(self, recovering: Story) -> None:
        with pytest.raises(MoveRefused):
            went_on(recovering)

    @pytest.mark.parametrize("days", [-1, 1])
    def test_is_neither_before_the_pause_nor_ahead(self, recovering: Story, days: int) -> None:
        rested(recovering)

        with pytest.raises(EntryMalformed):
            went_on(recovering, step.today(recovering) + timedelta(days=days))


class TestHelpInRecovery:
    def test_asks_when_no_help_is_on_record(self, recovering: Story) -> None:
        assert warned(recovering, "R28") == {"no_help_on_record"}

    def test_warns_and_reminds_when_help_ends_before_the_period(self, recovering: Story) -> None:
        ends = step.today(recovering) + timedelta(days=59)
        offer = recovering.offer(cast.HEALTH_WORKER, "HC", "medical", until=ends)
        recovering.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        assert warned(recovering, "R28") == {"help_ends_before_period"}
        assert len(due(recovering, "T06H")) == 1

    def test_is_quiet_when_help_lasts(self, recovering: Story) -> None:
        ends = step.today(recovering) + timedelta(days=60)
        offer = recovering.offer(cast.HEALTH_WORKER, "HC", "medical", until=ends)
        recovering.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        assert warned(recovering, "R28") == set()
        assert due(recovering, "T06H") == []

    def test_is_quiet_when_she_wants_none(self, recovering: Story) -> None:
        offer = recovering.offer(cast.HEALTH_WORKER, "HC", "medical")
        recovering.reply(cast.CASE_MANAGER, offer, "person", "declined")

        assert warned(recovering, "R28") == set()

    def test_is_quiet_when_the_period_is_over(self, recovering: Story) -> None:
        step.later(recovering, 60)

        assert warned(recovering, "R28") == set()
        assert running(recovering.case, step.today(recovering)) is None
