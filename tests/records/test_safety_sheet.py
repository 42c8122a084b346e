"""The minimum safety sheet: what stays with those who house or treat her when a ground ends."""

from datetime import timedelta
from uuid import UUID

import pytest

from opennrm.casework.refusals import AccessMissing, CaseNotFound
from opennrm.casework.safety_sheet import SafetySheet, write_safety_sheet
from opennrm.records import queries
from tests import cast, stories
from tests.database import NOW, as_administrator, signed_in

POLICE, SHELTER, CLINIC = cast.POLICE_OFFICER, cast.SHELTER_WITHOUT_CONSENT, cast.HEALTH_WORKER
PARTS = ("D1", "D2", "D8", "D9")
BEFORE, AFTER = "penicillin", "moved to the other town"
RUNS_OUT = (
    "UPDATE nrm.access SET until = least(until, now()) "
    "WHERE case_ref = %s AND organisation = %s AND NOT is_kept"
)
KEPT_BEGINS = (
    "UPDATE nrm.access SET opens_at = now(), until = now() + interval '90 days' "
    "WHERE case_ref = %s AND is_kept"
)


def wrote(who: cast.Member, case_ref: UUID, allergies: str) -> None:
    """Write the sheet."""
    sheet = SafetySheet(called="Room 2", allergies=allergies)
    stories.do(write_safety_sheet, who, case_ref=case_ref, sheet=sheet)


def housed(role: str = "SH", house: cast.Member = SHELTER) -> tuple[UUID, UUID]:
    """Bring a person with a sheet to a house; return the case and the consent."""
    case_ref = stories.contact(POLICE, majority="adult", words="A word.")
    stories.described(POLICE, case_ref, names="Zana Berisha")
    wrote(POLICE, case_ref, BEFORE)
    parts = tuple(part for part in PARTS if role == "SH" or part != "D2")
    sent = stories.referred(POLICE, case_ref, house, role, parts)
    stories.answered(house, case_ref, sent)
    return case_ref, stories.newest(POLICE, case_ref, "consent_given")


def read(who: cast.Member, case_ref: UUID) -> list[str]:
    """Open everything as a page does, and return all that is told."""
    everything = (*PARTS, "D4", "D10", "D16", "D2S", "D8S", "D9S")
    page = queries.case_page(signed_in(who), case_ref, at=NOW, opened=everything)
    return [text for entry in page.timeline for text in (entry.told or {}).values()]


class TestTheSafetySheet:
    def test_goes_along_to_who_houses_her(self):
        case_ref, _consent = housed()

        assert BEFORE in read(SHELTER, case_ref)

    @pytest.mark.parametrize(("role", "house"), (("SH", SHELTER), ("HC", CLINIC)))
    def test_is_all_that_stays_when_the_consent_is_taken_back(self, role, house):
        case_ref, consent = housed(role, house)

        stories.withdrawn(POLICE, case_ref, consent)

        assert set(read(house, case_ref)) == {"Room 2", BEFORE}
        page = queries.case_page(signed_in(house), case_ref, at=NOW)
        assert set(page.compartments) == {"D16"}
        assert (page.stage, page.compartments["D16"]) == ("kept", "read")
        (row,) = page.case.access
        assert timedelta(days=89) < row.until - NOW <= timedelta(days=91)
        hits = queries.find_people(signed_in(house), "Zana Berisha", at=NOW)
        assert case_ref not in [hit.case_ref for hit in hits]

    def test_stays_as_it_stood_and_shows_nothing_written_later(self):
        case_ref, consent = housed()
        stories.withdrawn(POLICE, case_ref, consent)

        wrote(POLICE, case_ref, AFTER)

        assert AFTER not in read(SHELTER, case_ref)
        assert AFTER in read(POLICE, case_ref)
        page = queries.case_page(signed_in(SHELTER), case_ref, at=NOW)
        assert len(page.timeline) == 1

    def test_is_written_by_nobody_who_only_keeps_it(self):
        case_ref, consent = housed()
        stories.withdrawn(POLICE, case_ref, consent)

        with pytest.raises(AccessMissing):
            wrote(SHELTER, case_ref, AFTER)

    def test_stays_when_the_term_of_the_consent_runs_out(self):
        case_ref, _consent = housed()
        with as_administrator() as connection:
            connection.execute(RUNS_OUT, [case_ref, SHELTER.actor.organisation])
            connection.execute(KEPT_BEGINS, [case_ref])

        wrote(POLICE, case_ref, AFTER)

        assert set(read(SHELTER, case_ref)) == {"Room 2", BEFORE}

    def test_is_not_seen_twice_before_the_term_is_over(self):
        case_ref, _consent = housed()

        page = queries.case_page(signed_in(SHELTER), case_ref, at=NOW)

        assert [row.is_kept for row in page.case.access if row.compartment == "D16"] == [False]
        listed = queries.worklist(signed_in(SHELTER), at=NOW, text=page.reference)
        rows = [row for row in listed.rows if row.case_ref == case_ref]
        assert [row.state for row in rows] == ["open"]

    def test_is_gone_when_its_ninety_days_are_over(self):
        case_ref, consent = housed()
        stories.withdrawn(POLICE, case_ref, consent)
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.access SET opens_at = now() - interval '90 days', until = now() "
                "WHERE case_ref = %s AND is_kept",
                [case_ref],
            )

        with pytest.raises(CaseNotFound):
            read(SHELTER, case_ref)

    def test_stays_with_nobody_who_neither_houses_nor_treats_her(self):
        case_ref = stories.contact(POLICE, majority="adult")
        wrote(POLICE, case_ref, BEFORE)
        sent = stories.referred(POLICE, case_ref, cast.CASE_MANAGER, "CM", ("D1", "D9"))
        stories.answered(cast.CASE_MANAGER, case_ref, sent)
        assert BEFORE in read(cast.CASE_MANAGER, case_ref)

        consent = stories.newest(POLICE, case_ref, "consent_given")
        stories.withdrawn(POLICE, case_ref, consent)

        with pytest.raises(CaseNotFound):
            read(cast.CASE_MANAGER, case_ref)

    def test_stays_with_nobody_who_had_not_accepted(self):
        case_ref = stories.contact(POLICE, majority="adult")
        wrote(POLICE, case_ref, BEFORE)
        stories.referred(POLICE, case_ref, SHELTER, "SH", PARTS)

        stories.withdrawn(POLICE, case_ref, stories.newest(POLICE, case_ref, "consent_given"))

        with pytest.raises(CaseNotFound):
            read(SHELTER, case_ref)
