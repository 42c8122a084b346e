"""What stands before a hand-over to another State, and what is told there."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.consent import Withdrawal, withdraw_consent
from opennrm.casework.hand_over import (
    HandOverOffer,
    HandOverPackage,
    HandOverRevocation,
    offer_hand_over,
    revoke_hand_over,
    send_hand_over,
)
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.casework.referral import Summary
from opennrm.casework.refusals import (
    ConsentMissing,
    EntryMalformed,
    MoveRefused,
    PermissionMissing,
    Refused,
    RuleBroken,
)
from opennrm.exchange.crossborder.content import Package, Preview
from opennrm.vocabulary.hand_over import HandOverWord
from tests import cast
from tests.casework import returning as step
from tests.casework.story import SOON, TODAY, Story
from tests.cast import Member
from tests.fake_hand_overs import FakeHandOvers
from tests.fakes import Office

POINT = replace(
    cast.organisation(
        "Receiving Point", "central_government_organisation", "TF CM FR", jurisdiction="AL"
    ),
    is_partner=True,
)
ARRIVALS = replace(
    cast.organisation("Arrivals Desk", "central_government_organisation", "CM", jurisdiction="AL"),
    is_partner=True,
)
RECEIVER = cast.member("Blerina at the Receiving Point", POINT, "TF CM")
END = date(2026, 12, 1)
SAYS = "Afraid of one man."


@pytest.fixture
def office(office: Office) -> Office:
    """An office that knows focal points of another State."""
    known = dict(office.organisations) | {one.organisation: one for one in (POINT, ARRIVALS)}
    return replace(office, organisations=known, members=(*office.members, RECEIVER.actor))


@pytest.fixture
def held(story: Story) -> Story:
    """A case held by the shelter and the focal point here, with her risks assessed."""
    story.with_case_manager()
    story.hand_over(
        cast.FOCAL_OFFICER,
        "TF",
        purpose="safe_return",
        scopes=("D2S", "D7S", "D8", "D9S", "D10", "D14S"),
    )
    looked = RiskAssessment(level="medium", review_on=TODAY + timedelta(days=30))
    assess_risk(assessment=looked, **story.by(cast.CASE_MANAGER))
    return story


def agreed(story: Story, **more: Any) -> UUID:
    known: dict[str, Any] = {"scopes": ("D2", "D8"), "until": END, "who": cast.CASE_MANAGER}
    return story.consent(RECEIVER, "TF", **(known | more))


def offered(story: Story, *, who: Member = cast.FOCAL_OFFICER, **more: Any) -> UUID:
    known: dict[str, Any] = {
        "to": POINT.organisation,
        "purpose": "assistance",
        "movement": "is_there",
        "until": END,
        "reply_by": SOON,
        "age_group": "adult",
    }
    if "consent" not in more:
        more["consent"] = agreed(story)
    return offer_hand_over(offer=HandOverOffer(**(known | more)), **story.by(who))


def accepted(story: Story, hand_over: UUID, word: HandOverWord = HandOverWord.ACCEPTED) -> None:
    office = story.office
    FakeHandOvers(office.hand_overs, office.said, cast.FOCAL_OFFICER.actor).hear(hand_over, word)


def sent(story: Story, hand_over: UUID, **more: Any) -> UUID:
    known: dict[str, Any] = {"names": "Lina Example"}
    package = HandOverPackage(hand_over=hand_over, **(known | more))
    return send_hand_over(package=package, **story.by(cast.FOCAL_OFFICER))


def refused(act: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as no:
        act()
    return no.value.finding.rule, no.value.finding.reason


class TestOffering:
    def test_tells_codes_and_days_and_no_name(self, held: Story) -> None:
        ref = offered(held, language="sq", week="2026-W12")

        ((about, word, _reason, content),) = held.office.said
        assert (about, word) == (ref, HandOverWord.OFFERED)
        assert isinstance(content, Preview)
        assert content.parts == ("D1", "D1S", "D2S", "D8", "D8S")

    def test_is_kept_in_the_case_among_the_disclosures(self, held: Story) -> None:
        ref = offered(held)

        fact = held.case.fact(ref)
        assert fact is not None
        assert (fact.compartment, fact.reference("to")) == ("D10", POINT.organisation)

    @pytest.mark.parametrize(
        "change",
        [{"purpose": "service"}, {"until": END + timedelta(days=1)}, {"compartments": ("D9S",)}],
        ids=str,
    )
    def test_needs_her_consent_for_exactly_this(self, held: Story, change: dict[str, Any]) -> None:
        consent = agreed(held)

        with pytest.raises(ConsentMissing) as no:
            offered(held, consent=consent, **change)
        assert no.value.finding.rule == "R41"

    def test_needs_her_consent_for_this_focal_point(self, held: Story) -> None:
        other = held.consent(
            cast.FOCAL_OFFICER_ABROAD, "TF", scopes=("D2", "D8"), who=cast.CASE_MANAGER
        )

        with pytest.raises(ConsentMissing):
            offered(held, consent=other)

    def test_takes_no_legal_duty_in_its_place(self, held: Story) -> None:
        assert refused(lambda: offered(held, consent=None)) == ("R41", "basis_missing")

    def test_goes_to_a_focal_point_only(self, held: Story) -> None:
        with pytest.raises(PermissionMissing):
            offered(held, to=ARRIVALS.organisation)

    def test_does_not_go_where_an_ordinary_referral_goes(self, held: Story) -> None:
        here = held.consent(
            cast.FOCAL_OFFICER_ABROAD, "TF", scopes=("D2", "D8"), who=cast.CASE_MANAGER
        )
        to = cast.FOCAL_POINT_ABROAD.organisation

        assert refused(lambda: offered(held, consent=here, to=to))[1] == "reached_by_hand_over"

    def test_is_for_focal_points(self, held: Story) -> None:
        consent = agreed(held)
        for who in (cast.CASE_MANAGER, cast.POLICE_OFFICER, cast.IMMIGRATION_OFFICER):
            with pytest.raises(Refused):
                offered(held, who=who, consent=consent)

    def test_needs_risks_that_were_looked_at_of_late(self, held: Story) -> None:
        consent = agreed(held)
        step.later(held, 31)

        no = refused(lambda: offered(held, consent=consent, reply_by=END))
        assert no == ("", "risk_not_fresh")

    def test_says_which_entry_the_other_side_could_not_read(self, held: Story) -> None:
        with pytest.raises(EntryMalformed):
            offered(held, week="next week")


class TestWhereSheGoesThere:
    def test_needs_a_return_or_transfer_that_is_planned(self, held: Story) -> None:
        assert refused(lambda: offered(held, movement="return"))[1] == "no_plan_of_return"

    def test_needs_a_plan_for_that_state(self, held: Story) -> None:
        step.proposed(held, country="RS")

        assert refused(lambda: offered(held, movement="return"))[1] == "no_plan_of_return"

    def test_needs_a_signed_assessment_of_that_return(self, held: Story) -> None:
        step.proposed(held)
        assert refused(lambda: offered(held, movement="return"))[0] == "R61"

        step.assessed(held, signed=False)
        assert refused(lambda: offered(held, movement="return"))[0] == "R61"

    def test_does_not_go_where_it_is_not_safe(self, held: Story) -> None:
        step.proposed(held)
        step.assessed(held, outcome="return_not_safe")

        assert refused(lambda: offered(held, movement="return"))[0] == "R64"

    def test_asks_before_it_is_authorised_and_tells_who_she_is_after(self, held: Story) -> None:
        step.proposed(held)
        step.assessed(held)
        ref = offered(held, movement="return")
        accepted(held, ref)

        assert refused(lambda: sent(held, ref))[1] == "plan_not_authorised"

    def test_sends_no_child_without_a_panel(self, held: Story) -> None:
        step.young(held)
        step.proposed(held)
        step.assessed(held)
        consent = agreed(held, guardian=True, assent=True)
        ref = offered(held, movement="return", consent=consent, age_group="child")
        accepted(held, ref)

        assert refused(lambda: sent(held, ref))[0] == "R34"

    def test_lets_no_assessment_grow_old_between_offer_and_hand_over(self, held: Story) -> None:
        step.proposed(held)
        step.assessed(held)
        ref = offered(held, movement="return")
        accepted(held, ref)
        step.later(held, 200)

        with pytest.raises((RuleBroken, MoveRefused, ConsentMissing)):
            sent(held, ref)


class TestHandingOver:
    def test_tells_what_she_agreed_to_and_keeps_it_in_the_case(self, held: Story) -> None:
        ref = offered(held)
        accepted(held, ref)
        kept = sent(held, ref, summaries=(Summary(compartment="D8S", text=SAYS),))

        content = held.office.said[-1][3]
        assert isinstance(content, Package)
        assert content.particulars is not None
        assert content.particulars.names == "Lina Example"
        assert content.summaries == (("D8S", SAYS),)
        fact = held.case.fact(kept)
        assert fact is not None
        assert fact.texts("parts") == ("D2S", "D8S")
        told = held.case.of_kind("summary_shared")[-2:]
        assert [held.office.sealed(one.fact_ref)["text"] for one in told] == [
            "Lina Example",
            SAYS,
        ]

    @pytest.mark.parametrize("word", [None, HandOverWord.REFUSED], ids=str)
    def test_waits_for_an_acceptance(self, held: Story, word: HandOverWord | None) -> None:
        ref = offered(held)
        if word:
            accepted(held, ref, word)

        assert refused(lambda: sent(held, ref))[1] == "hand_over_not_now"
        assert len(held.office.said) == 1

    def test_tells_nothing_of_a_part_she_did_not_name(self, held: Story) -> None:
        ref = offered(held)
        accepted(held, ref)
        other = (Summary(compartment="D9S", text="A plan."),)

        assert refused(lambda: sent(held, ref, summaries=other)) == ("R41", "summary_outside")

    def test_tells_no_address(self, held: Story) -> None:
        ref = offered(held)
        accepted(held, ref)
        address = (Summary(compartment="D8S", text="She lives at 12 Harbour Street, flat 3."),)

        assert refused(lambda: sent(held, ref, summaries=address))[0] == "R47"

    def test_tells_something_or_does_not_go(self, held: Story) -> None:
        ref = offered(held)
        accepted(held, ref)

        assert refused(lambda: sent(held, ref, names=""))[1] == "nothing_to_hand_over"


class TestHerWithdrawal:
    def test_is_carried_to_the_focal_point_abroad(self, held: Story) -> None:
        consent = agreed(held)
        ref = offered(held, consent=consent)
        accepted(held, ref)
        taken_back = Withdrawal(consent=consent, withdrawn_on=TODAY)
        withdraw_consent(withdrawal=taken_back, **held.by(cast.CASE_MANAGER))

        assert held.office.said[-1][:2] == (ref, HandOverWord.WITHDRAWN)
        with pytest.raises(Refused):
            sent(held, ref)

    def test_of_another_consent_says_nothing_abroad(self, held: Story) -> None:
        offered(held)
        other = agreed(held)
        taken_back = Withdrawal(consent=other, withdrawn_on=TODAY)
        withdraw_consent(withdrawal=taken_back, **held.by(cast.CASE_MANAGER))

        assert [one[1] for one in held.office.said] == [HandOverWord.OFFERED]


class TestTakingBack:
    def test_is_said_with_its_reason(self, held: Story) -> None:
        ref = offered(held)
        revocation = HandOverRevocation(hand_over=ref, reason="plan_changed")
        revoke_hand_over(revocation=revocation, **held.by(cast.FOCAL_OFFICER))

        assert held.office.said[-1][:3] == (ref, HandOverWord.REVOKED, "plan_changed")
        with pytest.raises(MoveRefused):
            revoke_hand_over(revocation=revocation, **held.by(cast.FOCAL_OFFICER))
