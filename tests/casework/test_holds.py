"""Tests of acts that wait for a second person."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.holds import (
    HoldEnding,
    Opinion,
    Proposal,
    give_opinion,
    give_up_act,
    propose_act,
    second_opinion,
)
from opennrm.casework.ports import Notice
from opennrm.casework.refusals import AccessMissing, CaseNotFound, MoveRefused, PermissionMissing
from opennrm.lifecycle.deadlines import deadlines
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.roles import Role
from tests import cast
from tests.casework.story import Story
from tests.cast import Member

PANEL = cast.PANEL.organisation
AUTHORITY = cast.AUTHORITY.organisation


@pytest.fixture
def waiting(story: Story) -> Story:
    """A case that waits for the preliminary decision."""
    return story.with_case_manager().with_authority()


def proposed(story: Story, who: Member = cast.DECIDING_OFFICER, **more: Any) -> UUID:
    known: dict[str, Any] = {
        "act": "negative_decision",
        "to": PANEL,
        "to_role": "RP",
        "reasons": "no purpose of exploitation was found",
        "step": "reasonable_grounds_decided",
    }
    return propose_act(proposal=Proposal(**(known | more)), **story.by(who))


def said(story: Story, hold: UUID, opinion: str = "agrees", **more: Any) -> UUID:
    who = more.pop("who", cast.PANEL_READER)
    given = Opinion(hold=hold, opinion=opinion, **({"words": "the file shows it"} | more))
    return give_opinion(opinion=given, **story.by(who))


def agreed(story: Story, hold: UUID) -> str | None:
    by = cast.DECIDING_OFFICER.account
    return second_opinion(story.case, hold, act="negative_decision", by=by)


class TestProposeAct:
    def test_opens_what_a_decision_needs_to_the_one_who_is_asked(self, waiting: Story) -> None:
        proposed(waiting)

        assert waiting.open_parts(cast.PANEL_READER) == {"D1", "D4", "D4S", "D14"}

    def test_opens_nothing_more_to_a_colleague_who_holds_it_already(self, waiting: Story) -> None:
        before = waiting.case.access

        proposed(waiting, to=AUTHORITY, to_role="CA")

        assert waiting.case.access == before

    def test_tells_the_pool_and_keeps_the_reasons_sealed(self, waiting: Story) -> None:
        hold = proposed(waiting)

        assert Notice(PANEL, "opinion_asked", hold, Role.RP) in waiting.office.notices
        assert waiting.office.sealed(hold) == {"reasons": "no purpose of exploitation was found"}

    def test_sets_a_day_for_the_answer_and_one_to_remind_who_asked(self, waiting: Story) -> None:
        proposed(waiting)

        due = {one.kind: one for one in deadlines(waiting.case, presets("MK"))}
        assert due["T20"].organisation == PANEL
        assert due["T20E"].organisation == AUTHORITY
        assert waiting.at + timedelta(days=6) < due["T20"].due_at < due["T20E"].due_at

    @pytest.mark.parametrize(
        ("asked", "reason"),
        [
            ({"to": cast.GREEN_DOOR.organisation, "to_role": "CM"}, "reader_not_allowed"),
            ({"to_account": cast.CASE_MANAGER.account}, "reader_missing"),
            ({"to": cast.REMOVALS.organisation, "to_role": "MI"}, None),
        ],
        ids=["a shelter", "somebody of another house", "enforcement"],
    )
    def test_is_refused_where_nobody_may_answer(
        self, waiting: Story, asked: dict[str, Any], reason: str | None
    ) -> None:
        with pytest.raises(Exception) as refused:
            proposed(waiting, **asked)

        finding = refused.value.finding  # type: ignore[attr-defined]
        assert finding.reason == reason or finding.rule == "R43"

    def test_asks_never_the_one_who_proposes(self, waiting: Story) -> None:
        me = cast.DECIDING_OFFICER.account

        with pytest.raises(PermissionMissing):
            proposed(waiting, to=AUTHORITY, to_role="CA", to_account=me)

    def test_waits_once(self, waiting: Story) -> None:
        proposed(waiting)

        with pytest.raises(MoveRefused):
            proposed(waiting, to=AUTHORITY, to_role="CA")

    def test_needs_reasons(self, waiting: Story) -> None:
        with pytest.raises(MoveRefused):
            proposed(waiting, reasons=" ")

    def test_is_done_by_the_role_that_does_the_act(self, waiting: Story) -> None:
        with pytest.raises(PermissionMissing):
            proposed(waiting, who=cast.CASE_MANAGER)

    def test_opens_nothing_to_a_house_outside_the_case_without_a_right_to_decide(
        self, waiting: Story
    ) -> None:
        with pytest.raises(AccessMissing):
            proposed(waiting, who=cast.CASE_MANAGER, act="end_of_help", step=None)

    def test_asks_another_house_after_a_disagreement(self, waiting: Story) -> None:
        hold = proposed(waiting)
        said(waiting, hold, "disagrees")
        ending = HoldEnding(hold=hold)
        give_up_act(ending=ending, **waiting.by(cast.DECIDING_OFFICER))

        with pytest.raises(PermissionMissing) as refused:
            proposed(waiting)

        assert refused.value.finding.reason == "reader_disagreed"
        assert proposed(waiting, to=AUTHORITY, to_role="RP")


class TestGiveOpinion:
    def test_agrees_and_closes_what_was_opened_for_it(self, waiting: Story) -> None:
        hold = proposed(waiting)

        said(waiting, hold)

        assert agreed(waiting, hold) == "agrees"
        assert waiting.open_parts(cast.PANEL_READER) == set()
        told = {(one.organisation, one.kind) for one in waiting.office.notices}
        assert (AUTHORITY, "opinion_given") in told

    def test_may_disagree(self, waiting: Story) -> None:
        hold = proposed(waiting)

        said(waiting, hold, "disagrees")

        assert agreed(waiting, hold) == "disagrees"

    def test_keeps_the_case_open_while_more_is_asked(self, waiting: Story) -> None:
        hold = proposed(waiting)

        said(waiting, hold, "asks_more")

        assert agreed(waiting, hold) is None
        assert "D14" in waiting.open_parts(cast.PANEL_READER)
        said(waiting, hold)
        assert agreed(waiting, hold) == "agrees"

    def test_is_given_once(self, waiting: Story) -> None:
        hold = proposed(waiting, to=AUTHORITY, to_role="CA")
        said(waiting, hold, "disagrees", who=cast.SECOND_READER)

        with pytest.raises(MoveRefused):
            said(waiting, hold, who=cast.SECOND_READER)

    def test_is_never_ones_own(self, waiting: Story) -> None:
        hold = proposed(waiting, to=AUTHORITY, to_role="CA")

        with pytest.raises(AccessMissing):
            said(waiting, hold, who=cast.DECIDING_OFFICER)

    def test_is_of_nobody_else_on_the_case(self, waiting: Story) -> None:
        hold = proposed(waiting)

        with pytest.raises(AccessMissing):
            said(waiting, hold, who=cast.CASE_MANAGER)

    def test_finds_no_case_without_a_hold(self, waiting: Story) -> None:
        with pytest.raises(CaseNotFound):
            said(waiting, cast.ref("no hold"))

    def test_says_why_not(self, waiting: Story) -> None:
        hold = proposed(waiting)

        with pytest.raises(MoveRefused):
            said(waiting, hold, "disagrees", words="")

    def test_counts_for_no_other_act(self, waiting: Story) -> None:
        hold = proposed(waiting)
        said(waiting, hold)

        by = cast.DECIDING_OFFICER.account
        assert second_opinion(waiting.case, hold, act="end_of_help", by=by) is None
        mine = cast.PANEL_READER.account
        assert second_opinion(waiting.case, hold, act="negative_decision", by=mine) is None
        assert second_opinion(waiting.case, None, act="negative_decision", by=by) is None


class TestGiveUpAct:
    def test_closes_what_was_opened(self, waiting: Story) -> None:
        hold = proposed(waiting)

        give_up_act(ending=HoldEnding(hold=hold), **waiting.by(cast.DECIDING_OFFICER))

        assert waiting.open_parts(cast.PANEL_READER) == set()
        assert not {d.kind for d in deadlines(waiting.case, presets("MK"))} & {"T20", "T20E"}

    def test_is_for_the_house_that_proposed(self, waiting: Story) -> None:
        hold = proposed(waiting)

        with pytest.raises(AccessMissing):
            give_up_act(ending=HoldEnding(hold=hold), **waiting.by(cast.CASE_MANAGER))
