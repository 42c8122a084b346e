"""Tests of residence, permits on both grounds, and the door to asylum."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from opennrm.casework.contact import PersonDescription, describe_person
from opennrm.casework.refusals import EntryMalformed, MoveRefused, PermissionMissing
from opennrm.casework.residence import Residence, record_residence
from opennrm.casework.warnings import warnings
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.deadlines import deadlines
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework import returning as step
from tests.casework.story import TODAY, Story
from tests.cast import Member

EVERYTHING = frozenset(f"D{n}{mark}" for n in range(1, 15) for mark in ("", "S"))
HELP = ("identification", "assistance", "criminal")
REFUSED: dict[str, Any] = {
    "outcome": "refused",
    "ground": None,
    "valid_until": None,
    "reasons": "no need to stay was found",
    "language": "sq",
    "remedy": "appeal",
    "remedy_until": TODAY + timedelta(days=30),
}


@pytest.fixture
def held(story: Story) -> Story:
    """A case with a case manager, the authority and the migration authority."""
    return step.with_migration(story.with_case_manager().with_authority())


def warned(story: Story, rule: str, parts: frozenset[str] = EVERYTHING) -> set[str]:
    """Return why a rule warns or asks on the case page."""
    here = presets(cast.JURISDICTION)
    found = warnings(story.case, presets=here, at=story.at, compartments=parts)
    return {finding.reason for finding in found if finding.rule == rule}


def stands(case: Case) -> tuple[str, ...]:
    """Return where identification, help and the criminal case stand."""
    return tuple(case.standings[name].state for name in HELP)


def due(story: Story, kind: str) -> list[str]:
    """Return the days on which something of a kind is due."""
    found = deadlines(story.case, presets(cast.JURISDICTION))
    return [one.due_at.date().isoformat() for one in found if one.kind == kind]


def recorded(story: Story, status: str, who: Member = cast.MIGRATION_OFFICER) -> UUID:
    return record_residence(residence=Residence(status=status), **story.by(who))


class TestRecordResidence:
    def test_changes_residence_and_nothing_else(self, held: Story) -> None:
        held.decide()
        before, rows = stands(held.case), held.case.access

        for status in ("irregular", "asylum_pending", "other"):
            recorded(held, status)

        assert held.case.residence == "other"
        assert (stands(held.case), held.case.access) == (before, rows)

    @pytest.mark.parametrize("who", [cast.CASE_MANAGER, cast.IMMIGRATION_OFFICER])
    def test_is_for_migration_and_asylum_authorities_only(self, held: Story, who: Member) -> None:
        with pytest.raises(PermissionMissing):
            recorded(held, "irregular", who)

    def test_is_never_for_a_unit_that_enforces(self, held: Story) -> None:
        with pytest.raises(PermissionMissing) as refused:
            recorded(held, "irregular", cast.IMMIGRATION_OFFICER)

        assert refused.value.finding.reason == "enforcement_does_not_decide"


class TestApplyForPermit:
    def test_is_kept_and_tells_the_migration_authority(self, held: Story) -> None:
        held.office.notices.clear()

        step.applied(held, "personal_situation", "co-operation")

        told = {(one.organisation, one.kind) for one in held.office.notices}
        assert told == {(cast.MIGRATION_OFFICE.organisation, "permit_applied")}

    def test_on_co_operation_alone_is_kept_and_warned_about(self, held: Story) -> None:
        step.applied(held, "co-operation")

        assert warned(held, "R29") == {"only_co_operation"}

    def test_on_her_situation_is_not_warned_about(self, held: Story) -> None:
        step.applied(held, "personal_situation")

        assert warned(held, "R29") == set()

    def test_without_a_ground_is_asked_about(self, held: Story) -> None:
        step.applied(held)

        assert warned(held, "R29") == {"ground_not_named"}

    def test_is_no_longer_warned_about_once_decided(self, held: Story) -> None:
        step.permitted(held, step.applied(held, "co-operation"))

        assert warned(held, "R29") == set()

    def test_warns_only_those_who_may_see_it(self, held: Story) -> None:
        step.applied(held, "co-operation")

        assert warned(held, "R29", frozenset({"D1", "D9"})) == set()

    def test_is_not_dated_ahead(self, held: Story) -> None:
        tomorrow = step.today(held) + timedelta(days=1)
        with pytest.raises(EntryMalformed) as refused:
            step.told_of_asylum(held, given_on=tomorrow)

        assert refused.value.finding.reason == "day_ahead"


class TestDecidePermit:
    def test_makes_a_granted_permit_her_status(self, held: Story) -> None:
        before = stands(held.case)

        step.permitted(held, step.applied(held, "personal_situation"))

        assert held.case.residence == "permit_personal"
        assert stands(held.case) == before

    def test_on_co_operation_is_its_own_status(self, held: Story) -> None:
        step.permitted(held, step.applied(held, "co-operation"), ground="co-operation")

        assert held.case.residence == "permit_co-operation"

    def test_alerts_ninety_sixty_and_thirty_days_before_it_ends(self, held: Story) -> None:
        ends = TODAY + timedelta(days=365)

        step.permitted(held, step.applied(held, "personal_situation"), valid_until=ends)

        alerts = [ends - timedelta(days=days, hours=0) for days in (90, 60, 30)]
        shown = [(one - timedelta(days=1)).isoformat() for one in alerts]
        # the first moment of a local day, said in UTC
        assert [due(held, kind)[0] for kind in ("T11A", "T11B", "T11C")] == shown
        assert due(held, "T11") == [(ends - timedelta(days=1)).isoformat()]

    def test_stops_alerting_once_a_new_one_is_asked_for(self, held: Story) -> None:
        step.permitted(held, step.applied(held, "personal_situation"))

        step.applied(held, "personal_situation")

        assert due(held, "T11A") == due(held, "T11B") == due(held, "T11C") == []
        assert len(due(held, "T11")) == 1

    def test_refused_changes_no_status_and_no_help(self, held: Story) -> None:
        before = (*stands(held.case), held.case.residence, held.case.access)

        step.permitted(held, step.applied(held, "personal_situation"), **REFUSED)

        assert (*stands(held.case), held.case.residence, held.case.access) == before

    @pytest.mark.parametrize("gap", ["reasons", "language", "remedy", "remedy_until"])
    def test_is_not_refused_without(self, held: Story, gap: str) -> None:
        empty = "" if gap == "reasons" else None
        asked = step.applied(held, "personal_situation")

        with pytest.raises(MoveRefused) as refused:
            step.permitted(held, asked, **(REFUSED | {gap: empty}))

        assert refused.value.finding.reason == "refusal_incomplete"

    @pytest.mark.parametrize("gap", [{"ground": None}, {"valid_until": None}])
    def test_is_not_granted_without(self, held: Story, gap: dict[str, None]) -> None:
        asked = step.applied(held, "personal_situation")

        with pytest.raises(MoveRefused) as refused:
            step.permitted(held, asked, **gap)

        assert refused.value.finding.reason == "permit_incomplete"

    def test_is_taken_once(self, held: Story) -> None:
        asked = step.applied(held, "personal_situation")
        step.permitted(held, asked)

        with pytest.raises(MoveRefused):
            step.permitted(held, asked)
        with pytest.raises(MoveRefused):
            step.permitted(held, uuid4())


class TestAsylumDoor:
    @pytest.fixture
    def found(self, held: Story) -> Story:
        """A case in which reasonable grounds were found."""
        held.decide()
        return held

    def described(self, story: Story, *citizenship: str) -> None:
        person = PersonDescription(citizenship=citizenship)
        describe_person(person=person, **story.by(cast.POLICE_OFFICER))

    def test_is_asked_about_where_nationality_is_not_known(self, found: Story) -> None:
        assert warned(found, "R30") == {"nationality_not_known"}

    def test_is_warned_about_for_a_foreigner(self, found: Story) -> None:
        self.described(found, "AL")

        assert warned(found, "R30") == {"not_told_of_asylum"}

    def test_is_shown_once_she_was_told(self, found: Story) -> None:
        self.described(found, "AL")

        step.told_of_asylum(found)

        assert warned(found, "R30") == set()

    def test_is_not_asked_for_a_national(self, found: Story) -> None:
        self.described(found, "MK")

        assert warned(found, "R30") == set()

    def test_is_not_asked_before_grounds_were_found(self, held: Story) -> None:
        assert warned(held, "R30") == set()

    def test_keeps_her_wish_with_residence_and_tells_her_lawyer(self, found: Story) -> None:
        offer = found.offer(cast.LAWYER, "LA", "legal_aid", scopes=("D9", "D10"))
        found.reply(cast.LAWYER, offer, "provider", "accepted")
        found.office.notices.clear()

        step.told_of_asylum(found, wish="wants_to_claim", own_words="I am afraid")

        told, wish = found.case.facts[-2:]
        assert (told.compartment, wish.compartment) == ("D10", "D7")
        assert told.open == {"given_on": step.today(found).isoformat(), "language": "sq"}
        assert found.office.sealed(wish.fact_ref) == {"own_words": "I am afraid"}
        assert {one.organisation for one in found.office.notices} == {cast.LAWYERS.organisation}
