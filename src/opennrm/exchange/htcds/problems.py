"""What can be wrong with a row, and the report that says so without repeating what was typed."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped, unused-ignore]

from opennrm.vocabulary.code import Code

HEADINGS = ("sheet", "row", "column", "header", "content", "problem", "remedy", "result")
LEFT_OUT = "row not imported"
KEPT = "row imported"


class Problem(Code):
    """A problem with a cell, a row or a column; its definition is the remedy."""

    FORMULA = (
        "formula",
        "The cell holds a formula.",
        "Copy the cells, paste them as values only, save and import again.",
    )
    ERROR_VALUE = (
        "error_value",
        "The cell holds an error of the spreadsheet.",
        "Type the value, or leave the cell empty.",
    )
    NOT_IN_LIST = (
        "not_in_list",
        "The value is not in the list for this column.",
        "Choose a value of the standard's list, as code or as label.",
    )
    NOT_A_COUNTRY = (
        "not_a_country",
        "The value is not a country of the list.",
        "Write the two-letter code or the name of the country in English.",
    )
    ONE_ONLY = (
        "one_only",
        "The cell holds several values where one is expected.",
        "Leave one value in the cell.",
    )
    NOT_A_DATE = (
        "not_a_date",
        "The value is not a full date.",
        "Write day, month and year as YYYY-MM-DD, for example 1996-05-04.",
    )
    DATE_AMBIGUOUS = (
        "date_ambiguous",
        "Day and month cannot be told apart.",
        "Write the date as YYYY-MM-DD, for example 1996-05-04.",
    )
    DATE_OUT_OF_RANGE = (
        "date_out_of_range",
        "The date lies outside the time that makes sense here.",
        "Check the year.",
    )
    NOT_TEXT = (
        "not_text",
        "The cell holds a number or a date where a text is expected.",
        "Check that the value stands in the right column and type it as text.",
    )
    TOO_LONG = ("too_long", "The text is too long.", "Shorten the text.")
    NOT_YES_OR_NO = ("not_yes_or_no", "The value is not yes or no.", "Write TRUE or FALSE.")
    PHONE_NOT_READ = (
        "phone_not_read",
        "The telephone number was kept as typed; it could not be read as a number.",
        "Write it with the country code, for example +389 2 312 3456, as text.",
    )
    EMAIL_NOT_READ = (
        "email_not_read",
        "The e-mail address was kept as typed; it does not look like one.",
        "Check the address.",
    )
    REPEATED_ROW = (
        "repeated_row",
        "The row repeats an earlier row of this sheet word for word.",
        "Delete one of the two, or tell them apart.",
    )
    COLUMN_NOT_READ = (
        "column_not_read",
        "The column is not read.",
        "Nothing needs doing. To import it, use a header of the standard's core fields.",
    )
    COLUMN_TWICE = (
        "column_twice",
        "Two columns carry the same header; the second is not read.",
        "Delete or rename one of the columns.",
    )


@dataclass(frozen=True)
class RowProblem:
    """One problem at one place of a sheet; it never holds the content of the cell."""

    sheet: str
    row: int
    column: str
    header: str
    value_hint: str
    kind: Problem
    leaves_out: bool = True

    @property
    def problem(self) -> str:
        """Return the plain sentence of what is wrong."""
        return self.kind.label

    @property
    def remedy(self) -> str:
        """Return the plain sentence of what to do."""
        return self.kind.definition


def hint(value: object) -> str:
    """Return what kind of content a cell holds, without the content.

    >>> hint("Amina"), hint(12.0), hint(True)
    ('text of 5 characters', 'number', 'yes or no')
    """
    if value is None or value == "":
        return "empty"
    if isinstance(value, str):
        return f"text of {len(value)} characters"
    kinds = {bool: "yes or no", int: "number", float: "number"}
    return kinds.get(type(value), "date or time")


def write_report(problems: Iterable[RowProblem], path: Path) -> int:
    """Write the report as .xlsx or .csv, by the ending of the path; return how many lines.

    :raises ValueError: when the path ends in neither.
    """
    lines = [_line(problem) for problem in problems]
    if path.suffix.lower() == ".xlsx":
        _write_xlsx(lines, path)
    elif path.suffix.lower() == ".csv":
        _write_csv(lines, path)
    else:
        raise ValueError("the report is written as .xlsx or .csv")
    return len(lines)


def _line(found: RowProblem) -> tuple[str, ...]:
    result = LEFT_OUT if found.leaves_out else KEPT
    place = (found.sheet, str(found.row), found.column, found.header)
    return (*map(_harmless, place), found.value_hint, found.problem, found.remedy, result)


def _harmless(text: str) -> str:
    """Keep a sheet name or header from being run as a formula by a spreadsheet program."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _write_csv(lines: list[tuple[str, ...]], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(lines)


def _write_xlsx(lines: list[tuple[str, ...]], path: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        page = workbook.add_worksheet("Report")
        bold = workbook.add_format({"bold": True})
        for number, line in enumerate((HEADINGS, *lines)):
            page.write_row(number, 0, line, None if number else bold)
        page.set_column(0, len(HEADINGS) - 1, 24)
        page.freeze_panes(1, 0)
