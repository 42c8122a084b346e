"""Tests of best interests: the child heard (R36), the panel of several houses (R34)."""

from typing import Any

import pytest

from opennrm.casework.child_panel import Signature, sign_determination
from opennrm.casework.refusals import MoveRefused, PermissionMissing, RuleBroken
from opennrm.lifecycle import child_file
from tests import cast
from tests.casework.child_story import PANEL, ChildStory
from tests.cast import NOON
from tests.fakes import Office

FOR_IT, AGAINST = "in_best_interests", "not_in_best_interests"


@pytest.fixture
def child(office: Office) -> ChildStory:
    """A child at child protection, with the panel on the case."""
    return ChildStory(office).contact(majority="child").protected().with_panel()


def broken(what: Any) -> tuple[str, str]:
    """Return the rule and the reason of a refusal."""
    with pytest.raises(RuleBroken) as refused:
        what()
    return refused.value.finding.rule, refused.value.finding.reason


class TestAnAssessment:
    @pytest.mark.parametrize(
        ("heard", "reason"),
        [
            ({"is_heard": None, "weight": None}, "views_not_asked"),
            ({"is_heard": True, "weight": None}, "weight_missing"),
            ({"is_heard": False, "weight": None}, "not_heard"),
        ],
    )
    def test_is_not_complete_without_the_childs_views(
        self, child: ChildStory, heard: dict[str, Any], reason: str
    ) -> None:
        assert broken(lambda: child.assessed("interview", **heard)) == ("R36", reason)
        assert broken(lambda: child.asked_panel("return", **heard)) == ("R36", reason)

    def test_may_say_why_the_child_could_not_be_heard(self, child: ChildStory) -> None:
        child.assessed("interview", is_heard=False, weight=None, why_not="too_young")

        assert child_file.was_heard(child.case.newest("best_interests_assessed"))

    def test_keeps_the_childs_words_sealed(self, child: ChildStory) -> None:
        made = child.assessed("interview", views="I am afraid of him.")

        assert child.office.sealed(made)["views"] == "I am afraid of him."

    def test_needs_reasons_and_a_child(self, child: ChildStory, office: Office) -> None:
        with pytest.raises(MoveRefused):
            child.assessed("interview", reasons="")
        with pytest.raises(MoveRefused):
            child.asked_panel("return", question="")
        with pytest.raises(MoveRefused):
            child.assessed("emergency_care", follows=cast.ref("nothing"))


class TestAPanel:
    def test_needs_several_members_of_different_houses(self, child: ChildStory) -> None:
        opened = child.asked_panel("return")
        for who in (PANEL[0], PANEL[2], PANEL[0]):
            child.signed(opened, who)

        assert broken(lambda: child.closed_panel(opened)) == ("R34", "panel_incomplete")
        child.signed(opened, PANEL[1])
        child.closed_panel(opened)

    def test_is_not_three_members_of_one_house(self, child: ChildStory) -> None:
        opened = child.asked_panel("return")
        for who in (*PANEL[:2], cast.THIRD_OF_RIGHTS):
            child.signed(opened, who)

        assert broken(lambda: child.closed_panel(opened)) == ("R34", "panel_incomplete")

    def test_follows_the_majority_and_keeps_the_dissent(self, child: ChildStory) -> None:
        child.determined("return", FOR_IT, AGAINST, FOR_IT)

        closed = child.case.newest("best_interests_determined")
        assert closed is not None
        assert closed.text("result") == FOR_IT
        assert (closed.open["members"], closed.open["houses"]) == (3, 2)
        assert closed.open["dissents"] == 1

    def test_leaves_the_act_where_there_is_no_majority_for_it(self, child: ChildStory) -> None:
        opened = child.asked_panel("return")
        for who, result in zip(
            (*PANEL, cast.SECOND_OF_HEALTH), (FOR_IT, FOR_IT, AGAINST, AGAINST), strict=True
        ):
            child.signed(opened, who, result)

        child.closed_panel(opened)

        closed = child.case.newest("best_interests_determined")
        assert closed is not None and closed.text("result") == AGAINST

    def test_stops_the_act_it_found_against(self, child: ChildStory) -> None:
        child.guarded()
        child.risks_seen()
        child.determined("transfer_abroad", AGAINST, AGAINST, FOR_IT)

        refused = broken(lambda: child.authorised("transfer_abroad"))

        assert refused == ("R34", "determined_against")

    def test_lets_a_member_change_her_word_until_it_is_closed(self, child: ChildStory) -> None:
        opened = child.asked_panel("return")
        for who in PANEL:
            child.signed(opened, who, AGAINST)
        child.signed(opened, PANEL[0], FOR_IT)

        child.closed_panel(opened)

        closed = child.case.newest("best_interests_determined")
        assert closed is not None
        assert (closed.open["members"], closed.open["dissents"]) == (3, 1)
        with pytest.raises(MoveRefused):
            child.signed(opened, PANEL[1], FOR_IT)

    def test_is_signed_by_members_with_reasons_only(self, child: ChildStory) -> None:
        opened = child.asked_panel("return")
        bare = Signature(determination=opened, result=FOR_IT, signed_on=NOON.date())

        with pytest.raises(PermissionMissing):
            child.signed(opened, cast.CHILD_WORKER)
        with pytest.raises(MoveRefused):
            sign_determination(signature=bare, **child.by(PANEL[0]))
        with pytest.raises(MoveRefused):
            child.signed(cast.ref("no such determination"), PANEL[0])

    def test_is_awaited_by_a_timer(self, child: ChildStory) -> None:
        opened = child.asked_panel("durable_placement")

        assert "T14P" in child.due()
        for who in PANEL:
            child.signed(opened, who)
        child.closed_panel(opened)
        assert "T14P" not in child.due()
