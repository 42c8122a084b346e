"""What the page of figures shows: choices, and one table of a release or of a public data set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opennrm.rapporteur import external, ledger
from opennrm.rapporteur.catalogue import (
    Declared,
    NotInCatalogue,
    Period,
    declared,
    shape_of,
    shapes_for,
    tables_for,
)
from opennrm.rapporteur.releases import Release, Source
from opennrm.rapporteur.showing import Note, ShownTable, breakdown_notes, day_of, shown, years
from opennrm.rapporteur.sources import (
    NoSuchSource,
    dimensions_of,
    period_of,
    source,
    sources,
    tally_of,
)
from opennrm.statistics import protect

_MOST_LIVE_DIMENSIONS = 2


@dataclass(frozen=True)
class Choice:
    """One thing that may be chosen, and whether it is."""

    key: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """What was asked of the page, as it came in; nothing means the first possible."""

    source: str = "own"
    table: str = "sex_by_age"
    from_year: int | None = None
    until_year: int | None = None


@dataclass(frozen=True)
class TablePage:
    """Everything the page of figures shows."""

    sources: tuple[Choice, ...]
    tables: tuple[Choice, ...]
    releases: tuple[Choice, ...]
    possible: Period | None
    period: Period | None
    result: ShownTable | None
    message: str
    release: int | None


def table_page_model(asked: Asked, *, connection: Any) -> TablePage:
    """Prepare the page: a release of the own copy, or a protected table of a public data set.

    Figures of the own copy are never drawn for a page; only what was published is shown.
    """
    chosen = _source(connection, asked.source)
    tables = tables_for(dimensions_of(connection, chosen))
    table = _table(asked.table, tables)
    released = ledger.standing_releases(connection, chosen)
    possible = _possible(connection, chosen, released)
    period = _period(asked, possible, released if chosen.is_own else [])
    standing = next((one for one in released if one.period == period), None)
    result, message = _result(connection, chosen, table, period, standing)
    return TablePage(
        tuple(Choice(one.key, one.name, one == chosen) for one in sources(connection)),
        tuple(Choice(one.name, _(one.title), one == table) for one in tables),
        tuple(_release_choice(one, period) for one in released),
        possible,
        period,
        result,
        message,
        standing.number if standing is not None and result is not None else None,
    )


def _result(
    connection: Any,
    chosen: Source,
    table: Declared,
    period: Period | None,
    standing: Release | None,
) -> tuple[ShownTable | None, str]:
    """The table asked for, or the reason why there is none."""
    if period is None:
        return None, _nothing(chosen)
    if standing is not None and table.name in standing.tables:
        return released_table(connection, standing, table.name), ""
    if chosen.is_own:
        return None, _("No release covers these years. Choose the years of a release.")
    if len(table.dimensions) > _MOST_LIVE_DIMENSIONS:
        return None, _("This table is shown only once it was published for these years.")
    return _live(connection, chosen, table, period), ""


def released_table(connection: Any, release: Release, table: str) -> ShownTable:
    """One table of a release, ready to be written out."""
    shapes = shapes_for(dimensions_of(connection, release.source), release.period)
    found = release.table(table)
    notes = (*breakdown_notes(found.shape, shapes), *_source_notes(connection, release.source))
    return shown(found, release.source, release.period, notes=notes, release=release)


def _live(connection: Any, chosen: Source, table: Declared, period: Period) -> ShownTable:
    """A table of a public data set, counted and protected now."""
    dimensions = dimensions_of(connection, chosen)
    shape = shape_of(table, dimensions, period)
    found = protect([shape], tally_of(connection, chosen, period), exact=False).tables[0]
    notes = breakdown_notes(shape, shapes_for(dimensions, period))
    return shown(found, chosen, period, notes=(*notes, *_source_notes(connection, chosen)))


def _source_notes(connection: Any, chosen: Source) -> tuple[Note, ...]:
    if chosen.is_own:
        return ()
    found = external.data_set(connection, chosen.key)
    undated = external.rows_without_year(connection, chosen.key)
    said = [Note(_("Note"), _(words)) for words in found.notes]
    if undated:
        words = _(
            "%(count)d rows have no year; they are counted only when all years are chosen."
        ) % {"count": undated}
        said.append(Note(_("Note"), words))
    citation = _("%(citation)s. Imported on %(day)s.") % {
        "citation": found.citation,
        "day": day_of(found.imported_at),
    }
    return (*said, Note(_("Source"), citation), Note(_("Terms of use"), found.terms))


def _source(connection: Any, key: str) -> Source:
    try:
        return source(connection, key)
    except NoSuchSource:
        return sources(connection)[0]


def _table(name: str, tables: Sequence[Declared]) -> Declared:
    try:
        asked = declared(name)
    except NotInCatalogue:
        return tables[0]
    return asked if asked in tables else tables[0]


def _possible(connection: Any, chosen: Source, released: Sequence[Release]) -> Period | None:
    """The years that may be chosen; for the own copy only those already published."""
    if not chosen.is_own:
        return period_of(connection, chosen)
    if not released:
        return None
    first = min(one.period.from_year for one in released)
    return Period(first, max(one.period.until_year for one in released))


def _period(asked: Asked, possible: Period | None, released: Sequence[Release]) -> Period | None:
    """The years asked for, kept within what is possible."""
    if possible is None:
        return None
    if released and asked.from_year is None and asked.until_year is None:
        return released[0].period
    first = max(asked.from_year or possible.from_year, possible.from_year)
    last = min(asked.until_year or possible.until_year, possible.until_year)
    return Period(min(first, last), max(first, last))


def _release_choice(one: Release, period: Period | None) -> Choice:
    label = _("Release %(number)d: %(years)s") % {
        "number": one.number,
        "years": years(one.period),
    }
    return Choice(str(one.number), label, one.period == period)


def _nothing(chosen: Source) -> str:
    if chosen.is_own:
        return _("Nothing has been published yet.")
    return _("This data set says no year, so no table can be made of it.")
