"""A table as CSV that a spreadsheet opens without running anything that stands in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from opennrm.rapporteur.showing import ShownTable
from opennrm.rapporteur.table_html import SUPPRESSED

# OWASP, CSV injection: what spreadsheets take for the start of a formula, wide forms included.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def table_csv(table: ShownTable) -> str:
    """The table with one line for each cell, then everything said with it; UTF-8 with a mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in _lines(table):
        writer.writerow([safe(text) for text in line])
    return "\ufeff" + out.getvalue()


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("Persons")
    ("'=1+1", 'Persons')
    """
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_STARTS) else text


def _lines(table: ShownTable) -> Iterator[list[str]]:
    yield [*table.row_headings, table.column_heading, _(table.unit), *table.share_headings]
    for row in table.rows:
        for place, (column, count) in enumerate(zip(table.columns, row.persons, strict=True)):
            known = (row.of_all, row.of_known) if place == 0 else (None, None)
            shares = known[: len(table.share_headings)]
            persons = SUPPRESSED if count is None else str(count)
            yield [*row.headings, column, persons, *(_share(one) for one in shares)]
    yield []
    yield [_("Table"), table.caption]
    for note in table.notes:
        yield [note.title, note.words]


def _share(percent: float | None) -> str:
    return "" if percent is None else f"{percent:.1f}"
