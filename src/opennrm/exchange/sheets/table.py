"""Reads one table out of whatever spreadsheet somebody sends; its kind is told by its content."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from python_calamine import CalamineWorkbook

from opennrm.exchange.htcds.anatomy import MAX_COLUMNS, MAX_ROWS, Sheet, read_anatomy
from opennrm.exchange.htcds.archive import (
    DAMAGED,
    MAX_FILE_BYTES,
    NOT_A_WORKBOOK,
    TOO_BIG,
    check_contents,
    open_any_archive,
    open_archive,
)
from opennrm.exchange.htcds.cells import is_empty
from opennrm.exchange.htcds.layout import find_layout
from opennrm.exchange.htcds.problems import Problem
from opennrm.exchange.htcds.refusals import WorkbookRefused
from opennrm.exchange.sheets.opendocument import check_opendocument, is_opendocument

NOTHING_IN_IT = "The file holds no table. Its first row names the columns, and rows follow."
NOT_UTF8 = "The text is not in UTF-8. Save it as CSV UTF-8, or as a workbook (.xlsx)."
TOO_FAR = f"At most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns are read. Split the file."
DELIMITERS = ",;\t"
BROKEN, DAY = "broken", "day"
ARCHIVE, OLD = b"PK", bytes.fromhex("d0cf11e0a1b11ae1")

Cell = str | float | bool | date | Problem | None


@dataclass(frozen=True)
class Table:
    """A table: where its rows begin, what its columns are called, and its rows with numbers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    from_1904: bool = False
    of_the_form: bool = False


def read_table(content: bytes) -> Table:
    """Read the table of a file.

    :raises WorkbookRefused: when it is no harmless workbook, OpenDocument sheet or text in UTF-8;
        the message says what to do.
    """
    if len(content) > MAX_FILE_BYTES:
        raise WorkbookRefused(TOO_BIG)
    if not content.startswith((ARCHIVE, OLD)):
        return _table(_lines(content), Sheet("", ""))
    with NamedTemporaryFile(suffix=".zip") as kept:
        kept.write(content)
        kept.flush()
        return _of_archive(Path(kept.name))


def _of_archive(path: Path) -> Table:
    with open_any_archive(path) as archive:
        if is_opendocument(archive):
            check_contents(archive)
            check_opendocument(archive)
            return _fullest([(Sheet("", ""), rows) for rows in _values(path).values()])
    with open_archive(path) as archive:
        check_contents(archive)
        anatomy = read_anatomy(archive)
    values = _values(path)
    known = [(sheet, values[sheet.name]) for sheet in anatomy.sheets if sheet.name in values]
    return _fullest(known, from_1904=anatomy.from_1904)


def _values(path: Path) -> dict[str, list[Sequence[object]]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        return {one.name: list(one.to_python(skip_empty_area=False)) for one in sheets}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # a panic of the reader is not an Exception
        raise WorkbookRefused(DAMAGED) from problem


def _fullest(
    sheets: list[tuple[Sheet, list[Sequence[object]]]], *, from_1904: bool = False
) -> Table:
    """Take the first sheet with headers of the standard, or else the first that is not empty."""
    filled = [(sheet, rows) for sheet, rows in sheets if _first_filled(rows) is not None]
    if not filled:
        raise WorkbookRefused(NOTHING_IN_IT)
    known = [(sheet, rows) for sheet, rows in filled if _is_of_cases(rows)]
    sheet, rows = (known or filled)[0]
    return _table(rows, sheet, from_1904=from_1904)


def _is_of_cases(rows: list[Sequence[object]]) -> bool:
    layout = find_layout(rows)
    return layout is not None and not layout.holds_lists_only


def _table(rows: list[Sequence[object]], sheet: Sheet, *, from_1904: bool = False) -> Table:
    layout, first = find_layout(rows), _first_filled(rows)
    if first is None:
        raise WorkbookRefused(NOTHING_IN_IT)
    header_row = layout.header_row if layout else first
    below = rows[header_row:]
    if len(below) > MAX_ROWS or max(map(len, rows)) > MAX_COLUMNS:
        raise WorkbookRefused(TOO_FAR)
    numbered = enumerate(below, start=header_row + 1)
    kept = tuple((number, _cells(row, number, sheet)) for number, row in numbered if any_in(row))
    if not kept:
        raise WorkbookRefused(NOTHING_IN_IT)
    names = [_name(rows[header_row - 1], number) for number in range(max(map(len, rows)))]
    return Table(tuple(names), kept, from_1904, bool(layout and layout.of_the_form))


def any_in(row: Sequence[object]) -> bool:
    """Tell whether a row says anything beside a running number in its first cell."""
    said = [value for value in row if not is_empty(value)]
    return len(said) > 1 or any(not isinstance(value, float | int) for value in said)


def _first_filled(rows: list[Sequence[object]]) -> int | None:
    found = (number for number, row in enumerate(rows, 1) if any_in(row))
    return next(found, None)


def _name(header: Sequence[object], number: int) -> str:
    value = header[number] if number < len(header) else ""
    return " ".join(value.split())[:120] if isinstance(value, str) else ""


def _cells(row: Sequence[object], number: int, sheet: Sheet) -> tuple[Cell, ...]:
    return tuple(_cell(value, (number, column), sheet) for column, value in enumerate(row, 1))


def _cell(value: object, place: tuple[int, int], sheet: Sheet) -> Cell:
    if place in sheet.formulas:
        return Problem.FORMULA
    if place in sheet.errors:
        return Problem.ERROR_VALUE
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str | float | int | bool | date):
        return value
    return None if value is None else str(value)


def _lines(content: bytes) -> list[Sequence[object]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WorkbookRefused(NOT_UTF8) from None
    if "\x00" in text:
        raise WorkbookRefused(NOT_A_WORKBOOK)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as problem:
        raise WorkbookRefused(DAMAGED) from problem


def written_cell(cell: Cell) -> object:
    """Return a cell as JSON can hold it."""
    if isinstance(cell, Problem):
        return {BROKEN: cell.value}
    return {DAY: cell.isoformat()} if isinstance(cell, date) else cell


def read_cell(value: object) -> Cell:
    """Return the cell that JSON held."""
    if not isinstance(value, dict):
        return value  # type: ignore[return-value]
    return Problem(value[BROKEN]) if BROKEN in value else date.fromisoformat(value[DAY])
