"""Tests of an age that was settled or agreed upon: which words count after it (R31)."""

import pytest

from opennrm.casework.contact import PersonDescription, describe_person
from opennrm.casework.correction import Correction, correct_fact
from opennrm.casework.holds import (
    HoldEnding,
    Opinion,
    Proposal,
    give_opinion,
    give_up_act,
    propose_act,
)
from opennrm.casework.refusals import MoveRefused, PermissionMissing
from tests import cast
from tests.casework.child_story import ChildStory
from tests.casework.test_child_age import held, proposed, settled
from tests.cast import member
from tests.fakes import Office


@pytest.fixture
def child(office: Office) -> ChildStory:
    """Somebody whose age is in doubt, with child protection and a guardian on the case."""
    child = ChildStory(office).contact(majority="adult", age_in_doubt=True, age_group="child_9_17")
    child.protected().hand_on_duty(cast.GUARDIAN, "GU")
    return child


def seen_as_child(child: ChildStory) -> None:
    """Let the police say that she is a child."""
    described = PersonDescription(age_group="child_9_17")
    describe_person(person=described, **child.by(cast.POLICE_OFFICER))


def corrected(child: ChildStory, **words: str | bool) -> None:
    """Correct the first contact."""
    first = child.case.of_kind("contact_recorded")[0]
    correction = Correction(fact=first.fact_ref, open=dict(first.open) | words)
    correct_fact(correction=correction, **child.by(cast.POLICE_OFFICER))


class TestAnAgreement:
    def test_is_worth_nothing_after_a_later_word_of_a_child(self, child: ChildStory) -> None:
        hold = proposed(child)
        child.later(days=20)
        seen_as_child(child)

        assert held(lambda: settled(child)) == "adult_needs_second_person"
        assert held(lambda: settled(child, hold=hold)) == "adult_needs_second_person"
        assert child.case.is_child

    def test_is_worth_nothing_where_the_word_came_before_the_opinion(
        self, child: ChildStory
    ) -> None:
        hold = proposed(child, None)
        seen_as_child(child)
        give_opinion(opinion=Opinion(hold=hold, opinion="agrees"), **child.by(cast.GUARDIAN))

        assert held(lambda: settled(child, hold=hold)) == "adult_needs_second_person"

    def test_does_not_stand_beside_another_one(self, child: ChildStory) -> None:
        proposed(child)

        with pytest.raises(MoveRefused):
            proposed(child)

    def test_asked_for_anew_counts_again(self, child: ChildStory) -> None:
        old = proposed(child)
        seen_as_child(child)
        give_up_act(ending=HoldEnding(hold=old), **child.by(cast.CHILD_WORKER))

        settled(child, hold=proposed(child))

        assert child.case.age_status == "adult"

    def test_is_never_asked_of_the_own_house(self, child: ChildStory, office: Office) -> None:
        colleague = member("Second at Child Service", cast.CHILD_SERVICE, "CP")
        office.members = (*office.members, colleague.actor)
        proposal = Proposal(
            act="adult_age",
            to=cast.CHILD_SERVICE.organisation,
            to_role="CP",
            reasons="A passport was checked.",
        )

        with pytest.raises(PermissionMissing):
            propose_act(proposal=proposal, **child.by(cast.CHILD_WORKER))


class TestASettledAge:
    def test_gives_way_to_a_correction_that_says_child(self, child: ChildStory) -> None:
        settled(child, hold=proposed(child))

        corrected(child, majority="child")

        assert child.case.is_child
        assert child.case.age_status == "presumed_child"

    def test_stands_when_something_else_is_corrected(self, child: ChildStory) -> None:
        settled(child, hold=proposed(child))

        corrected(child, left_early=True)

        assert child.case.age_status == "adult"

    def test_of_a_child_leaves_an_unanswered_proposal_alone(self, child: ChildStory) -> None:
        waiting = proposed(child, None)

        settled(child, age_status="child", basis="birth_record", hold=waiting)

        newest = child.case.newest("age_settled")
        assert newest is not None and newest.reference("hold") is None
        assert not child.case.naming("answers", waiting, "hold_ended")
