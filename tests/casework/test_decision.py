"""Tests of decisions, the recovery period and reconsideration."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from opennrm.casework.decision import (
    Decision,
    Reconsideration,
    RecoveryPeriod,
    ask_reconsideration,
    decide_reasonable_grounds,
    open_recovery_period,
)
from opennrm.casework.refusals import (
    CaseNotFound,
    EntryMalformed,
    MoveRefused,
    PermissionMissing,
    RuleBroken,
    SecondPersonNeeded,
)
from tests import cast
from tests.casework.story import TODAY, Story
from tests.cast import Member

TOLD_WHY: dict[str, Any] = {
    "reasons": "no purpose of exploitation was found in what is known so far",
    "reasons_codes": ("no_purpose",),
    "language": "sq",
    "remedy": "reconsideration",
    "remedy_until": TODAY + timedelta(days=30),
}


PRELIMINARY = "reasonable_grounds_decided"


@pytest.fixture
def waiting(story: Story) -> Story:
    """A case that waits for the preliminary decision."""
    return story.with_case_manager().with_authority()


def opened(story: Story, who: Member = cast.DECIDING_OFFICER, **more: Any) -> UUID:
    known: dict[str, Any] = {"told_on": TODAY, "language": "sq"}
    period = RecoveryPeriod(**(known | more))
    return open_recovery_period(period=period, **story.by(who))


def asked_again(story: Story, decision: UUID, asked_on: date = TODAY) -> UUID:
    request = Reconsideration(decision=decision, grounds="more_evidence", asked_on=asked_on)
    return ask_reconsideration(request=request, **story.by(cast.CASE_MANAGER))


class TestDecideReasonableGrounds:
    def test_finds_reasonable_grounds(self, waiting: Story) -> None:
        waiting.decide()

        assert waiting.case.identification == "reasonable_grounds_positive"
        assert waiting.case.facts[-1].basis == "public_task"

    def test_says_no_with_reasons_language_remedy_and_a_second_reader(
        self, waiting: Story
    ) -> None:
        decision = waiting.decide("negative", **TOLD_WHY)

        assert waiting.case.identification == "reasonable_grounds_negative"
        assert waiting.office.sealed(decision) == {"reasons": TOLD_WHY["reasons"]}

    def test_tells_those_who_stand_by_her(self, waiting: Story) -> None:
        waiting.office.notices.clear()

        waiting.decide()

        told = {(notice.organisation, notice.kind) for notice in waiting.office.notices}
        assert told == {(cast.GREEN_DOOR.organisation, "reasonable_grounds_decided")}

    def test_ends_no_help_when_it_says_no(self, waiting: Story) -> None:
        before = (waiting.case.assistance, waiting.case.access)

        waiting.decide("negative", **TOLD_WHY)

        assert (waiting.case.assistance, waiting.case.access) == before

    @pytest.mark.parametrize("standard", ["balance_of_probabilities", "national_other"])
    def test_is_refused_on_a_higher_standard(self, waiting: Story, standard: str) -> None:
        with pytest.raises(RuleBroken) as refused:
            waiting.decide(standard=standard)

        assert refused.value.finding.rule == "R16"

    @pytest.mark.parametrize("gap", ["reasons", "language", "remedy", "remedy_until"])
    def test_is_refused_as_a_no_without(self, waiting: Story, gap: str) -> None:
        empty = "" if gap == "reasons" else None

        with pytest.raises(RuleBroken) as refused:
            waiting.decide("negative", **(TOLD_WHY | {gap: empty}))

        assert refused.value.finding.rule == "R23"

    def test_waits_for_a_second_person_as_a_no(self, waiting: Story) -> None:
        for hold in (None, waiting.held(PRELIMINARY)):
            with pytest.raises(SecondPersonNeeded) as refused:
                waiting.decide("negative", **(TOLD_WHY | {"hold": hold}))

        assert refused.value.finding.rule == "R23"
        assert waiting.case.identification == "reasonable_grounds_pending"

    def test_is_refused_as_a_no_on_which_the_second_person_does_not_agree(
        self, waiting: Story
    ) -> None:
        hold = waiting.held(PRELIMINARY)
        waiting.opinion(hold, "disagrees")

        with pytest.raises(SecondPersonNeeded) as refused:
            waiting.decide("negative", **(TOLD_WHY | {"hold": hold}))

        assert refused.value.finding.reason == "second_opinion_disagrees"

    def test_names_the_second_reader_of_a_no(self, waiting: Story) -> None:
        waiting.decide("negative", **TOLD_WHY)

        kept = waiting.case.newest(PRELIMINARY)
        assert kept is not None
        assert kept.reference("second_reader") == cast.PANEL_READER.account
        assert kept.texts("signed_by") == ("central_government_organisation", "ngo")

    def test_uses_a_hold_once(self, waiting: Story) -> None:
        hold = waiting.agreed(PRELIMINARY)
        decision = waiting.decide("negative", **(TOLD_WHY | {"hold": hold}))
        asked_again(waiting, decision)

        with pytest.raises(MoveRefused):
            waiting.decide("negative", **(TOLD_WHY | {"hold": hold}))

    def test_uses_no_hold_of_another_step(self, waiting: Story) -> None:
        hold = waiting.agreed("identification_decided")

        with pytest.raises(MoveRefused):
            waiting.decide("negative", **(TOLD_WHY | {"hold": hold}))

    def test_gives_up_what_waited_when_it_says_yes(self, waiting: Story) -> None:
        waiting.held(PRELIMINARY)

        waiting.decide()

        assert waiting.open_parts(cast.PANEL_READER) == set()
        ended = waiting.case.newest("hold_ended")
        assert ended is not None
        assert ended.text("how") == "given_up"

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ({"trauma_considered": True}, "doubted_facts_missing"),
            ({"doubted_facts": "the day she arrived"}, "trauma_not_considered"),
        ],
    )
    def test_is_refused_as_disbelief_out_of_hand(
        self, waiting: Story, more: dict[str, Any], reason: str
    ) -> None:
        disbelief = TOLD_WHY | {"reasons_codes": ("not_credible",)} | more

        with pytest.raises(RuleBroken) as refused:
            waiting.decide("negative", **disbelief)

        assert (refused.value.finding.rule, refused.value.finding.reason) == ("R18", reason)

    def test_is_refused_as_a_no_of_law_enforcement_alone(self, waiting: Story) -> None:
        panel = replace(cast.PANEL, kind="law_enforcement")
        known = {**waiting.office.organisations, panel.organisation: panel}
        waiting.office.organisations = known
        hold = waiting.agreed(PRELIMINARY)
        way = waiting.by(cast.DECIDING_OFFICER)
        way["actor"] = replace(way["actor"], organisation_kind="law_enforcement")
        decision = Decision(
            outcome="negative", standard="signs", decided_on=TODAY, hold=hold, **TOLD_WHY
        )

        with pytest.raises(SecondPersonNeeded) as refused:
            decide_reasonable_grounds(decision=decision, **way)

        assert refused.value.finding.rule == "R15"

    @pytest.mark.parametrize("codes", [(), ("own_account",), ("other",)])
    def test_is_refused_on_missing_information_alone(
        self, waiting: Story, codes: tuple[str, ...]
    ) -> None:
        grounds = ("not_enough_information", *codes)

        with pytest.raises(RuleBroken) as refused:
            waiting.decide("negative", **(TOLD_WHY | {"reasons_codes": grounds}))

        assert refused.value.finding.reason == "too_little_known"
        assert refused.value.finding.remedy == "decide_later"

    def test_waits_where_information_is_missing(self, waiting: Story) -> None:
        waiting.decide("pending", **(TOLD_WHY | {"reasons_codes": ("not_enough_information",)}))

        assert waiting.case.newest(PRELIMINARY) is not None

    @pytest.mark.parametrize("until", [TODAY, date(1990, 1, 1)])
    def test_is_refused_as_a_no_with_nothing_left_to_do_against_it(
        self, waiting: Story, until: date
    ) -> None:
        with pytest.raises(RuleBroken) as refused:
            waiting.decide("negative", **(TOLD_WHY | {"remedy_until": until}))

        assert refused.value.finding.reason == "remedy_over"

    def test_is_not_dated_ahead(self, waiting: Story) -> None:
        with pytest.raises(RuleBroken) as refused:
            waiting.decide(decided_on=TODAY + timedelta(days=1))

        assert refused.value.finding.reason == "decided_in_future"

    def test_is_refused_for_not_co_operating(self, waiting: Story) -> None:
        with pytest.raises(EntryMalformed):
            waiting.decide("negative", **(TOLD_WHY | {"reasons_codes": ("does_not_co-operate",)}))

    def test_is_taken_by_the_authority_only(self, waiting: Story) -> None:
        decision = Decision(outcome="positive", standard="signs", decided_on=TODAY)

        with pytest.raises(PermissionMissing):
            decide_reasonable_grounds(decision=decision, **waiting.by(cast.CASE_MANAGER))

    def test_finds_no_case_that_was_not_referred(self, story: Story) -> None:
        with pytest.raises(CaseNotFound):
            story.decide()


class TestIdentify:
    def test_identifies_by_the_higher_standard(self, waiting: Story) -> None:
        waiting.decide()

        waiting.identify()

        assert waiting.case.identification == "identified"

    def test_says_no_with_reasons_and_a_second_reader(self, waiting: Story) -> None:
        waiting.decide()

        waiting.identify("not_identified", **TOLD_WHY)

        assert waiting.case.identification == "not_identified"

    @pytest.mark.parametrize("gap", ["language", "remedy", "remedy_until"])
    def test_is_refused_as_a_no_without(self, waiting: Story, gap: str) -> None:
        waiting.decide()

        with pytest.raises(RuleBroken) as refused:
            waiting.identify("not_identified", **(TOLD_WHY | {gap: None}))

        assert refused.value.finding.rule == "R23"

    def test_is_refused_as_a_no_without_a_second_reader(self, waiting: Story) -> None:
        waiting.decide()

        with pytest.raises(SecondPersonNeeded):
            waiting.identify("not_identified", **(TOLD_WHY | {"hold": None}))

    def test_never_says_no_before_reasonable_grounds_were_looked_at(self, waiting: Story) -> None:
        with pytest.raises(MoveRefused):
            waiting.identify("not_identified", **TOLD_WHY)


class TestOpenRecoveryPeriod:
    def test_lasts_as_the_law_here_asks_from_the_day_she_was_told(self, waiting: Story) -> None:
        waiting.decide()

        opened(waiting)

        kept = waiting.case.facts[-1]
        assert (kept.text("from"), kept.text("until")) == ("2026-03-02", "2026-04-01")
        assert kept.open["days"] == 30

    def test_may_be_longer(self, waiting: Story) -> None:
        waiting.decide()

        opened(waiting, days=90)

        assert waiting.case.facts[-1].text("until") == "2026-05-31"

    def test_is_never_shorter(self, waiting: Story) -> None:
        waiting.decide()

        with pytest.raises(RuleBroken) as refused:
            opened(waiting, days=29)

        assert refused.value.finding.rule == "R25"

    def test_does_not_start_before_she_was_told(self, waiting: Story) -> None:
        waiting.decide()

        with pytest.raises(RuleBroken) as refused:
            opened(waiting, told_on=TODAY + timedelta(days=1))

        assert refused.value.finding.reason == "day_not_come"

    def test_is_not_told_before_the_decision_it_follows(self, waiting: Story) -> None:
        waiting.decide()

        with pytest.raises(RuleBroken) as refused:
            opened(waiting, told_on=TODAY - timedelta(days=1), days=60)

        assert refused.value.finding.reason == "told_before_decided"

    def test_is_not_replaced_while_it_runs(self, waiting: Story) -> None:
        waiting.decide()
        opened(waiting, days=90)
        waiting.at += timedelta(days=20)

        with pytest.raises(MoveRefused) as refused:
            opened(waiting, told_on=waiting.at.date())

        assert refused.value.finding.reason == "period_runs_already"

    @pytest.mark.parametrize("days", [20, 15, -5])
    def test_is_never_made_shorter_by_an_extension(self, waiting: Story, days: int) -> None:
        waiting.decide()
        first = opened(waiting)
        opened(waiting, days=20, extension_of=first)

        with pytest.raises((MoveRefused, RuleBroken)):
            opened(waiting, days=days, extension_of=first)

        kept = waiting.case.newest("recovery_period_opened")
        assert kept is not None
        assert kept.text("until") == "2026-04-21"

    def test_can_be_made_longer_later(self, waiting: Story) -> None:
        waiting.decide()
        first = opened(waiting)

        opened(waiting, days=15, extension_of=first, extension_reason="serious_health")

        kept = waiting.case.facts[-1]
        assert (kept.text("from"), kept.text("until")) == ("2026-03-02", "2026-04-16")

    def test_is_not_made_longer_where_there_is_none(self, waiting: Story) -> None:
        waiting.decide()

        with pytest.raises(MoveRefused) as refused:
            opened(waiting, days=15, extension_of=uuid4())

        assert refused.value.finding.reason == "period_not_found"

    def test_waits_for_reasonable_grounds(self, waiting: Story) -> None:
        with pytest.raises(MoveRefused) as refused:
            opened(waiting)

        assert refused.value.finding.reason == "grounds_not_found_yet"

    def test_is_opened_by_the_authority_only(self, waiting: Story) -> None:
        with pytest.raises(PermissionMissing):
            opened(waiting, cast.CASE_MANAGER)


class TestAskReconsideration:
    def test_opens_the_decision_again_and_tells_the_authority(self, waiting: Story) -> None:
        decision = waiting.decide("negative", **TOLD_WHY)

        asked_again(waiting, decision)

        assert waiting.case.identification == "reconsideration_pending"
        assert waiting.case.facts[-1].flag("late") is False
        notice = waiting.office.notices[-1]
        assert (notice.organisation, notice.about) == (cast.AUTHORITY.organisation, decision)

    def test_is_recorded_for_her_by_one_who_holds_only_the_summary(self, waiting: Story) -> None:
        decision = waiting.decide("negative", **TOLD_WHY)
        request = Reconsideration(decision=decision, grounds="other", asked_on=TODAY)

        ask_reconsideration(request=request, **waiting.by(cast.POLICE_OFFICER))

        assert waiting.case.facts[-1].compartment == "D14S"
        assert waiting.case.identification == "reconsideration_pending"

    def test_is_kept_when_late_and_marked(self, waiting: Story) -> None:
        decision = waiting.decide("negative", **TOLD_WHY)

        asked_again(waiting, decision, asked_on=TODAY + timedelta(days=31))

        assert waiting.case.facts[-1].flag("late") is True
        assert waiting.case.identification == "reconsideration_pending"

    def test_is_refused_where_nothing_was_refused(self, waiting: Story) -> None:
        decision = waiting.decide()

        with pytest.raises(MoveRefused):
            asked_again(waiting, decision)

    def test_names_a_decision(self, waiting: Story) -> None:
        with pytest.raises(MoveRefused) as refused:
            asked_again(waiting, uuid4())

        assert refused.value.finding.reason == "decision_not_found"

    def test_is_refused_to_roles_that_do_not_speak_for_her(self, waiting: Story) -> None:
        request = Reconsideration(decision=uuid4(), grounds="other", asked_on=TODAY)

        with pytest.raises(PermissionMissing):
            ask_reconsideration(request=request, **waiting.by(cast.HEALTH_WORKER))
