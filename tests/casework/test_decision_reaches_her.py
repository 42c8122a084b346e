"""Tests that a decision reaches the people who stand by the person it is about."""

from datetime import timedelta
from typing import Any

import pytest

from opennrm.casework.decision import Reconsideration, ask_reconsideration
from opennrm.casework.refusals import AccessMissing, PermissionMissing
from opennrm.lifecycle.case import Case
from tests import cast
from tests.casework.story import FOR_HER_PLAN, TODAY, Story
from tests.cast import Member
from tests.fakes import Office

AUTHORITY = cast.DECIDING_OFFICER
NO: dict[str, Any] = {
    "reasons": "no purpose of exploitation was found in what is known so far",
    "reasons_codes": ("no_purpose",),
    "language": "sq",
    "remedy": "reconsideration",
    "remedy_until": TODAY + timedelta(days=30),
}
STARTERS = (cast.POLICE_OFFICER, cast.HELPLINE_WORKER)
STANDING_BY = ((cast.CASE_MANAGER, "CM"), (cast.LAWYER, "LA"), (cast.GUARDIAN, "GU"))


def seen_by(story: Story, who: Member) -> Case:
    """Return the case as a member sees it through her open rows."""
    return story.case.seen_from(frozenset(story.open_parts(who)))


def refused_case(office: Office, starter: Member, to: Member, role: str) -> tuple[Story, Any]:
    """Bring a case to a no of the authority, and to someone who stands by her before that."""
    story = Story(office).contact(starter, majority="unknown")
    scopes = tuple(code for code in FOR_HER_PLAN if code != "D3")
    standing = story.consent(to, role, scopes=scopes, who=starter)
    story.answer(to, story.refer(to, role, standing, who=starter))
    agreed = story.consent(
        AUTHORITY, "CA", purpose="identification", scopes=("D2", "D4", "D14"), who=starter
    )
    sent = story.refer(AUTHORITY, "CA", agreed, purpose="identification", who=starter)
    story.answer(AUTHORITY, sent)
    story.decide("negative", **NO)
    return story, standing


@pytest.mark.parametrize("starter", STARTERS, ids=["first responder", "helpline"])
@pytest.mark.parametrize(("to", "role"), STANDING_BY, ids=["CM", "LA", "GU"])
class TestDecisionReachesHer:
    def test_is_read_and_asked_again_by_whoever_stands_by_her(
        self, office: Office, starter: Member, to: Member, role: str
    ) -> None:
        story, standing = refused_case(office, starter, to, role)

        story.answer(to, story.refer(to, role, standing, who=AUTHORITY, compartments=("D14",)))
        decision = seen_by(story, to).newest("reasonable_grounds_decided")
        assert decision is not None
        request = Reconsideration(
            decision=decision.fact_ref, grounds="more_evidence", asked_on=TODAY
        )
        ask_reconsideration(request=request, **story.by(to))

        assert story.case.identification == "reconsideration_pending"

    def test_is_not_there_before_the_authority_hands_it_on(
        self, office: Office, starter: Member, to: Member, role: str
    ) -> None:
        story, _ = refused_case(office, starter, to, role)

        assert "D14" not in story.open_parts(to)
        assert seen_by(story, to).newest("reasonable_grounds_decided") is None


class TestConsentForWhatTheTakerDoesNotHold:
    def test_is_recorded_and_the_referral_leaves_that_part_out(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM", scopes=("D2", "D14"))

        story.refer(cast.CASE_MANAGER, "CM", consent)

        given = story.case.fact(consent)
        assert given is not None
        assert "D14" in given.texts("scopes")
        rows = story.office.rows_of(story.case_ref, cast.GREEN_DOOR.organisation)
        assert "D2" in {row.compartment for row in rows}
        assert "D14" not in {row.compartment for row in rows}

    def test_is_refused_when_that_part_is_asked_for_by_name(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM", scopes=("D2", "D14"))

        with pytest.raises(AccessMissing):
            story.refer(cast.CASE_MANAGER, "CM", consent, compartments=("D2", "D14"))

    def test_still_opens_nothing_the_role_may_not_hold(self, story: Story) -> None:
        with pytest.raises(PermissionMissing):
            story.consent(cast.HEALTH_WORKER, "HC", scopes=("D14",))
