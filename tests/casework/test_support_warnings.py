"""Tests of what the rules on plans, labels and gaps say about a case as it stands."""

from typing import Any

import pytest

from opennrm.casework.plan import Plan, agree_plan
from opennrm.casework.warnings import warnings
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.story import TODAY, Story
from tests.casework.test_screening import screened
from tests.cast import NOON
from tests.rights.removing import without

PARTS = frozenset({"D1", "D4", "D9"})
MINE = {"R04", "R05", "R10", "R12", "R22"}
SHELTER = cast.SHELTER_WITHOUT_CONSENT


def said(story: Story, parts: frozenset[str] = PARTS) -> list[tuple[str, str]]:
    """Return the rules that warn, each with its reason."""
    found = warnings(story.case, presets=presets("MK"), at=NOON, compartments=parts)
    return [(one.rule, one.reason) for one in found if one.rule in MINE]


def planned(story: Story, **more: Any) -> None:
    """Agree a plan."""
    known: dict[str, Any] = {"goals": ("housing",), "review_on": TODAY}
    agree_plan(plan=Plan(**(known | more)), **story.by(cast.CASE_MANAGER))


@pytest.fixture
def held(story: Story) -> Story:
    """A case held by the shelter's case manager."""
    return story.with_case_manager()


class TestPlan:
    def test_of_ticked_goals_made_without_her_warns(self, held: Story) -> None:
        planned(held)

        assert said(held) == [("R10", "no_own_entry"), ("R12", "not_talked_over")]

    def test_that_is_her_own_and_was_talked_over_does_not(self, held: Story) -> None:
        planned(held, own_words="a door that locks", discussed_on=TODAY, language="sq")

        assert said(held) == []

    def test_without_its_language_asks(self, held: Story) -> None:
        planned(held, plan="calls the school", discussed_on=TODAY)

        assert said(held) == [("R12", "talk_not_recorded")]

    def test_is_warned_of_by_its_rules_only_and_to_who_holds_it(self, held: Story) -> None:
        planned(held)

        with without("R10"):
            assert [rule for rule, _reason in said(held)] == ["R12"]
        with without("R12"):
            assert [rule for rule, _reason in said(held)] == ["R10"]
        assert said(held, frozenset({"D1", "D4"})) == []

    def test_comes_back_right_when_it_is_made_anew(self, held: Story) -> None:
        planned(held)
        planned(held, own_words="a door that locks", discussed_on=TODAY, language="sq")

        assert said(held) == []


class TestLabel:
    def test_of_smuggling_asks_for_the_screening_and_both_are_kept(self, story: Story) -> None:
        story.contact(labels=("smuggling",))

        assert said(story) == [("R22", "label_without_screening")]
        with without("R22"):
            assert said(story) == []
        screened(story)
        assert said(story) == []
        assert story.case.newest("contact_recorded").texts("labels") == ("smuggling",)  # type: ignore[union-attr]

    def test_of_another_kind_asks_nothing(self, story: Story) -> None:
        story.contact(labels=("labour_dispute",))

        assert said(story) == []


class TestGap:
    @pytest.mark.parametrize(
        ("reason", "rule"), [("form_not_covered", "R04"), ("no_place_for_sex", "R05")]
    )
    def test_of_a_service_is_warned_of_until_another_takes_her(
        self, held: Story, reason: str, rule: str
    ) -> None:
        def offer() -> Any:
            return held.offer(SHELTER, "SH", "language_course", scopes=("D8", "D9"))

        held.reply(SHELTER, offer(), "provider", "declined", reason=reason)
        assert [name for name, _reason in said(held)] == [rule]
        with without(rule):
            assert said(held) == []

        held.reply(SHELTER, offer(), "provider", "accepted")
        assert said(held) == []
