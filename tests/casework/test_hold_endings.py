"""Tests of agreements that end: with what they rest on, after their days, and for other things."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from opennrm.casework.consent import Withdrawal, withdraw_consent
from opennrm.casework.duty import LegalDuty
from opennrm.casework.duty_end import DutyEnd, end_legal_duty
from opennrm.casework.early_end import KIND, EarlyEnd, end_recovery_period_early
from opennrm.casework.holds import (
    HoldEnding,
    Proposal,
    give_up_act,
    propose_act,
    second_opinion,
)
from opennrm.casework.refusals import (
    AccessMissing,
    EntryMalformed,
    MoveRefused,
    PermissionMissing,
    SecondPersonNeeded,
)
from opennrm.lifecycle.holds import is_ended
from opennrm.lifecycle.recovery import period, running
from tests import cast
from tests.casework import returning as step
from tests.casework.story import Story
from tests.casework.test_decision import TOLD_WHY
from tests.casework.test_second_persons import agreed_by_manager, closed

STEP = "reasonable_grounds_decided"
SHOWN = {"D1", "D4", "D4S", "D14"}
DECIDING = ("D2", "D4", "D8", "D10", "D14")


@pytest.fixture
def waiting(story: Story) -> Story:
    """A case that waits for the preliminary decision."""
    return story.with_case_manager().with_authority()


def told_no(story: Story) -> dict[str, Any]:
    """What she is told of a no, with a remedy that still lies ahead."""
    return TOLD_WHY | {"remedy_until": story.at.date() + timedelta(days=30)}


class TestTheEndOfWhatAHoldRestsOn:
    def consented(self, story: Story) -> UUID:
        story.with_case_manager()
        return story.hand_over(
            cast.DECIDING_OFFICER, "CA", purpose="identification", scopes=DECIDING
        )

    def taken_back(self, story: Story, consent: UUID) -> None:
        taken = Withdrawal(consent=consent, withdrawn_on=story.at.date())
        withdraw_consent(withdrawal=taken, **story.by(cast.POLICE_OFFICER))

    def test_closes_what_the_reader_was_shown_when_consent_is_taken_back(
        self, story: Story
    ) -> None:
        consent = self.consented(story)
        hold = story.held(STEP)
        before = story.open_parts(cast.PANEL_READER)

        self.taken_back(story, consent)

        held = story.case.fact(hold)
        assert before == SHOWN
        assert story.open_parts(cast.PANEL_READER) == set()
        assert held is not None
        assert is_ended(story.case, held)
        told = [one for one in story.office.notices if one.kind == "hold_given_up"]
        assert [one.organisation for one in told] == [cast.PANEL.organisation]

    def test_closes_it_when_a_legal_duty_ends(self, story: Story) -> None:
        story.contact(majority="child")
        relied = LegalDuty(duty="competent_authority_for_child", reason="a child alone")
        purpose = "identification"
        authority = cast.DECIDING_OFFICER
        story.answer(authority, story.refer(authority, "CA", None, purpose=purpose, duty=relied))
        story.held(STEP)
        duty = story.case.of_kind("legal_duty_relied_on")[-1].fact_ref
        before = story.open_parts(cast.PANEL_READER)

        end = DutyEnd(duty=duty, ended_on=story.at.date(), reason="consent_taken")
        end_legal_duty(end=end, **story.by(cast.POLICE_OFFICER))

        assert "D14" in before
        assert story.open_parts(cast.PANEL_READER) == set()
        assert story.case.newest("hold_ended") is not None

    def test_leaves_what_rests_on_something_else(self, story: Story) -> None:
        self.consented(story)
        other = story.hand_over(cast.CASE_MANAGER, "CM", scopes=("D9",))
        story.held(STEP)

        self.taken_back(story, other)

        assert story.open_parts(cast.PANEL_READER) == SHOWN

    def test_opens_nothing_for_longer_than_the_pen_of_who_proposed(self, story: Story) -> None:
        consent = self.consented(story)
        given = story.case.fact(consent)
        assert given is not None
        last = given.text("until") or ""
        while (story.at + timedelta(days=10)).date().isoformat() < last:
            step.later(story, 9)

        story.held(STEP)

        rows = [r for r in story.case.access if r.organisation == cast.PANEL.organisation]
        assert {row.until.date().isoformat() <= last for row in rows} == {True}


class TestAnAgreement:
    def test_carries_nothing_after_its_last_day(self, waiting: Story) -> None:
        hold = waiting.agreed(STEP)
        step.later(waiting, 40)

        with pytest.raises(SecondPersonNeeded):
            waiting.decide("negative", hold=hold, **told_no(waiting))

    def test_carries_a_no_within_its_days(self, waiting: Story) -> None:
        hold = waiting.agreed(STEP)
        step.later(waiting, 10)

        assert waiting.decide("negative", hold=hold, **told_no(waiting))

    def test_on_an_early_end_is_of_the_period_that_ran(self, waiting: Story) -> None:
        waiting.decide()
        first = step.opened(waiting)
        hold = waiting.agreed(KIND, act=KIND)
        step.opened(waiting, 10, extension_of=first)
        end = EarlyEnd(
            ground="public_order",
            ends_on=waiting.at.date() + timedelta(days=1),
            reasons="x",
            language="sq",
            remedy="appeal",
            remedy_until=waiting.at.date() + timedelta(days=30),
            hold=hold,
        )

        with pytest.raises(MoveRefused) as refused:
            end_recovery_period_early(end=end, **waiting.by(cast.DECIDING_OFFICER))

        assert refused.value.finding.reason == "hold_outdated"
        assert running(waiting.case, waiting.at.date()) == period(waiting.case)

    def test_on_an_early_end_needs_a_period_that_runs(self, waiting: Story) -> None:
        with pytest.raises(MoveRefused) as refused:
            waiting.held(KIND, act=KIND)

        assert refused.value.finding.reason == "no_period_runs"

    def test_on_the_end_of_help_is_over_with_a_decision(self, waiting: Story) -> None:
        hold = agreed_by_manager(waiting)
        waiting.decide()
        step.later(waiting, 3)
        waiting.identify("not_identified", **told_no(waiting))

        with pytest.raises(SecondPersonNeeded):
            closed(waiting, hold=hold, other_doors=("general_social_services",))

        assert not waiting.case.is_closed

    def test_of_the_house_that_acts_is_no_second_one(self, waiting: Story) -> None:
        hold = agreed_by_manager(waiting)
        asked: dict[str, Any] = {"act": "end_of_help", "by": cast.POLICE_OFFICER.account}
        own = cast.GREEN_DOOR.organisation

        assert second_opinion(waiting.case, hold, **asked) == "agrees"
        assert second_opinion(waiting.case, hold, house=own, **asked) is None


class TestWhatAnActIsAbout:
    def test_makes_no_new_question_for_a_house_that_said_no(self, waiting: Story) -> None:
        hold = waiting.held(STEP)
        waiting.opinion(hold, "disagrees")
        contact = waiting.case.facts[0].fact_ref
        give_up_act(ending=HoldEnding(hold=hold), **waiting.by(cast.DECIDING_OFFICER))

        with pytest.raises(PermissionMissing) as refused:
            waiting.held(STEP, about=contact)

        assert refused.value.finding.reason == "reader_disagreed"

    def test_makes_no_second_hold_beside_the_first(self, waiting: Story) -> None:
        waiting.held(STEP)

        with pytest.raises(MoveRefused) as refused:
            waiting.held(STEP, about=waiting.case.facts[0].fact_ref)

        assert refused.value.finding.reason == "hold_waits_already"

    def test_stands_in_the_case(self, waiting: Story) -> None:
        with pytest.raises(MoveRefused) as refused:
            waiting.held(STEP, about=uuid4())

        assert refused.value.finding.reason == "about_not_found"


class TestWhatIsOpenedForAnOpinion:
    def test_is_nothing_for_an_act_that_is_no_decision(self, waiting: Story) -> None:
        to = cast.PANEL.organisation
        act = "return_with_open_remedies"

        with pytest.raises((AccessMissing, EntryMalformed)):
            propose_act(
                proposal=Proposal(act=act, to=to, to_role="RP", reasons="x"),
                **waiting.by(cast.DECIDING_OFFICER),
            )

        assert waiting.open_parts(cast.PANEL_READER) == set()
