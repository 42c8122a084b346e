"""Tests of what one person does not do alone: ending help, ending rest, signing for the police."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.closing import Closure, close_case
from opennrm.casework.decision import RecoveryPeriod, open_recovery_period
from opennrm.casework.duty import LegalDuty
from opennrm.casework.duty_end import DutyEnd, end_legal_duty
from opennrm.casework.early_end import KIND, EarlyEnd, end_recovery_period_early
from opennrm.casework.holds import Opinion, Proposal, give_opinion, propose_act
from opennrm.casework.refusals import AccessMissing, MoveRefused, RuleBroken, SecondPersonNeeded
from opennrm.casework.warnings import warnings
from opennrm.lifecycle.deadlines import deadlines
from opennrm.lifecycle.projections import rule_events
from opennrm.lifecycle.recovery import running
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.story import TODAY, Story
from tests.casework.test_decision import TOLD_WHY
from tests.rights.removing import without

LATER = timedelta(days=31)
DOORS = ("general_social_services",)


@pytest.fixture
def waiting(story: Story) -> Story:
    """A case that waits for the preliminary decision."""
    return story.with_case_manager().with_authority()


@pytest.fixture
def refused(waiting: Story) -> Story:
    """A case in which the authority said no today."""
    waiting.decide("negative", **TOLD_WHY)
    return waiting


@pytest.fixture
def resting(waiting: Story) -> Story:
    """A case in which the recovery period runs."""
    waiting.decide()
    period = RecoveryPeriod(told_on=TODAY, language="sq", with_interpreter=True)
    open_recovery_period(period=period, **waiting.by(cast.DECIDING_OFFICER))
    return waiting


def closed(story: Story, exit_kind: str = "goals_met", **more: Any) -> UUID:
    done = dict.fromkeys(("plan_reviewed", "claims_listed", "safety_plan", "return_contact"), True)
    keep = {"retention_until": story.at.date() + timedelta(days=365)}
    story.routes(cast.POLICE_OFFICER)
    closure = Closure(exit_kind=exit_kind, **(done | keep | more))
    return close_case(closure=closure, **story.by(cast.POLICE_OFFICER))


def agreed_by_manager(story: Story) -> UUID:
    """Let the case manager agree that help ends now."""
    to = cast.GREEN_DOOR.organisation
    waits = Proposal(act="end_of_help", to=to, to_role="CM", reasons="x", step="case_closed")
    hold = propose_act(proposal=waits, **story.by(cast.POLICE_OFFICER))
    given = Opinion(hold=hold, opinion="agrees")
    give_opinion(opinion=given, **story.by(cast.CASE_MANAGER))
    return hold


def ended(story: Story, **more: Any) -> UUID:
    known: dict[str, Any] = {
        "ground": "public_order",
        "ends_on": TODAY + timedelta(days=3),
        "reasons": "danger to others",
        "language": "sq",
        "remedy": "appeal",
        "remedy_until": TODAY + timedelta(days=30),
    }
    end = EarlyEnd(**(known | more))
    return end_recovery_period_early(end=end, **story.by(cast.DECIDING_OFFICER))


class TestCloseCaseAfterANo:
    def test_waits_for_a_second_person(self, refused: Story) -> None:
        with pytest.raises(SecondPersonNeeded) as stopped:
            closed(refused, other_doors=DOORS)

        assert stopped.value.finding.rule == "R09"

    def test_names_other_doors(self, refused: Story) -> None:
        with pytest.raises(RuleBroken) as stopped:
            closed(refused)

        assert stopped.value.finding.reason == "other_doors_missing"

    def test_is_possible_when_a_second_person_agrees(self, refused: Story) -> None:
        closed(refused, other_doors=DOORS, hold=agreed_by_manager(refused))

        assert refused.case.facts[-1].kind == "hold_ended"

    def test_is_possible_when_the_notice_period_is_over(self, refused: Story) -> None:
        due = {one.kind: one.due_at for one in deadlines(refused.case, presets("MK"))}
        refused.at += LATER

        assert closed(refused, other_doors=DOORS)
        assert due["T22"] <= refused.at

    def test_is_hers_to_ask_for(self, refused: Story) -> None:
        assert closed(refused, "person_withdrew")

    def test_waits_while_a_decision_is_awaited(self, waiting: Story) -> None:
        with pytest.raises(SecondPersonNeeded):
            closed(waiting)

    def test_is_not_asked_about_once_the_rule_is_taken_out(self, refused: Story) -> None:
        with without("R09"):
            assert closed(refused)
            assert "T22" not in {one.kind for one in deadlines(refused.case, presets("MK"))}


class TestEndRecoveryPeriodEarly:
    def test_waits_for_a_second_person(self, resting: Story) -> None:
        with pytest.raises(SecondPersonNeeded) as stopped:
            ended(resting)

        assert stopped.value.finding.rule == "R27"

    def test_ends_protection_when_two_agree(self, resting: Story) -> None:
        ended(resting, hold=resting.agreed(KIND, act="recovery_ended_early"))

        assert running(resting.case, TODAY + timedelta(days=2))
        assert running(resting.case, TODAY + timedelta(days=3)) is None

    def test_never_ends_it_on_an_agreement_about_something_else(self, resting: Story) -> None:
        hold = resting.agreed(KIND)

        with pytest.raises(SecondPersonNeeded):
            ended(resting, hold=hold)

    @pytest.mark.parametrize("gap", ["reasons", "language", "remedy", "remedy_until"])
    def test_is_refused_without(self, resting: Story, gap: str) -> None:
        with pytest.raises(RuleBroken):
            ended(resting, **{gap: "" if gap == "reasons" else None})

    def test_is_refused_for_not_co_operating(self, resting: Story) -> None:
        with pytest.raises(RuleBroken) as stopped:
            ended(resting, ground="co-operation")

        assert stopped.value.finding.reason == "ground_not_legal"

    def test_needs_a_period_that_runs(self, waiting: Story) -> None:
        with pytest.raises(MoveRefused):
            ended(waiting)

    @pytest.mark.parametrize("days", [-1, 400])
    def test_is_no_day_behind_or_after_it(self, resting: Story, days: int) -> None:
        with pytest.raises(MoveRefused):
            ended(resting, ends_on=TODAY + timedelta(days=days))


class TestEndLegalDuty:
    @pytest.fixture
    def relied_on(self, story: Story) -> UUID:
        """A duty to protect a child, on which the child service was told."""
        story.contact(majority="child")
        duty = LegalDuty(duty="child_protection", reason="a child alone")
        sent = story.refer(cast.CHILD_WORKER, "CP", None, purpose="child_protection", duty=duty)
        story.answer(cast.CHILD_WORKER, sent)
        found = story.case.newest("legal_duty_relied_on")
        assert found is not None
        return found.fact_ref

    def test_closes_what_it_opened(self, story: Story, relied_on: UUID) -> None:
        end = DutyEnd(duty=relied_on, ended_on=TODAY, reason="consent_taken")

        end_legal_duty(end=end, **story.by(cast.POLICE_OFFICER))

        assert story.open_parts(cast.CHILD_WORKER) == set()
        with pytest.raises(MoveRefused):
            end_legal_duty(end=end, **story.by(cast.POLICE_OFFICER))

    def test_is_for_who_relied_on_it(self, story: Story, relied_on: UUID) -> None:
        end = DutyEnd(duty=relied_on, ended_on=TODAY)

        with pytest.raises(AccessMissing):
            end_legal_duty(end=end, **story.by(cast.CHILD_WORKER))


class TestFigures:
    def test_count_holds_and_refusals_by_rule(self, waiting: Story) -> None:
        waiting.opinion(waiting.held("reasonable_grounds_decided"), "disagrees")

        counted = [(one.rule, one.event) for one in rule_events(waiting.case)]

        assert counted == [("R23", "hold"), ("R23", "refusal")]


class TestPoliceAlone:
    def test_is_marked_where_it_says_yes(self, waiting: Story) -> None:
        found = presets("MK")
        waiting.decide()
        kept = waiting.case.facts[-1]
        police = replace(kept, open={**kept.open, "signed_by": ["law_enforcement"]})
        case = replace(waiting.case, facts=(*waiting.case.facts[:-1], police))

        said = warnings(case, presets=found, at=waiting.at, compartments=frozenset({"D14"}))

        assert ("R15", "only_police_signed") in {(one.rule, one.reason) for one in said}
