"""Tests that what a panel determined carries one way home, and that only for a time."""

from datetime import timedelta

import pytest

from opennrm.casework.child_best_interests import still_carries
from opennrm.casework.refusals import RuleBroken
from opennrm.casework.return_of_child import require_for_child
from opennrm.casework.safe_return import ReturnGivenUp, give_up_return
from opennrm.lifecycle.child_file import determination_for
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework import returning as step
from tests.casework.child_story import ChildStory
from tests.fakes import Office


@pytest.fixture
def child(office: Office) -> ChildStory:
    """A child with a guardian, for whom a panel found a return to one country best."""
    story = ChildStory(office).contact(majority="child")
    assert isinstance(story, ChildStory)
    story.protected().with_panel()
    story.guarded()
    consent = story.consent(
        cast.FOCAL_OFFICER,
        "TF",
        purpose="safe_return",
        scopes=("D8",),
        guardian=True,
        assent=True,
    )
    referral = story.refer(cast.FOCAL_OFFICER, "TF", consent, purpose="safe_return")
    story.answer(cast.FOCAL_OFFICER, referral)
    step.proposed(story, "assisted", cast.FOCAL_OFFICER, country="AL")
    story.determined("return")
    step.assessed(story, who=cast.CHILD_WORKER)
    return story


def asked(story: ChildStory) -> str:
    """Ask for a return today; name the rule that stops it, or nothing."""
    on = story.at.date()
    try:
        require_for_child(story.case, "return", presets("DEFAULT"), on=on)
    except RuleBroken as refusal:
        return refusal.finding.rule
    return ""


class TestADetermination:
    def test_carries_what_was_asked_for(self, child: ChildStory) -> None:
        assert asked(child) == ""

    def test_does_not_carry_another_country(self, child: ChildStory) -> None:
        day = child.at.date()
        give_up_return(given_up=ReturnGivenUp(given_up_on=day), **child.by(cast.FOCAL_OFFICER))
        child.later(days=1)

        step.proposed(child, "assisted", cast.FOCAL_OFFICER, country="SY")
        step.assessed(child, who=cast.CHILD_WORKER)

        assert asked(child) == "R34"

    def test_does_not_last_for_ever(self, child: ChildStory) -> None:
        case, law = child.case, presets("DEFAULT")
        determined = determination_for(case, "return")
        assert determined is not None
        last = determined.at.date() + timedelta(days=89)

        carries = [
            still_carries(case, determined, on=day, presets=law)
            for day in (last, last + timedelta(days=1))
        ]

        assert carries == [True, False]

    def test_is_not_enough_without_a_guardian(self, office: Office) -> None:
        story = ChildStory(office).contact(majority="child")
        assert isinstance(story, ChildStory)
        story.protected().with_panel()
        story.determined("return")
        story.risks_seen()

        assert asked(story) == "R32"
