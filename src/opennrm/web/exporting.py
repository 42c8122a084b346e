"""Sends what leaves as a file: lines as CSV or as a workbook that runs nothing, or a document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter  # type: ignore[import-untyped, unused-ignore]
from django.http import HttpResponse

from opennrm.rapporteur.table_csv import safe

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A cell of a workbook holds no more.
LONGEST_CELL = 32_767
Lines = Sequence[Sequence[str]]


def sheet_csv(name: str, lines: Lines) -> HttpResponse:
    """Send lines as CSV in UTF-8 with a mark, for a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([safe(text) for text in line] for line in lines)
    return download("\ufeff" + out.getvalue(), f"{name}.csv", "text/csv; charset=utf-8")


def sheet_xlsx(name: str, lines: Lines) -> HttpResponse:
    """Send lines as a workbook with one sheet, its first line held in view."""
    return download(workbook({name: lines}), f"{name}.xlsx", WORKBOOK)


def workbook(sheets: dict[str, Lines]) -> bytes:
    """Write a workbook with one sheet for each name, texts only."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 40, 24)
            for row, line in enumerate(lines):
                for column, text in enumerate(line):
                    sheet.write_string(row, column, text[:LONGEST_CELL], plain if row else bold)
    return out.getvalue()


def download(content: str | bytes, filename: str, kind: str) -> HttpResponse:
    """Send a file to be kept, not shown."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def texts(values: Iterable[object]) -> list[str]:
    """Turn the values of a line into texts, nothing where there is nothing."""
    return ["" if value is None else str(value) for value in values]
