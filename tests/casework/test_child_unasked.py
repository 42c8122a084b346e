"""Tests of a person whose age nobody asked: never held, and helped like a child."""

import pytest

from opennrm.casework.child_guardian import GuardianRequest, ask_for_guardian
from opennrm.casework.child_missing import MissingChild, report_missing_child
from opennrm.casework.justice_statement import (
    Booking,
    LegalAidOffer,
    book_statement,
    offer_legal_aid,
)
from opennrm.casework.refusals import MoveRefused, RuleBroken
from opennrm.casework.warnings import warnings
from opennrm.lifecycle.kinds import KINDS
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework import court
from tests.casework import returning as step
from tests.casework.child_story import ChildStory
from tests.casework.story import TODAY, Story
from tests.fakes import Office

STATEMENT = min(KINDS["statement_booked"].fields["statement"].codes)


@pytest.fixture
def unasked(office: Office) -> ChildStory:
    """Somebody whom the police met without asking her age."""
    return ChildStory(office).contact(majority="unknown")


def missed(story: Story) -> None:
    """Report her missing, by the police."""
    report = MissingChild(last_seen=TODAY)
    report_missing_child(report=report, **story.by(cast.POLICE_OFFICER))


class TestSomebodyWhoseAgeNobodyAsked:
    def test_is_not_held(self, unasked: ChildStory) -> None:
        step.with_migration(unasked.with_case_manager().with_authority())
        task = step.task(unasked, "detention")
        hold = step.second_said(unasked, "removal_of_marked_person", about=task)

        with pytest.raises(RuleBroken) as no:
            step.let_out(unasked, task, hold=hold)

        assert (no.value.finding.rule, no.value.finding.reason) == ("R35", "age_not_asked")
        assert not unasked.case.of_kind("removal_task_authorised")

    def test_is_reported_missing_and_the_police_must_be_told(self, unasked: ChildStory) -> None:
        missed(unasked)

        assert "T18" in unasked.due()
        seen = warnings(
            unasked.case,
            presets=presets("MK"),
            at=unasked.at,
            compartments=frozenset({"D1", "D11"}),
        )
        assert "R39" in {one.rule for one in seen}

    def test_has_a_guardian_asked_for(self, unasked: ChildStory) -> None:
        request = GuardianRequest(asked_on=TODAY)

        ask_for_guardian(request=request, **unasked.by(cast.POLICE_OFFICER))

        assert unasked.case.of_kind("guardian_asked_for")

    def test_is_not_booked_for_a_statement_without_a_guardian(self, unasked: ChildStory) -> None:
        story = court.at_police(unasked)
        offer = LegalAidOffer(offered_on=TODAY, aid_answer="declined", language="sq")
        offer_legal_aid(offer=offer, **story.by(cast.DETECTIVE))

        with pytest.raises(RuleBroken) as no:
            booking = Booking(statement=STATEMENT, booked_for=TODAY)
            book_statement(booking=booking, **story.by(cast.DETECTIVE))

        assert no.value.finding.rule == "R32"


class TestAnAdult:
    def test_is_not_reported_as_a_missing_child(self, office: Office) -> None:
        with pytest.raises(MoveRefused):
            missed(Story(office).contact(majority="adult"))
