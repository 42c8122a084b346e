"""Follows a closed case into the statistics copy and into a published table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connections

from opennrm.console.demonstration.organisations import WORKER
from opennrm.console.saying import say
from opennrm.lifecycle.case import Case
from opennrm.rapporteur.publishing import ReleaseRefused, publish_table
from opennrm.rapporteur.releases import OWN_COPY, Request
from opennrm.rapporteur.showing import Row, ShownTable, shown
from opennrm.rapporteur.sources import period_of
from opennrm.records.projecting import STATISTICS_COLUMNS, statistics_values

TABLE = "form_by_sex"
WIDTH = 44


def rows_in_copy() -> int:
    """Count the rows of the statistics copy, as the statistics role sees them."""
    with connections["statistics"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM statistics.person")
        return int(cursor.fetchone()[0])


def tell_row(case: Case, jurisdiction: str, *, before: int) -> None:
    """Tell what the statistics copy has learnt of a case."""
    added = rows_in_copy() - before
    say(f"  The statistics copy has {added} row more: no name, no reference, coarse values only.")
    values = zip(STATISTICS_COLUMNS, statistics_values(case, jurisdiction), strict=True)
    for name, value in values:
        told = ", ".join(value) if isinstance(value, list) else value
        say(f"    {name.replace('_', ' ')}: {told}")


def tell_table(*, at: datetime) -> None:
    """Publish the declared table, or take the release that stands, and print it."""
    connection = connections["statistics"]
    period = period_of(connection, OWN_COPY)
    if period is None:
        say("  There is nothing to publish yet.")
        return
    request = Request(
        table=TABLE,
        period=period,
        purpose="Walkthrough of the demonstration",
        asked_by=WORKER["rapporteur"].ref,
    )
    try:
        release = publish_table(request=request, connection=connection, at=at)
    except ReleaseRefused as refused:
        say(f"  REFUSED: {refused}")
        return
    table = shown(release.table(TABLE), release.source, release.period, release=release)
    for line in _lines(table):
        say(f"  {line}")


def _lines(table: ShownTable) -> Iterator[str]:
    yield table.caption
    yield f"{table.row_headings[0]:<{WIDTH}}" + "".join(f"{one:>12}" for one in table.columns)
    for row in table.rows:
        yield _line(row)
    for note in table.notes:
        yield f"{note.title}: {note.words}"


def _line(row: Row) -> str:
    heading = "  " * row.depth + row.headings[0]
    figures = ("[c]" if figure is None else str(figure) for figure in row.persons)
    return f"{heading:<{WIDTH}}" + "".join(f"{figure:>12}" for figure in figures)
