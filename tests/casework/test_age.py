"""Tests that one word of a child protects her: doubt about age is given to the person (R31)."""

from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.contact import PersonDescription, describe_person
from opennrm.casework.correction import Correction, correct_fact
from opennrm.casework.refusals import RuleBroken
from opennrm.lifecycle.fields import OpenValue
from tests import cast
from tests.casework.story import Story


def described(story: Story, **said: Any) -> UUID:
    person = PersonDescription(**said)
    return describe_person(person=person, **story.by(cast.POLICE_OFFICER))


def corrected(story: Story, fact: UUID, opened: dict[str, OpenValue]) -> UUID:
    correction = Correction(fact=fact, open=opened)
    return correct_fact(correction=correction, **story.by(cast.POLICE_OFFICER))


class TestRecordContact:
    @pytest.mark.parametrize(
        ("majority", "status"), [("adult", "presumed_child"), ("unknown", "child")]
    )
    def test_presumes_a_child_where_the_age_told_is_below_eighteen(
        self, story: Story, majority: str, status: str
    ) -> None:
        story.contact(majority=majority, age_group="child_9_17")

        assert story.case.facts[0].text("age_status") == status
        assert story.case.is_child


class TestDescribePerson:
    def test_makes_a_child_of_an_adult(self, story: Story) -> None:
        described(story, age_group="child_9_17", birthdate="2012")

        assert story.case.is_child
        assert story.case.age_status == "presumed_child"

    def test_never_makes_an_adult_of_a_presumed_child(self, story: Story) -> None:
        story.contact(majority="unknown", age_in_doubt=True)

        with pytest.raises(RuleBroken) as refused:
            described(story, age_group="adult_18_20")

        assert refused.value.finding.rule == "R31"


class TestCorrectFact:
    @pytest.mark.parametrize("majority", ["adult", "unknown"])
    def test_never_makes_an_adult_of_a_child(self, story: Story, majority: str) -> None:
        story.contact(majority="child")
        contact = story.case.facts[0]

        with pytest.raises(RuleBroken) as refused:
            corrected(story, contact.fact_ref, {**contact.open, "majority": majority})

        assert refused.value.finding.rule == "R31"

    def test_never_says_adult_of_someone_described_as_a_child_elsewhere(
        self, story: Story
    ) -> None:
        first = described(story, sex="female")
        described(story, age_group="child")

        with pytest.raises(RuleBroken) as refused:
            corrected(story, first, {"age_group": "adult"})

        assert refused.value.finding.rule == "R31"

    def test_puts_other_things_right_where_adult_was_said_before(self, story: Story) -> None:
        contact = story.case.facts[0]
        described(story, age_group="child")

        corrected(story, contact.fact_ref, {**contact.open, "channel": "phone"})

        assert story.case.facts[-1].text("channel") == "phone"

    def test_may_make_a_child_of_an_adult(self, story: Story) -> None:
        contact = story.case.facts[0]

        corrected(story, contact.fact_ref, {**contact.open, "majority": "child"})

        assert story.case.is_child

    def test_leaves_place_reporter_and_age_status_as_they_were(self, story: Story) -> None:
        contact = story.case.facts[0]
        moved = {"jurisdiction": "ZZ", "reporting_entity": "self", "age_status": "child"}

        corrected(story, contact.fact_ref, {**contact.open, **moved})

        kept = story.case.facts[-1]
        assert {n: kept.open[n] for n in moved} == {n: contact.open[n] for n in moved}
