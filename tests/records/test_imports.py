"""Rows from other systems wait, are checked, become cases once, and go again within a day."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter
from django.db.utils import IntegrityError

from opennrm.casework.contact import AccountNote, Contact, note_account
from opennrm.casework.refusals import PermissionMissing
from opennrm.casework.screening import Screening, record_screening
from opennrm.exchange.sheets.table import read_table
from opennrm.records import rebuilding, ticking, verifying
from opennrm.records.importing import take_rows
from opennrm.records.imports import going_on, waiting
from opennrm.records.imports.going_on import ImportRefused
from opennrm.records.queries import find_people
from tests import cast, stories
from tests.database import NOW, as_administrator, signed_in

POLICE = cast.POLICE_COLLEAGUE
TRAIT = Contact(route="referred", channel="unknown", contact_on=NOW.date(), signs=("ethnicity",))
HEADERS = ("Vorname", "Nachname", "Geboren am", "Staat", "Form")
CHOSEN = (
    "prs_FirstName",
    "prs_SecondName",
    "prs_Birthdate",
    "prs_Citizenship",
    "vic_TypeOfExploitation",
)


def sheet(*rows: tuple[object, ...]) -> bytes:
    """Write rows under headers of another system."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        page = book.add_worksheet("Personen")
        for number, row in enumerate((HEADERS, *rows)):
            page.write_row(number, 0, row)
    return kept.getvalue()


def people(count: int, name: str) -> list[tuple[object, ...]]:
    """Invent rows."""
    return [(f"{name}{n}", "Kovač", "1996-05-14", "MD", "Forced labour") for n in range(count)]


def begun(*rows: tuple[object, ...], who: cast.Member = POLICE) -> waiting.Import:
    """Let rows wait and say what their columns hold."""
    session = signed_in(who)
    ref = waiting.begin(session, read_table(sheet(*rows)))
    going_on.choose_columns(session, stands(ref, who), CHOSEN)
    return stands(ref, who)


def stands(ref: UUID, who: cast.Member = POLICE) -> waiting.Import:
    """Look where an import stands."""
    found = waiting.one_import(signed_in(who), ref)
    assert found is not None
    return found


def went_on(one: waiting.Import, who: cast.Member = POLICE, seconds: float = 60) -> waiting.Import:
    """Carry an import on for a while."""
    going_on.go_on(signed_in(who), one, at=NOW, seconds=seconds)
    return stands(one.import_ref, who)


def recorded(*rows: tuple[object, ...]) -> waiting.Import:
    """Import rows whole."""
    checked = went_on(begun(*rows))
    session = signed_in(POLICE)
    going_on.start(session, checked, waiting.own_imports(session), at=NOW)
    return went_on(stands(checked.import_ref))


def cases_of(one: waiting.Import) -> list[UUID]:
    """List the cases of an import, past all rights."""
    with as_administrator() as connection:
        found = connection.execute(
            "SELECT case_ref FROM nrm.import_case WHERE import_ref = %s", [one.import_ref]
        ).fetchall()
    return [ref for (ref,) in found]


def begun_days_ago(one: waiting.Import, days: int) -> None:
    """Let an import have begun some days ago, on the clock of the database."""
    with as_administrator() as connection:
        connection.execute(
            "UPDATE nrm.import SET begun_at = now() - %s WHERE import_ref = %s",
            [timedelta(days=days), one.import_ref],
        )


def parts_of(one: waiting.Import) -> int:
    """Count the parts of rows that wait."""
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT count(*) FROM nrm.import_part WHERE import_ref = %s", [one.import_ref]
        ).fetchone()
    assert row is not None
    return int(row[0])


def all_cases() -> int:
    """Count all cases of the record."""
    with as_administrator() as connection:
        row = connection.execute("SELECT count(*) FROM nrm.case_head").fetchone()
    return int(row[0]) if row else 0


def persons_counted() -> int:
    """Count the rows of the statistics copy."""
    with as_administrator() as connection:
        row = connection.execute("SELECT count(*) FROM statistics.person").fetchone()
    return int(row[0]) if row else 0


class TestWaitingRows:
    def test_lie_sealed_and_open_to_their_own_house_only(self) -> None:
        one = begun(*people(2, "Zapečatena"))
        with as_administrator() as connection:
            kept = connection.execute(
                "SELECT sealed FROM nrm.import_part WHERE import_ref = %s", [one.import_ref]
            ).fetchall()

        assert kept and not any(b"Zape" in bytes(part) for (part,) in kept)
        assert waiting.one_import(signed_in(cast.CASE_MANAGER), one.import_ref) is None
        assert waiting.one_import(signed_in(cast.POLICE_OFFICER), one.import_ref) is not None

    def test_are_forgotten_when_they_are_given_up(self) -> None:
        one = begun(*people(1, "Zaboravka"))

        waiting.give_up(signed_in(POLICE), one)

        assert waiting.one_import(signed_in(POLICE), one.import_ref) is None

    @pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
    def test_are_forgotten_when_nobody_finishes_for_thirty_days(
        self, days: int, left: int
    ) -> None:
        one = begun(*people(1, f"Vergessen{days}"))
        begun_days_ago(one, days)

        ticking.tick(at=NOW + timedelta(days=1))

        assert parts_of(one) == left
        assert (waiting.one_import(signed_in(POLICE), one.import_ref) is not None) == bool(left)

    def test_go_and_what_was_recorded_stays_when_nobody_finishes(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("opennrm.records.importing.BATCH", 1)
        session, ready = signed_in(POLICE), went_on(begun(*people(2, "Halb")))
        going_on.start(session, ready, [], at=NOW)
        half = went_on(stands(ready.import_ref), seconds=0)
        assert half.state == "importing"
        begun_days_ago(half, 31)

        ticking.tick(at=NOW)

        assert (stands(half.import_ref).state, parts_of(half)) == ("done", 0)
        assert len(cases_of(half)) == 1

    def test_remember_for_the_house_what_its_columns_hold(self) -> None:
        begun(*people(1, "Pamet"))

        known = waiting.remembered(signed_in(cast.POLICE_OFFICER))

        assert [known[header.lower()] for header in HEADERS] == list(CHOSEN)

    def test_refuse_two_columns_for_one_field(self) -> None:
        session = signed_in(POLICE)
        ref = waiting.begin(session, read_table(sheet(*people(1, "Dvojna"))))

        with pytest.raises(ImportRefused, match="same field"):
            going_on.choose_columns(session, stands(ref), (CHOSEN[0],) * 5)


class TestCheck:
    def test_names_what_is_wrong_before_anything_is_recorded(self) -> None:
        bad = ("Greška", "Kovač", "32/13/1999", "Atlantis", "Forced labour")
        one = went_on(begun(*people(2, "Provera"), bad))

        rows = waiting.waiting_rows(signed_in(POLICE), one, 1)

        assert (one.state, one.faulty, cases_of(one)) == ("checked", 1, [])
        assert [(f.column, f.kind) for f in rows[2].faults] == [
            (3, "not_a_date"),
            (4, "not_a_country"),
        ]

    def test_takes_a_row_that_was_put_right(self) -> None:
        one = went_on(begun(("Ispravka", "Kovač", "32/13/1999", "MD", "Forced labour")))
        row = waiting.waiting_rows(signed_in(POLICE), one, 1)[0]
        row.cells = (*row.cells[:2], "1999-12-31", *row.cells[3:])

        going_on.check_anew(signed_in(POLICE), one, 1, row, NOW)

        assert stands(one.import_ref).faulty == 0

    def test_leaves_out_what_stands_twice_or_was_recorded_before(self) -> None:
        rows = people(2, "Ponovo")
        recorded(*rows)

        one = went_on(begun(*rows, *people(1, "Novo"), *people(1, "Novo")))

        known = [r.is_known for r in waiting.waiting_rows(signed_in(POLICE), one, 1)]
        assert known == [True, True, False, True]

    def test_is_done_anew_when_another_import_came_between(self) -> None:
        rows = people(1, "Izmedju")
        first = went_on(begun(*rows))
        going_on_later = went_on(begun(*rows))
        session = signed_in(POLICE)
        going_on.start(session, first, waiting.own_imports(session), at=NOW)
        went_on(stands(first.import_ref))

        going_on.start(session, going_on_later, waiting.own_imports(session), at=NOW)

        assert stands(going_on_later.import_ref).state == "checking"
        assert went_on(stands(going_on_later.import_ref)).faulty == 1


class TestTaking:
    def test_makes_a_case_of_each_good_row_and_keeps_no_row(self) -> None:
        one = recorded(*people(3, "Uvozka"), ("x", "y", "nonsense", "MD", "Other"))

        hits = find_people(signed_in(POLICE), "Uvozka1 Kovač", at=NOW)
        assert (one.state, one.kept.recorded, len(cases_of(one))) == ("done", 3, 3)
        assert "Uvozka1 Kovač" in {name for hit in hits for name in hit.names}
        assert waiting.waiting_rows(signed_in(POLICE), one, 1) == []

    def test_stands_where_it_stopped_and_doubles_nothing(self, monkeypatch: Any) -> None:
        monkeypatch.setattr("opennrm.records.importing.BATCH", 2)
        checked = went_on(begun(*people(5, "Prekinuta")))
        session = signed_in(POLICE)
        going_on.start(session, checked, waiting.own_imports(session), at=NOW)

        half = went_on(stands(checked.import_ref), seconds=0)
        crashed = half.gone_through
        with as_administrator() as connection:  # as if the server had stopped before it noted this
            connection.execute(
                "UPDATE nrm.import SET gone_through = 0 WHERE import_ref = %s", [half.import_ref]
            )
        done = went_on(stands(half.import_ref))

        assert (crashed, done.state, len(cases_of(done))) == (2, "done", 5)

    def test_keeps_the_other_rows_of_a_batch_when_one_is_refused(self) -> None:
        one = went_on(begun(*people(3, "Odbijena")))
        session = signed_in(POLICE)
        going_on.start(session, one, waiting.own_imports(session), at=NOW)
        ready = list(going_on._ready(session, stands(one.import_ref), _rows(one), NOW))
        refused = replace(ready[1], brought=replace(ready[1].brought, contact=TRAIT))

        taken = list(take_rows(session, [ready[0], refused, ready[2]], at=NOW))

        assert [each.case_ref is not None for each in taken[0]] == [True, False, True]
        assert taken[0][1].refusal
        assert len(cases_of(one)) == 2
        went_on(stands(one.import_ref))

    def test_leaves_nothing_half_written_when_the_database_refuses(self) -> None:
        one = went_on(begun(*people(3, "Polovična")))
        session = signed_in(POLICE)
        going_on.start(session, one, waiting.own_imports(session), at=NOW)
        ready = list(going_on._ready(session, stands(one.import_ref), _rows(one), NOW))
        doubled = [ready[0], replace(ready[1], number=ready[0].number), ready[2]]
        before = all_cases()

        with pytest.raises(IntegrityError):
            list(take_rows(session, doubled, at=NOW))

        assert (len(cases_of(one)), all_cases()) == (1, before + 1)
        went_on(stands(one.import_ref))
        assert len(cases_of(one)) == 3

    def test_agrees_with_a_rebuild_from_facts(self) -> None:
        made = set(cases_of(recorded(*people(2, "Obnovka"))))

        found = rebuilding.check(lambda _done, _all: None).differences

        assert [one for one in found if one.case_ref in made] == []

    def test_is_refused_to_who_takes_no_cases_in(self) -> None:
        one = begun(*people(1, "Tudja"))

        with pytest.raises(PermissionMissing):
            going_on.go_on(signed_in(cast.DECIDING_OFFICER), one, at=NOW, seconds=1)


class TestUndo:
    def test_takes_every_case_back_with_its_keys_and_its_row_in_the_figures(self) -> None:
        one = recorded(*people(3, "Povratna"))
        counted = stories.contact(POLICE)
        screening = Screening(population="adult", presumed=True, reason="Her account.")
        stories.do(record_screening, POLICE, case_ref=counted, screening=screening)
        before = persons_counted()
        with as_administrator() as connection:  # rows in the figures come with signs
            connection.execute(
                "UPDATE nrm.statistics_link SET case_ref = %s WHERE case_ref = %s",
                [cases_of(one)[0], counted],
            )

        undone = going_on.undo(signed_in(POLICE), one, at=NOW, seconds=60)

        assert (undone.gone, undone.worked_on) == (3, 0)
        assert (stands(one.import_ref).state, persons_counted()) == ("undone", before - 1)
        hits = find_people(signed_in(POLICE), "Povratna1 Kovač", at=NOW)
        assert not {hit.case_ref for hit in hits} & set(cases_of(one))
        with as_administrator() as connection:
            left = connection.execute(
                "SELECT count(*) FROM nrm.scope_key WHERE case_ref = ANY(%s)", [cases_of(one)]
            ).fetchone()
        assert left == (0,)
        made = set(cases_of(one))
        assert [each for each in verifying.verify().broken if each.case_ref in made] == []

    def test_leaves_a_case_on_which_somebody_has_worked(self) -> None:
        one = recorded(*people(2, "Radjena"))
        case_ref = cases_of(one)[0]
        note = AccountNote(words="She told more.")
        stories.do(note_account, POLICE, case_ref=case_ref, account=note)

        undone = going_on.undo(signed_in(POLICE), one, at=NOW, seconds=60)

        assert (undone.gone, undone.worked_on) == (1, 1)

    def test_is_over_after_a_day(self) -> None:
        one = recorded(*people(1, "Zakasnela"))
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.import SET first_case_at = now() - interval '25 hours' "
                "WHERE import_ref = %s",
                [one.import_ref],
            )

        undone = going_on.undo(signed_in(POLICE), one, at=NOW, seconds=60)

        assert (undone.gone, undone.worked_on) == (0, 1)
        assert not stands(one.import_ref).may_be_undone(NOW + timedelta(minutes=1))


def _rows(one: waiting.Import) -> list[waiting.WaitingRow]:
    return waiting.waiting_rows(signed_in(POLICE), one, 1)
