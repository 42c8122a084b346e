"""Tests of erasing: by a second person, once its time is over, and for good."""

from datetime import timedelta

import pytest

from opennrm.casework.closing import Closure, close_case
from opennrm.casework.erasing import RecordErased, erase_record
from opennrm.casework.outcome import Reopening, reopen_case
from opennrm.casework.refusals import CaseNotFound, MoveRefused, PermissionMissing, RuleBroken
from opennrm.casework.retention import Erasure, LegalHold, propose_erasure, set_legal_hold
from opennrm.vocabulary.roles import Role
from tests import cast
from tests.casework.story import TODAY, Story
from tests.cast import Member
from tests.rights.removing import without

UNTIL = TODAY + timedelta(days=100)
OFFICER, COLLEAGUE = cast.POLICE_OFFICER, cast.POLICE_COLLEAGUE


@pytest.fixture
def over(story: Story) -> Story:
    """A closed case whose time of keeping is over."""
    closure = Closure(
        exit_kind="moved",
        retention_until=UNTIL,
        plan_reviewed=True,
        claims_listed=True,
        safety_plan=True,
        return_contact=True,
    )
    close_case(closure=closure, **story.by(OFFICER))
    story.at += timedelta(days=101)
    return story


def propose(story: Story, who: Member = OFFICER) -> None:
    """Propose to erase the record."""
    propose_erasure(erasure=Erasure(proposed_on=story.at.date()), **story.by(who))


def erase(story: Story, who: Member = COLLEAGUE) -> None:
    """Erase the record."""
    erase_record(erasing=RecordErased(erased_on=story.at.date()), **story.by(who))


class TestEraseRecord:
    def test_blanks_every_fact_but_its_own_and_closes_the_case_to_everyone(
        self, over: Story
    ) -> None:
        propose(over)

        erase(over)

        told = {fact.kind: dict(fact.open) for fact in over.case.facts if fact.open}
        assert set(told) == {"record_erased"}
        assert not over.office.files[over.case_ref].sealed
        assert over.case.access == ()
        with pytest.raises(CaseNotFound):
            erase(over)

    def test_tells_the_data_protection_officers(self, over: Story) -> None:
        propose(over)

        erase(over)

        last = over.office.notices[-1]
        assert (last.kind, last.role) == ("record_erased", Role.DP)
        assert last.organisation == cast.DATA_OFFICE.organisation

    def test_waits_for_somebody_else_than_who_proposed_it(self, over: Story) -> None:
        with pytest.raises(MoveRefused, match="Propose it first"):
            erase(over)
        propose(over)

        with pytest.raises(MoveRefused, match="second person"):
            erase(over, OFFICER)

    def test_is_refused_to_who_may_not_propose_it(self, over: Story) -> None:
        propose(over)

        with pytest.raises(PermissionMissing):
            erase(over, cast.LAWYER)

    def test_is_refused_while_a_legal_hold_stands(self, over: Story) -> None:
        propose(over)
        hold = LegalHold(reason="open_claim", review_on=over.at.date() + timedelta(days=30))
        set_legal_hold(hold=hold, **over.by(OFFICER))

        with pytest.raises(RuleBroken, match="legal hold"):
            erase(over)

        with without("R50"):
            erase(over)

    def test_is_refused_once_the_case_was_opened_again(self, over: Story) -> None:
        propose(over)
        reopen_case(reopening=Reopening(reason="person_came_back"), **over.by(OFFICER))

        with pytest.raises(RuleBroken, match="help goes on"):
            erase(over)
        with without("R50"), pytest.raises(MoveRefused, match="Propose it first"):
            erase(over)

    def test_is_refused_before_its_day(self, over: Story) -> None:
        propose(over)
        over.at -= timedelta(days=2)

        with pytest.raises(RuleBroken, match="kept until"):
            erase(over)
