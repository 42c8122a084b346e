"""Tests of needs, danger and the plan."""

from datetime import timedelta
from typing import Any

import pytest

from opennrm.casework.plan import (
    NeedsAssessment,
    Plan,
    RiskAssessment,
    agree_plan,
    assess_needs,
    assess_risk,
)
from opennrm.casework.refusals import CaseNotFound, ChangedMeanwhile, PermissionMissing
from tests import cast
from tests.casework.story import TODAY, Story

NEEDS = NeedsAssessment(domains=("housing", "debt"), urgent=("housing",), needs="a quiet room")
RISK = RiskAssessment(level="high", review_on=TODAY + timedelta(days=30), topics=("family",))
PLAN = Plan(
    goals=("housing",),
    discussed_on=TODAY,
    language="sq",
    review_on=TODAY + timedelta(days=30),
    seen_by_person=True,
    own_words="first a door that locks from inside",
)


@pytest.fixture
def held(story: Story) -> Story:
    """A case held by the shelter's case manager."""
    return story.with_case_manager()


class TestPlan:
    def test_keeps_needs_danger_and_her_own_words(self, held: Story) -> None:
        needs = assess_needs(assessment=NEEDS, **held.by(cast.CASE_MANAGER))
        assess_risk(assessment=RISK, **held.by(cast.CASE_MANAGER))
        plan = agree_plan(plan=PLAN, **held.by(cast.CASE_MANAGER))

        assert [fact.compartment for fact in held.case.facts[-3:]] == ["D9", "D8", "D9"]
        assert held.office.sealed(needs) == {"needs": "a quiet room"}
        assert held.office.sealed(plan)["own_words"] == PLAN.own_words
        assert held.case.danger == "high"

    def test_begins_support_without_waiting_for_any_decision(self, held: Story) -> None:
        assert held.case.identification == "none"

        agree_plan(plan=PLAN, **held.by(cast.CASE_MANAGER))

        assert held.case.assistance == "in_support"

    def test_loses_nothing_when_someone_wrote_meanwhile(self, held: Story) -> None:
        seen = {"D9": 0, **held.case.sequences}
        assess_needs(assessment=NEEDS, **held.by(cast.CASE_MANAGER))

        with pytest.raises(ChangedMeanwhile) as refused:
            agree_plan(plan=PLAN, expected=seen, **held.by(cast.CASE_MANAGER))

        assert refused.value.compartment == "D9"
        assert [fact.kind for fact in refused.value.facts] == ["needs_assessed"]

    @pytest.mark.parametrize(
        ("use_case", "noted"),
        [
            (assess_needs, {"assessment": NEEDS}),
            (assess_risk, {"assessment": RISK}),
            (agree_plan, {"plan": PLAN}),
        ],
        ids=["needs", "danger", "plan"],
    )
    def test_is_refused_to_other_roles_and_other_shelters(
        self, held: Story, use_case: Any, noted: dict[str, Any]
    ) -> None:
        with pytest.raises(PermissionMissing):
            use_case(**noted, **held.by(cast.HEALTH_WORKER))
        with pytest.raises(CaseNotFound):
            use_case(**noted, **held.by(cast.SHELTER_WITHOUT_CONSENT))
