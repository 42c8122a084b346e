"""The night duty opens the sealed sheets of its house: with a reason, for a day, and told."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from opennrm.casework.emergency import (
    Emergency,
    EmergencyReview,
    open_in_emergency,
    review_emergency,
)
from opennrm.casework.refusals import (
    CaseNotFound,
    MoveRefused,
    PermissionMissing,
)
from opennrm.casework.safety_sheet import SafetySheet, write_safety_sheet
from opennrm.records import queries
from opennrm.records.desk import at_work
from opennrm.records.queries.night import sheets_open, standing_by
from tests import cast, stories
from tests.attacks import raw
from tests.database import NOW, as_administrator, signed_in

POLICE, HOUSE, NIGHT = cast.POLICE_OFFICER, cast.SHELTER_WITHOUT_CONSENT, cast.NIGHT_WORKER
SHEET = "insulin at seven"


@pytest.fixture()
def housed(_database: None) -> UUID:
    """A person in a house that has a night duty, with a sheet."""
    case_ref = stories.contact(POLICE, majority="adult", words="A word.")
    stories.described(POLICE, case_ref, names="Arta Gashi")
    written(case_ref, SHEET)
    sent = stories.referred(POLICE, case_ref, HOUSE, "SH", ("D1", "D2", "D9", "D10"))
    stories.answered(HOUSE, case_ref, sent)
    return case_ref


def written(case_ref: UUID, words: str) -> None:
    sheet = SafetySheet(called="Room 4", medicine=words)
    stories.do(write_safety_sheet, POLICE, case_ref=case_ref, sheet=sheet)


def opened(case_ref: UUID, who: cast.Member = NIGHT, **more: object) -> UUID:
    emergency = Emergency(**({"reason": "medical"} | more))  # type: ignore[arg-type]
    ref = stories.do(open_in_emergency, who, case_ref=case_ref, emergency=emergency)
    assert isinstance(ref, UUID)
    return ref


def read(case_ref: UUID) -> list[str]:
    page = queries.case_page(signed_in(NIGHT), case_ref, at=NOW, opened=raw.EVERY_PART)
    return [text for entry in page.timeline for text in (entry.told or {}).values()]


class TestBeforeAnOpening:
    def test_nothing_of_the_case_is_there_for_the_night(self, housed: UUID) -> None:
        assert housed in standing_by(signed_in(NIGHT))
        with pytest.raises(CaseNotFound):
            read(housed)
        assert housed not in [
            row.case_ref for row in queries.worklist(signed_in(NIGHT), at=NOW).rows
        ]
        with raw.reader(signed_in(NIGHT).token) as connection:
            assert raw.mentions(raw.visible_anywhere(connection), housed) == []

    def test_a_sheet_offered_and_not_accepted_stands_by_for_nobody(self, _database: None) -> None:
        case_ref = stories.contact(POLICE, majority="adult")
        written(case_ref, SHEET)
        stories.referred(POLICE, case_ref, HOUSE, "SH", ("D1", "D9"))

        assert case_ref not in standing_by(signed_in(NIGHT))
        with pytest.raises(CaseNotFound):
            opened(case_ref)

    @pytest.mark.parametrize("who", (cast.CASE_MANAGER, cast.LAWYER, cast.IMMIGRATION_OFFICER))
    def test_it_opens_for_no_other_role_and_house(self, housed: UUID, who: cast.Member) -> None:
        with pytest.raises(PermissionMissing):
            opened(housed, who)
        assert standing_by(signed_in(who)) == ()


class TestAnOpening:
    def test_shows_the_sheet_and_nothing_else(self, housed: UUID) -> None:
        opened(housed)

        assert set(read(housed)) == {"Room 4", SHEET}
        page = queries.case_page(signed_in(NIGHT), housed, at=NOW)
        assert set(page.compartments) == {"D16"}
        assert [s.case_ref for s in sheets_open(signed_in(NIGHT), at=NOW)].count(housed) == 1
        assert housed not in standing_by(signed_in(NIGHT))

    def test_lasts_a_day_at_most_whatever_is_asked(self, housed: UUID) -> None:
        with pytest.raises(MoveRefused):
            opened(housed, hours=25)
        opened(housed, hours=24)

        page = queries.case_page(signed_in(NIGHT), housed, at=NOW)
        assert max(row.until for row in page.case.access) <= NOW + timedelta(hours=25)
        assert ends_after_a_day(housed)

    def test_is_told_to_the_data_protection_officer_and_the_house_at_once(
        self, housed: UUID
    ) -> None:
        before = {who.account: len(told(who)) for who in (cast.DATA_OFFICER, HOUSE)}

        opened(housed)

        for who in (cast.DATA_OFFICER, HOUSE):
            assert len(told(who)) > before[who.account]

    def test_is_counted_and_comes_up_for_review_and_for_telling_her(self, housed: UUID) -> None:
        opened(housed)

        with as_administrator() as connection:
            counted = connection.execute(
                "SELECT count(*) FROM nrm.rule_event_link JOIN statistics.rule_event AS event "
                "USING (event_ref) WHERE case_ref = %s AND rule = 'R42' AND event = 'override'",
                [housed],
            ).fetchone()
        due = {due.kind for due in queries.case_page(signed_in(POLICE), housed, at=NOW).due}
        assert counted == (1,)
        assert {"T23", "T19"} <= due

    def test_is_read_in_the_log(self, housed: UUID) -> None:
        opened(housed)
        read(housed)

        with as_administrator() as connection:
            rows = connection.execute(
                "SELECT action FROM nrm.journal WHERE case_ref = %s AND account = %s "
                "ORDER BY entry",
                [housed, NIGHT.account],
            ).fetchall()
        assert [action for (action,) in rows][:2] == ["open_in_emergency", "read_sealed"]

    def test_opens_a_sheet_written_since_the_last_one_ended(self, housed: UUID) -> None:
        opened(housed)
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.access SET until = now() WHERE case_ref = %s AND role = 'ND' "
                "AND state = 'open'",
                [housed],
            )
        written(housed, "insulin at eight")
        with pytest.raises(CaseNotFound):
            read(housed)

        opened(housed)

        assert "insulin at eight" in read(housed)

    def test_opens_what_stays_as_it_stood_when_the_consent_is_taken_back(
        self, housed: UUID
    ) -> None:
        consent = stories.newest(POLICE, housed, "consent_given")
        stories.withdrawn(POLICE, housed, consent)
        written(housed, "she has moved")

        opened(housed)

        assert set(read(housed)) == {"Room 4", SHEET}

    def test_ends_at_once_with_the_consent(self, housed: UUID) -> None:
        opened(housed)
        consent = stories.newest(POLICE, housed, "consent_given")
        stories.withdrawn(POLICE, housed, consent)

        with pytest.raises(CaseNotFound):
            read(housed)


class TestAForgedOpening:
    def test_without_an_opening_in_the_record_nothing_wakes(self, housed: UUID) -> None:
        opening = opened(housed)
        with raw.reader(signed_in(NIGHT).token, raw.RECORDER) as connection:
            again = raw.refused(
                connection, "SELECT nrm.open_in_emergency(%s, %s)", [housed, opening]
            )
        with raw.reader(signed_in(HOUSE).token, raw.RECORDER) as connection:
            other = raw.refused(
                connection, "SELECT nrm.open_in_emergency(%s, %s)", [housed, opening]
            )

        assert (again, other) == ("NR403", "NR403")

    def test_an_opening_for_a_year_lasts_a_day(self, housed: UUID) -> None:
        add = (
            "SELECT nrm.append_fact(%(case)s, %(ref)s, 'emergency_opened', 'D10', now(), "
            "'vital_interest', NULL, %(open)s::jsonb, NULL, 0, NULL)"
        )
        content = (
            '{"rule": "R42", "part": "D16", "reason": "medical", '
            '"until": "2099-01-01T00:00:00+00:00"}'
        )
        ref = cast.ref(f"forged {housed}")
        with raw.reader(signed_in(NIGHT).token, raw.RECORDER) as connection:
            connection.execute(add, {"case": housed, "ref": ref, "open": content})
            connection.execute("SELECT nrm.open_in_emergency(%s, %s)", [housed, ref])

        assert ends_after_a_day(housed)


class TestTheReview:
    def test_is_by_another_person_and_ends_the_task(self, housed: UUID) -> None:
        opening = opened(housed)
        review = EmergencyReview(opening=opening, finding="needed", reviewed_on=stories.TODAY)

        stories.do(review_emergency, POLICE, case_ref=housed, review=review)

        due = {due.kind for due in queries.case_page(signed_in(POLICE), housed, at=NOW).due}
        assert "T23" not in due
        with pytest.raises(MoveRefused):
            stories.do(review_emergency, POLICE, case_ref=housed, review=review)


def told(who: cast.Member) -> list[datetime]:
    return [n.at for n in queries.notices(signed_in(who)) if n.kind == "emergency_opened"]


def ends_after_a_day(case_ref: UUID) -> bool:
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT bool_and(until <= now() + interval '24 hours') FROM nrm.access "
            "WHERE case_ref = %s AND role = 'ND' AND state = 'open'",
            [case_ref],
        ).fetchone()
    return row == (True,)


def test_nothing_is_listed_for_a_desk_without_night_duty(_database: None) -> None:
    with at_work(signed_in(POLICE), at=NOW) as desk:
        assert desk.cases.standing_by() == ()
