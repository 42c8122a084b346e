"""Follows a closed case into the statistics copy and into a published table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connections

from opennrm.casework.actors import Actor
from opennrm.console.saying import say
from opennrm.lifecycle.case import Case
from opennrm.rapporteur import ledger
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.publishing import ask_for_release, publish
from opennrm.rapporteur.releases import OWN_COPY, Release, Request
from opennrm.rapporteur.releasing import ReleaseRefused, last_full_year
from opennrm.rapporteur.showing import Row, ShownTable, shown
from opennrm.rapporteur.sources import period_of
from opennrm.rapporteur.working import work_on_requests
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


def tell_table(*, at: datetime, asks: Actor, reads: Actor) -> None:
    """Take the tables through the release desk, or take the release that stands, and print one."""
    period, last = period_of(connections["statistics"], OWN_COPY), last_full_year(at)
    if period is None:
        say("  There is nothing to publish yet.")
        return
    if period.until_year > last:
        say(f"  Only years that are over go out: figures of {period.until_year} wait for its end.")
    period = Period(min(period.from_year, last), min(period.until_year, last))
    release = _standing(last)
    if release is None:
        say("  One asks; the machine draws, checks and attacks; a second person reads.")
        release = _through_the_desk(period, asks, reads, at=at)
    if release is None:
        return
    table = shown(release.table(TABLE), release.source, release.period, release=release)
    for line in _lines(table):
        say(f"  {line}")


def _standing(year: int) -> Release | None:
    standing = ledger.standing_releases(connections["statistics"], OWN_COPY)
    return next((one for one in standing if year in one.period.years), None)


def _through_the_desk(
    period: Period, asks: Actor, reads: Actor, *, at: datetime
) -> Release | None:
    connection = connections["statistics"]
    wanted = Request(period, "Walkthrough of the demonstration")
    try:
        asked = ask_for_release(wanted=wanted, actor=asks, connection=connection, at=at)
        work_on_requests(connection=connection, at=at)
        return publish(request=asked.request, actor=reads, connection=connection, at=at)
    except ReleaseRefused as refused:
        say(f"  REFUSED: {refused}")
        return None


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
