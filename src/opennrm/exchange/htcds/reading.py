"""Reads a whole workbook: refuses it as a whole, or yields its good rows and its problems."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from opennrm.exchange.htcds.anatomy import Anatomy, column_letters, read_anatomy
from opennrm.exchange.htcds.archive import DAMAGED, check_contents, open_archive
from opennrm.exchange.htcds.cells import LATEST, Setting, is_empty
from opennrm.exchange.htcds.imported import ImportedCase
from opennrm.exchange.htcds.layout import Layout, Row, Unread, find_layout
from opennrm.exchange.htcds.problems import Problem, RowProblem, hint
from opennrm.exchange.htcds.refusals import WorkbookRefused
from opennrm.exchange.htcds.rows import HtcdsRow, Page, is_blank, problem_at, read_row, value_at

Table = tuple[Page, list[Row]]

NO_SHEET = (
    "No sheet of this workbook has the headers of the case data standard. Use the official "
    "template, or name the columns as the standard does."
)
NOTHING_IN_IT = "The workbook has the right headers but no rows. Check that it is the right file."


@dataclass
class WorkbookReading:
    """A workbook that was accepted: how many rows it has, and what comes of them.

    `rows` is gone through once; `problems` is complete when that has come to its end.
    """

    total: int
    rows: Iterator[HtcdsRow]
    problems: list[RowProblem] = field(default_factory=list)


def read_workbook(
    path: Path, *, region: str | None = None, today: date = LATEST
) -> WorkbookReading:
    """Read a workbook of the case data standard.

    Telephone numbers without a country code are read as of the region (a two-letter code); a
    date after today is a problem.

    :raises WorkbookRefused: when the file is not a harmless, whole workbook with the standard's
        headers; the message says what to do.
    """
    with open_archive(path) as archive:
        check_contents(archive)
        anatomy = read_anatomy(archive)
    tables = _tables(path, anatomy)
    setting = Setting(anatomy.from_1904, today, region)
    pages = _without_lookups(
        [
            (Page(sheet, layout, setting), rows)
            for sheet in anatomy.sheets
            if (rows := tables.get(sheet.name)) and (layout := find_layout(rows))
        ]
    )
    if not pages:
        raise WorkbookRefused(NO_SHEET)
    total = sum(len(_filled(page.layout, rows)) for page, rows in pages)
    if not total:
        raise WorkbookRefused(NOTHING_IN_IT)
    problems = [remark for page, rows in pages for remark in _unread(page, rows)]
    return WorkbookReading(total, _rows(pages, problems), problems)


def _tables(path: Path, anatomy: Anatomy) -> dict[str, list[Row]]:
    """Return the values of every sheet, row by row from the first."""
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = [s.name for s in anatomy.sheets if s.part.startswith("xl/worksheets/")]
        sheets = [workbook.get_sheet_by_name(name) for name in names]
        return {sheet.name: list(sheet.to_python(skip_empty_area=False)) for sheet in sheets}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # a panic of the reader is not an Exception
        raise WorkbookRefused(DAMAGED) from problem


def _without_lookups(pages: list[Table]) -> list[Table]:
    """Leave out sheets of allowed values, which templates carry beside the sheet of cases."""
    fuller = [(page, rows) for page, rows in pages if not page.layout.holds_lists_only]
    return fuller or pages


def _filled(layout: Layout, rows: list[Row]) -> list[tuple[int, Row]]:
    numbered = enumerate(rows[layout.first_row - 1 :], start=layout.first_row)
    return [(number, row) for number, row in numbered if not is_blank(row, layout)]


def _rows(pages: list[Table], problems: list[RowProblem]) -> Iterator[HtcdsRow]:
    seen: Counter[ImportedCase] = Counter()
    for page, rows in pages:
        for number, row in _filled(page.layout, rows):
            found, remarks = read_row(page, number, row)
            problems.extend(remarks)
            if found is None:
                continue
            seen[found.case] += 1
            if seen[found.case] > 1 and found.case.names_someone:
                column = page.layout.columns[0]
                value = value_at(row, column.number)
                kind = Problem.REPEATED_ROW
                problems.append(problem_at(page, number, column, value, kind))
                continue
            yield replace(found, case=replace(found.case, occurrence=seen[found.case]))


def _unread(page: Page, rows: list[Row]) -> list[RowProblem]:
    below = rows[page.layout.first_row - 1 :]
    return [
        _remark(page, column)
        for column in page.layout.unread
        if any(not is_empty(value_at(row, column.number)) for row in below)
    ]


def _remark(page: Page, column: Unread) -> RowProblem:
    return RowProblem(
        sheet=page.sheet.name,
        row=page.layout.header_row,
        column=column_letters(column.number),
        header=column.header,
        value_hint=hint(column.header),
        kind=column.kind,
        leaves_out=False,
    )
