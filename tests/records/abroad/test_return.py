"""An accepted return, from its proposal here to the case abroad, in two databases (nightly)."""

import os
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.hand_over import (
    HandOverOffer,
    HandOverPackage,
    offer_hand_over,
    send_hand_over,
)
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.casework.refusals import Refused
from opennrm.casework.safe_return import (
    ReturnArrangement,
    ReturnChoice,
    ReturnProposal,
    arrange_return,
    propose_return,
    record_return_choice,
)
from opennrm.casework.safe_return_assessment import ReturnAssessment, assess_return
from opennrm.casework.safe_return_authorise import ReturnAuthorisation, authorise_return
from opennrm.vocabulary.hand_over import HandOverState
from tests import cast, stories
from tests.database import NOW
from tests.records.abroad import test_both_sides as line
from tests.records.abroad.two_states import (
    ABROAD,
    HERE,
    NAME,
    POINT,
    SENDER,
    WEEK,
    Story,
    agreed,
    carry_all,
    direct,
)

pytestmark = pytest.mark.skipif(
    "OPENNRM_FAULTS" not in os.environ, reason="bin/nightly plays a return between two States"
)
TODAY = NOW.date()
# She has a week to think again (R62).
AFTER = NOW + timedelta(days=8)
HOUSE = cast.CASE_MANAGER


def held() -> UUID:
    """Bring her to a shelter and to the focal point here, with her risks assessed."""
    case_ref = stories.contact(cast.POLICE_OFFICER, majority="adult")
    stories.described(cast.POLICE_OFFICER, case_ref, names=NAME)
    for to, role, scopes in (
        (HOUSE, "CM", ("D1", "D2", "D3", "D4", "D8", "D9", "D10")),
        (SENDER, "TF", ("D1", "D2S", "D8", "D8S", "D10")),
    ):
        sent = stories.referred(cast.POLICE_OFFICER, case_ref, to, role, scopes)
        stories.answered(to, case_ref, sent)
    looked = RiskAssessment(level="medium", review_on=TODAY + 4 * WEEK)
    stories.do(assess_risk, HOUSE, case_ref=case_ref, assessment=looked)
    return case_ref


def planned(case_ref: UUID) -> None:
    """Propose a return she asked for, and have its risks assessed by another body."""
    proposal = ReturnProposal(
        comes_about="assisted", asked_by="person", country="AL", proposed_on=TODAY
    )
    stories.do(propose_return, HOUSE, case_ref=case_ref, proposal=proposal)
    assessment = ReturnAssessment(
        outcome="return_safe",
        assessed_on=TODAY,
        topics=("life", "traffickers_free"),
        ngo_input="noted",
        ngo_view="the town has a safe house",
        signed=True,
        findings="nobody looks for her there",
    )
    stories.do(assess_return, HOUSE, case_ref=case_ref, assessment=assessment)


def authorised(case_ref: UUID) -> None:
    """Let her choose, arrange the return and have it authorised."""
    choice = ReturnChoice(
        wish="return",
        chosen_on=TODAY,
        alternatives=("permit_personal", "asylum"),
        language="sq",
        written=True,
    )
    stories.do(record_return_choice, HOUSE, case_ref=case_ref, choice=choice)
    arrangement = ReturnArrangement(
        arranged_on=TODAY, has_service=True, has_safe_contact=True, focal_point=POINT.organisation
    )
    stories.do(arrange_return, HOUSE, case_ref=case_ref, arrangement=arrangement)
    given = ReturnAuthorisation()
    stories.do_at(AFTER, authorise_return, SENDER, case_ref=case_ref, authorisation=given)


def offer(case_ref: UUID, **more: Any) -> Story:
    """Offer her abroad, to go there."""
    consent = agreed(case_ref)
    known: dict[str, Any] = {
        "to": POINT.organisation,
        "consent": consent,
        "purpose": "assistance",
        "movement": "return",
        "until": TODAY + 8 * WEEK,
        "reply_by": TODAY + WEEK,
        "age_group": "adult",
        "language": "sq",
    }
    asked = HandOverOffer(**(known | more))
    ref = HERE.do(offer_hand_over, SENDER, case_ref=case_ref, offer=asked)
    return Story(case_ref, consent, ref)


def carried(at: datetime) -> None:
    """Let everything that is due go to and fro, on one clock."""
    carry_all(at=at, line=lambda to, text: direct(to, text, at=at))


def hand_over_rest(story: Story) -> None:
    """Hand over who she is, once her return is authorised."""
    package = HandOverPackage(hand_over=story.hand_over, names=NAME, citizenship=("AL",))
    with HERE:
        HERE.do(send_hand_over, SENDER, case_ref=story.case_ref, package=package, at=AFTER)


class TestAReturn:
    def test_goes_as_preview_then_waits_for_its_authorisation_and_then_arrives(self) -> None:
        with HERE:
            case_ref = held()
            with pytest.raises(Refused):
                offer(case_ref)
            planned(case_ref)
            story = offer(case_ref)
        carried(NOW)
        story.answer()
        carried(NOW + timedelta(hours=2))
        with pytest.raises(Refused) as early:
            story.hand_over_rest()
        with HERE:
            authorised(case_ref)
        hand_over_rest(story)
        carried(AFTER)
        story.take_over()
        carried(AFTER + timedelta(hours=2))

        assert early.value.finding.reason == "plan_not_authorised"
        assert story.stands(HERE) is story.stands(ABROAD) is HandOverState.TAKEN_OVER
        assert story.told(HERE) == story.told(ABROAD)
        assert story.cases_abroad() == 1

    @pytest.mark.parametrize("movement", ["return", "transfer"])
    @pytest.mark.parametrize("fault", line.FAULTS, ids=lambda fault: fault.__name__)
    def test_loses_and_doubles_nothing_when_the_line_fails_at_any_step(
        self, fault: Any, movement: str
    ) -> None:
        line.answers.clear()
        moments, later = line.clock(), line.clock(AFTER)
        with HERE:
            case_ref = held()
            planned(case_ref)
            story = offer(case_ref, movement=movement)
        line.carried(fault, moments)
        story.answer()
        line.carried(fault, moments)
        with HERE:
            authorised(case_ref)
        hand_over_rest(story)
        line.carried(fault, later)
        story.take_over()
        line.carried(fault, later)

        line.the_same(story)
        assert story.stands(HERE) is HandOverState.TAKEN_OVER
        assert story.cases_abroad() == 1
