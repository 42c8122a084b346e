"""Importing workbooks: good rows become cases once, bad rows are named, bad files harm nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from opennrm.casework.imported_row import brought_by
from opennrm.casework.refusals import PermissionMissing
from opennrm.console.import_htcds import Imported, import_workbook, write_problems
from opennrm.exchange.htcds.imported import ImportedCase
from opennrm.exchange.htcds.refusals import WorkbookRefused
from opennrm.records.importing import kept_marks
from opennrm.records.queries.casepage import case_page
from opennrm.records.queries.people import find_people
from tests import cast
from tests.database import NOW, as_administrator, prepared, signed_in
from tests.exchange.workbooks import person, template, with_part

MAKERS = [cast.POLICE_COLLEAGUE, cast.CASE_MANAGER, cast.HELPLINE_WORKER]


@pytest.fixture(scope="module", autouse=True)
def _database() -> None:
    prepared()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Name a workbook."""
    return tmp_path / "cases.xlsx"


def people(count: int, name: str, **changes: object) -> list[dict[str, object]]:
    """Invent rows of people with different names."""
    return [person(First_Name=f"{name}{n}", **changes) for n in range(count)]


def imported(book: Path, who: cast.Member = cast.POLICE_COLLEAGUE) -> Imported:
    """Import a workbook as somebody of the cast."""
    return import_workbook(book, signed_in(who), at=NOW, progress=lambda done, total: None)


def cases() -> int:
    """Count all cases of the record."""
    with as_administrator() as connection:
        row = connection.execute("SELECT count(*) FROM nrm.case_head").fetchone()
    return int(row[0]) if row else 0


class TestImport:
    @pytest.mark.parametrize("who", MAKERS, ids=["first responder", "case manager", "helpline"])
    def test_makes_a_case_of_each_row_that_can_be_found_by_name(
        self, book: Path, who: cast.Member
    ) -> None:
        before = cases()

        done = imported(template(book, people(3, f"Veselka{who.account.hex[:4]}x")), who)

        hits = find_people(signed_in(who), f"Veselka{who.account.hex[:4]}x1 Kovač", at=NOW)
        assert (done.cases, cases() - before) == (3, 3)
        assert f"Veselka{who.account.hex[:4]}x1 Kovač" in {
            name for hit in hits for name in hit.names
        }

    def test_doubles_nothing_when_it_is_run_again(self, book: Path) -> None:
        template(book, people(4, "Ponovka"))
        imported(book)
        before = cases()

        again = imported(book)

        assert (again.cases, again.known, cases() - before) == (0, 4, 0)

    def test_takes_up_rows_that_were_corrected(self, book: Path) -> None:
        rows = people(3, "Popravka")
        imported(template(book, [*rows[:2], {**rows[2], "Birthdate": "32/13/1999"}]))

        again = imported(template(book, rows))

        assert (again.cases, again.known) == (1, 2)

    def test_keeps_its_marks_from_other_organisations(self, book: Path) -> None:
        template(book, people(2, "Znakovka"))
        imported(book)

        other = imported(book, cast.CASE_MANAGER)

        assert other.cases == 2
        mine = kept_marks(signed_in(cast.POLICE_COLLEAGUE))
        assert mine.isdisjoint(kept_marks(signed_in(cast.CASE_MANAGER)))

    def test_accepts_good_rows_and_names_the_place_of_bad_ones(
        self, book: Path, tmp_path: Path
    ) -> None:
        rows = people(200, "Mesana")
        for bad in (20, 90, 91, 92, 150, 199):
            rows[bad]["Birthdate"] = "Secretday 99/99"

        done = imported(template(book, rows))

        report = tmp_path / "report.csv"
        write_problems(done.problems, report)
        text = report.read_text(encoding="utf-8-sig")
        assert (done.cases, done.left_out) == (194, 6)
        assert [line.split(",")[1] for line in text.splitlines()[1:]] == [
            str(number + 3) for number in (20, 90, 91, 92, 150, 199)
        ]
        assert "Secretday" not in text
        assert "Mesana" not in text

    def test_is_refused_to_who_may_not_record_contacts(self, book: Path) -> None:
        before = cases()

        with pytest.raises(PermissionMissing):
            imported(template(book, people(2, "Nikoja")), cast.IMMIGRATION_OFFICER)

        assert cases() == before

    def test_harms_nothing_with_files_that_are_no_good(self, book: Path) -> None:
        before = cases()
        good = template(book, people(5, "Skrsena")).read_bytes()
        files = {"truncated": good[: len(good) // 2], "not a workbook": b"name,age\nAmina,20\n"}

        for content in files.values():
            book.write_bytes(content)
            with pytest.raises(WorkbookRefused):
                imported(book)
        book.write_bytes(good)
        with_part(book, "xl/media/bomb.xml", bytes(300 * 1024 * 1024))
        with pytest.raises(WorkbookRefused):
            imported(book)

        assert cases() == before

    def test_never_runs_a_formula(self, book: Path) -> None:
        rows = [*people(2, "Formulka"), person(First_Name="=HYPERLINK(A1)")]

        done = imported(template(book, rows))

        assert (done.cases, done.left_out) == (2, 1)

    def test_shows_how_far_it_is(self, book: Path) -> None:
        heard: list[Any] = []
        template(book, people(3, "Napredka"))

        import_workbook(
            book,
            signed_in(cast.POLICE_COLLEAGUE),
            at=NOW,
            progress=lambda done, total: heard.append((done, total)),
        )

        assert heard == [(3, 3), (3, 3)]


class TestConsentInTheFile:
    def test_keeps_no_word_about_a_person_who_did_not_agree(self, book: Path) -> None:
        viewer = signed_in(cast.POLICE_COLLEAGUE)
        rows = people(1, "Tajna", Second_Name="Skriena", Consent=False, Email="tajna@mail.example")

        done = imported(template(book, rows))

        with as_administrator() as connection:
            row = connection.execute(
                "SELECT case_ref FROM nrm.case_head WHERE case_ref IN "
                "(SELECT case_ref FROM nrm.fact GROUP BY case_ref "
                "HAVING max(recorded_at) = (SELECT max(recorded_at) FROM nrm.fact))"
            ).fetchone()
        assert row is not None
        page = case_page(viewer, row[0], at=NOW, opened=("D2", "D3", "D4"))
        assert (done.cases, done.without_consent) == (1, 1)
        assert find_people(viewer, "Tajna0 Skriena", at=NOW) == []
        assert all(not entry.fact.has_sealed for entry in page.timeline)
        assert page.case.forms == ("labour",)


class TestToldBy:
    def test_counts_age_on_the_day_of_the_referral(self) -> None:
        case = ImportedCase(birthdate=date(2010, 6, 1), incoming_on=date(2026, 5, 31))

        told = brought_by(case, today=date(2028, 7, 1))

        assert told.contact.majority == "child"
        assert told.person is not None
        assert told.person.age_group == "child_9_17"

    def test_says_nothing_where_the_row_says_nothing(self) -> None:
        told = brought_by(ImportedCase(), today=date(2026, 1, 1))

        assert (told.person, told.account, told.contact.majority) == (None, None, "unknown")
