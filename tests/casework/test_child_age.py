"""Tests of age: nobody alone makes an adult; assessed by several; turning 18 in time (R31)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.child_age import (
    AgeAssessment,
    ComingOfAge,
    ContinuityPlan,
    SettledAge,
    agree_continuity_plan,
    note_coming_of_age,
    record_age_assessment,
    settle_age,
)
from opennrm.casework.contact import PersonDescription, describe_person
from opennrm.casework.holds import (
    HoldEnding,
    Opinion,
    Proposal,
    give_opinion,
    give_up_act,
    propose_act,
)
from opennrm.casework.refusals import HoldStands, MoveRefused, RuleBroken
from opennrm.lifecycle.projections import statistics_row
from tests import cast
from tests.casework.child_story import ChildStory
from tests.cast import NOON
from tests.fakes import Office

TODAY = NOON.date()


@pytest.fixture
def child(office: Office) -> ChildStory:
    """Somebody whose age is in doubt, with child protection and a guardian on the case."""
    child = ChildStory(office).contact(majority="adult", age_in_doubt=True, age_group="child_9_17")
    child.protected().hand_on_duty(cast.GUARDIAN, "GU")
    return child


def proposed(child: ChildStory, opinion: str | None = "agrees") -> UUID:
    """Propose that she is an adult, and let the guardian answer."""
    proposal = Proposal(
        act="adult_age",
        to=cast.GUARDIAN.actor.organisation,
        to_role="GU",
        reasons="A passport was checked.",
    )
    hold = propose_act(proposal=proposal, **child.by(cast.CHILD_WORKER))
    if opinion:
        answer = Opinion(hold=hold, opinion=opinion, words="As I see it.")
        give_opinion(opinion=answer, **child.by(cast.GUARDIAN))
    return hold


def settled(child: ChildStory, **more: Any) -> UUID:
    """Settle the age."""
    known: dict[str, Any] = {"age_status": "adult", "basis": "document", "settled_on": TODAY}
    age = SettledAge(**(known | {"grounds": "A passport was checked."} | more))
    return settle_age(age=age, **child.by(cast.CHILD_WORKER))


def assessed(child: ChildStory, **more: Any) -> UUID:
    """Record an age assessment."""
    known: dict[str, Any] = {"youngest": 18, "assessed_on": TODAY}
    known |= {"doubts": ("documents_disagree",), "disciplines": ("social_work", "psychology")}
    assessment = AgeAssessment(**(known | {"guardian_agreed": True, "child_agreed": True} | more))
    return record_age_assessment(assessment=assessment, **child.by(cast.CHILD_WORKER))


def noted(child: ChildStory, month: str) -> UUID:
    """Note the month of turning 18."""
    coming = ComingOfAge(turns_18=month, basis="birth_record")
    return note_coming_of_age(month=coming, **child.by(cast.CHILD_WORKER))


def held(what: Any) -> str:
    """Return why an age was not settled."""
    with pytest.raises(HoldStands) as refused:
        what()
    assert refused.value.finding.rule == "R31"
    return refused.value.finding.reason


class TestAnAdult:
    def test_is_not_made_by_one_person(self, child: ChildStory) -> None:
        assert held(lambda: settled(child)) == "adult_needs_second_person"
        assert held(lambda: settled(child, hold=proposed(child, None))) == (
            "adult_needs_second_person"
        )

    def test_is_not_made_against_the_second_persons_word(self, child: ChildStory) -> None:
        hold = proposed(child, "disagrees")

        assert held(lambda: settled(child, hold=hold)) == "adult_needs_second_person"

    def test_is_not_made_without_a_ground_in_words(self, child: ChildStory) -> None:
        hold = proposed(child)

        assert held(lambda: settled(child, hold=hold, grounds=" ")) == "age_without_ground"

    def test_stands_with_basis_and_day_once_two_agree(self, child: ChildStory) -> None:
        hold = proposed(child)

        settled(child, hold=hold)

        case = child.case
        assert (case.age_status, case.is_child) == ("adult", False)
        assert case.age_settled is not None
        assert case.age_settled.text("basis") == "document"
        assert case.age_settled.text("settled_on") == TODAY.isoformat()
        assert not {"T02", "T03", "T03F"} & set(child.due())
        assert case.naming("answers", hold, "hold_ended")

    def test_is_counted_as_one_and_not_in_a_childs_band(self, child: ChildStory) -> None:
        before = statistics_row(child.case, jurisdiction="MK")
        settled(child, hold=proposed(child))

        after = statistics_row(child.case, jurisdiction="MK")

        assert (before.majority, before.age_group) == ("child", "child_9_17")
        assert (after.majority, after.age_group) == ("adult", "adult")

    def test_uses_an_opinion_once(self, child: ChildStory) -> None:
        hold = proposed(child)
        settled(child, hold=hold)
        settled(child, age_status="child", basis="birth_record")

        assert held(lambda: settled(child, hold=hold)) == "adult_needs_second_person"

    def test_is_a_child_again_as_soon_as_somebody_says_so(self, child: ChildStory) -> None:
        settled(child, hold=proposed(child))

        described = PersonDescription(age_group="child_9_17")
        describe_person(person=described, **child.by(cast.POLICE_OFFICER))

        assert child.case.age_status == "presumed_child"
        assert child.case.is_child

    def test_needs_no_settling_twice(self, child: ChildStory) -> None:
        settled(child, hold=proposed(child))

        with pytest.raises(MoveRefused):
            settled(child)


class TestAnAssessment:
    def test_keeps_the_margin_for_the_child(self, child: ChildStory) -> None:
        assessed(child, youngest=17, oldest=20)
        hold = proposed(child)

        refused = held(lambda: settled(child, basis="age_assessment", hold=hold))

        assert refused == "margin_in_childs_favour"
        assessed(child, youngest=18, oldest=21)
        settled(child, basis="age_assessment", hold=hold)
        assert not child.case.is_child

    def test_settles_nothing_by_itself(self, child: ChildStory) -> None:
        assessed(child, youngest=25)

        assert child.case.is_child

    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            ({"doubts": ()}, "no_serious_doubt"),
            ({"disciplines": ("forensic",)}, "one_profession_only"),
            ({"guardian_agreed": None}, "assessment_not_agreed"),
            ({"child_agreed": False}, "assessment_not_agreed"),
        ],
    )
    def test_is_refused_without_what_protects_her(
        self, child: ChildStory, wrong: dict[str, Any], reason: str
    ) -> None:
        with pytest.raises(RuleBroken) as refused:
            assessed(child, **wrong)

        assert (refused.value.finding.rule, refused.value.finding.reason) == ("R31", reason)


class TestAChild:
    def test_is_settled_by_one_person(self, child: ChildStory) -> None:
        settled(child, age_status="child", basis="birth_record", grounds="")

        assert child.case.age_status == "child"

    def test_keeps_the_grounds_in_her_own_file(self, child: ChildStory) -> None:
        settled(child, age_status="child", basis="birth_record")

        given = child.case.newest("age_grounds_given")
        assert given is not None and given.compartment == "D11"


class TestTurning18:
    def test_asks_for_a_plan_half_a_year_before(self, child: ChildStory) -> None:
        noted(child, "2027-05")

        assert child.due()["T21"].date() == date(2026, 11, 1) - timedelta(days=1)
        plan = ContinuityPlan(agreed_on=TODAY, plan="She stays in the house.")
        agree_continuity_plan(plan=plan, **child.by(cast.CHILD_WORKER))
        assert "T21" not in child.due()

    def test_needs_a_plan_in_words(self, child: ChildStory) -> None:
        with pytest.raises(MoveRefused):
            agree_continuity_plan(
                plan=ContinuityPlan(agreed_on=TODAY), **child.by(cast.CHILD_WORKER)
            )

    def test_is_a_ground_only_after_the_month(self, child: ChildStory) -> None:
        noted(child, "2026-03")
        hold = proposed(child)

        refused = held(lambda: settled(child, basis="turned_18", hold=hold))

        assert refused == "margin_in_childs_favour"
        child.later(days=30).protected().hand_on_duty(cast.GUARDIAN, "GU")
        give_up_act(ending=HoldEnding(hold=hold), **child.by(cast.CHILD_WORKER))
        settled(child, basis="turned_18", hold=proposed(child))
        assert not child.case.is_child
