"""Tests of statements: a lawyer first (R55), time to reflect (R24), and heard once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.duty import LegalDuty
from opennrm.casework.holds import Opinion, Proposal, give_opinion, propose_act
from opennrm.casework.justice_statement import (
    Booking,
    Statement,
    book_statement,
    record_statement,
)
from opennrm.casework.refusals import AccessMissing, HoldStands, PermissionMissing, RuleBroken
from opennrm.lifecycle.deadlines import deadlines
from opennrm.lifecycle.proceedings import statements
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.court import at_police, handed_on, lawyer_offered, reflecting, told, warned
from tests.casework.story import TODAY, Story
from tests.cast import Member
from tests.rights.removing import without

WITH_BOTH = {"lawyer_present": True, "interpreter": True}


def booked(story: Story, who: Member = cast.DETECTIVE, **more: Any) -> UUID:
    """Book a statement for tomorrow."""
    known = {"statement": "statement", "booked_for": TODAY + timedelta(days=1)}
    return book_statement(booking=Booking(**(known | more)), **story.by(who))


def taken(story: Story, who: Member = cast.DETECTIVE, **more: Any) -> UUID:
    """Record that a statement was taken today."""
    known = {"statement": "statement", "taken_on": TODAY}
    return record_statement(statement=Statement(**(known | more)), **story.by(who))


def agreed(story: Story, opinion: str = "agrees") -> UUID:
    """Ask her lawyer for an opinion on a statement in her time to reflect."""
    proposal = Proposal(
        act="statement_in_recovery",
        to=cast.LAWYERS.organisation,
        to_role="LA",
        reasons="Another person may still be held.",
        step="statement_booked",
    )
    hold = propose_act(proposal=proposal, **story.by(cast.DETECTIVE))
    given = Opinion(hold=hold, opinion=opinion, words="She was asked.")
    give_opinion(opinion=given, **story.by(cast.LAWYER))
    return hold


@pytest.fixture
def police(story: Story) -> Story:
    """A case at the police unit."""
    return at_police(story)


@pytest.fixture
def resting(story: Story) -> Story:
    """A case at the police unit, with a lawyer, while her time to reflect runs."""
    at_police(story)
    handed_on(story, cast.LAWYER, "LA", by=cast.DETECTIVE, scopes=("D6", "D14"))
    lawyer_offered(story)
    return reflecting(story)


class TestBeforeSheIsToldOfHerTime:
    """Grounds were found; nobody has told her yet that she has time to reflect (R24)."""

    @pytest.fixture
    def found(self, story: Story) -> Story:
        """A case at the police unit in which grounds were found today."""
        at_police(story)
        lawyer_offered(story)
        story.with_authority()
        story.decide()
        return story

    def test_no_statement_is_booked_that_she_does_not_ask_for(self, found: Story) -> None:
        with pytest.raises(HoldStands) as no:
            booked(found, own_request=False, **WITH_BOTH)

        assert no.value.finding.rule == "R24"

    def test_a_statement_that_was_taken_is_a_breach(self, found: Story) -> None:
        taken(found, own_request=False)

        assert "statement_taken_in_recovery" in breaches(found)

    def test_a_statement_from_before_the_decision_is_none(self, found: Story) -> None:
        taken(found, taken_on=TODAY - timedelta(days=1), own_request=False)

        assert "statement_taken_in_recovery" not in breaches(found)


def breaches(story: Story) -> list[str | None]:
    """Return which breaches the case tells of."""
    return [one.text("breach") for one in story.case.of_kind("breach_observed")]


class TestALawyer:
    def test_is_offered_before_a_statement_is_booked(self, police: Story) -> None:
        with pytest.raises(RuleBroken) as refused:
            booked(police)

        finding = refused.value.finding
        assert (finding.rule, finding.remedy) == ("R55", "offer_legal_aid")

    @pytest.mark.parametrize("answer", ["accepted", "declined", "not_answered"])
    def test_may_be_declined(self, police: Story, answer: str) -> None:
        lawyer_offered(police, answer)

        booked(police)

        assert police.case.facts[-1].kind == "statement_booked"
        assert ("R55" in warned(police)) == (answer == "not_answered")

    def test_counts_as_offered_when_legal_aid_was_offered_as_a_service(
        self, police: Story
    ) -> None:
        police.with_case_manager()
        police.offer(cast.LAWYER, "LA", "legal_aid")

        booked(police)

        assert "R55" not in warned(police)

    def test_is_not_asked_for_once_the_rule_is_taken_out(self, police: Story) -> None:
        with without("R55"):
            booked(police)

    def test_can_be_offered_by_anyone_on_the_case(self, police: Story) -> None:
        lawyer_offered(police, who=cast.POLICE_OFFICER)

        booked(police)

    def test_is_told_of_the_booking(self, police: Story) -> None:
        handed_on(police, cast.LAWYER, "LA", by=cast.DETECTIVE)
        lawyer_offered(police)

        booked(police)

        assert (cast.LAWYERS.organisation, "statement_booked") in told(police)

    def test_is_no_reason_to_book_without_a_guardian_for_a_child(self, story: Story) -> None:
        story.contact(majority="child")
        story.refer(
            cast.CHILD_WORKER,
            "CP",
            None,
            duty=LegalDuty(duty="child_protection", reason="She is fifteen."),
            purpose="child_protection",
        )
        story.consent(
            cast.DETECTIVE, "LE", scopes=("D6",), guardian=True, assent=True, purpose="assistance"
        )
        consent = story.case.facts[-1].fact_ref
        story.answer(cast.DETECTIVE, story.refer(cast.DETECTIVE, "LE", consent))
        lawyer_offered(story)

        with pytest.raises(RuleBroken) as refused:
            booked(story)

        assert refused.value.finding.rule == "R32"


class TestTimeToReflect:
    def test_holds_a_statement_she_did_not_ask_for(self, resting: Story) -> None:
        with pytest.raises(HoldStands) as refused:
            booked(resting, own_request=False, **WITH_BOTH)

        assert refused.value.finding.rule == "R24"

    def test_stops_a_booking_that_does_not_say_whether_she_asked(self, resting: Story) -> None:
        with pytest.raises(HoldStands) as refused:
            booked(resting)

        assert refused.value.finding.remedy == "ask_person"

    def test_gives_way_to_her_own_request_with_lawyer_and_interpreter(
        self, resting: Story
    ) -> None:
        booked(resting, own_request=True, **WITH_BOTH)

        assert resting.case.facts[-1].flag("own_request") is True
        assert "R24" not in warned(resting)

    @pytest.mark.parametrize("missing", ["lawyer_present", "interpreter"])
    def test_gives_way_to_nobody_alone(self, resting: Story, missing: str) -> None:
        with pytest.raises(HoldStands) as refused:
            booked(resting, own_request=True, **(WITH_BOTH | {missing: False}))

        assert refused.value.finding.reason == "not_accompanied"

    def test_gives_way_once_to_a_second_person_of_another_organisation(
        self, resting: Story
    ) -> None:
        hold = agreed(resting)

        booked(resting, own_request=False, hold=hold, **WITH_BOTH)

        assert [fact.kind for fact in resting.case.facts[-2:]] == [
            "statement_booked",
            "hold_ended",
        ]
        with pytest.raises(HoldStands):
            booked(resting, own_request=False, hold=hold, **WITH_BOTH)

    def test_does_not_give_way_to_a_second_person_who_disagrees(self, resting: Story) -> None:
        hold = agreed(resting, "disagrees")

        with pytest.raises(HoldStands):
            booked(resting, own_request=False, hold=hold, **WITH_BOTH)

    def test_goes_on_while_a_statement_is_booked(self, resting: Story) -> None:
        booked(resting, own_request=True, **WITH_BOTH)

        due = {one.kind for one in deadlines(resting.case, presets("MK"))}
        assert "T06" in due

    def test_is_over_after_its_last_day(self, resting: Story) -> None:
        booked(resting, booked_for=TODAY + timedelta(days=400))

    def test_is_not_asked_about_once_the_rule_is_taken_out(self, resting: Story) -> None:
        with without("R24"):
            booked(resting)

    def test_leaves_an_unneeded_hold_unused(self, resting: Story) -> None:
        hold = agreed(resting)

        booked(resting, own_request=True, hold=hold, **WITH_BOTH)

        assert resting.case.facts[-1].reference("hold") is None


class TestRecordStatement:
    def test_is_never_refused_and_counts_how_often_she_was_asked(self, police: Story) -> None:
        lawyer_offered(police)
        for _ in range(3):
            taken(police)

        assert len(statements(police.case)) == 3
        assert police.case.newest("breach_observed") is None

    def test_without_the_offer_of_a_lawyer_is_a_breach_told_to_her_lawyer(
        self, police: Story
    ) -> None:
        handed_on(police, cast.LAWYER, "LA", by=cast.DETECTIVE)

        taken(police, cast.LAWYER)

        breach = police.case.newest("breach_observed")
        assert breach is not None
        assert (breach.text("breach"), breach.text("rule")) == ("no_interpreter_or_lawyer", "R55")

    def test_in_her_time_to_reflect_is_a_breach(self, resting: Story) -> None:
        taken(resting, own_request=False, **WITH_BOTH)

        breach = resting.case.newest("breach_observed")
        assert breach is not None
        assert (breach.text("breach"), breach.text("rule")) == (
            "statement_taken_in_recovery",
            "R24",
        )
        assert (cast.LAWYERS.organisation, "breach_observed") in told(resting)

    def test_at_her_own_request_is_none(self, resting: Story) -> None:
        taken(resting, own_request=True, **WITH_BOTH)

        assert resting.case.newest("breach_observed") is None

    def test_as_booked_with_a_second_person_is_none(self, resting: Story) -> None:
        booking = booked(resting, own_request=False, hold=agreed(resting), **WITH_BOTH)

        taken(resting, own_request=False, booking=booking, **WITH_BOTH)

        assert resting.case.newest("breach_observed") is None

    def test_needs_an_open_row(self, police: Story) -> None:
        police.refer(cast.CASE_MANAGER, "CM", police.consent(cast.CASE_MANAGER, "CM"))

        with pytest.raises(AccessMissing):
            taken(police, cast.CASE_MANAGER)
        with pytest.raises(PermissionMissing):
            booked(police, cast.POLICE_OFFICER)
