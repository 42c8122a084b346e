"""The report of a release's years, ready for Parliament: every figure in it is from the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from opennrm.rapporteur.catalogue import CATALOGUE
from opennrm.rapporteur.charts import Chart, chart_of
from opennrm.rapporteur.indicator_page import Column, ShownIndicator, indicators_until
from opennrm.rapporteur.indicators import INDICATORS
from opennrm.rapporteur.public_page import NotPublished, PublicRelease, open_release, public_tables
from opennrm.rapporteur.releases import Release
from opennrm.rapporteur.showing import Note, ShownTable, day_of
from opennrm.rapporteur.table_html import figure, share

# Tables of more dimensions are open data; on paper they fill dozens of pages that nobody reads.
MOST_DIMENSIONS = 2


@dataclass(frozen=True)
class Trends:
    """The indicators about persons over the releases: each figure from that of its years."""

    columns: tuple[Column, ...]
    indicators: tuple[ShownIndicator, ...]


@dataclass(frozen=True)
class Section:
    """One part of the report: what it says, and where there is one its chart and its table."""

    heading: str
    words: tuple[str, ...]
    points: tuple[str, ...] = ()
    chart: Chart | None = None
    table: ShownTable | None = None
    trends: Trends | None = None


@dataclass(frozen=True)
class Printed:
    """A table on paper: its headings, its rows in words, and how deep each row lies.

    A row of one cell is a heading over all columns. What flows begins where the words before it
    end; else a table has a page of its own.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    depths: tuple[int, ...]
    stubs: int
    shares: int = 0
    flows: bool = False


@dataclass(frozen=True)
class Report:
    """The whole report in one language."""

    title: str
    subtitle: str
    language: str
    is_right_to_left: bool
    release: PublicRelease
    sections: tuple[Section, ...]

    @property
    def rests_on(self) -> tuple[int, ...]:
        """The number of every release whose figures it shows."""
        trends = (one.trends for one in self.sections if one.trends)
        return tuple(column.number for one in trends for column in one.columns)


def report_of(connection: Any, number: int, *, charts: bool = True) -> Report:
    """Prepare the report of one release in the language of the reader, with charts or without.

    :raises NotPublished: when there is no such release.
    """
    printable = [one.name for one in CATALOGUE if len(one.dimensions) <= MOST_DIMENSIONS]
    pages = public_tables(connection, number, printable)
    if not pages:
        raise NotPublished(str(number))
    release, tables = pages[0].release, [one.table for one in pages]
    return Report(
        title=_("Report of the National Rapporteur"),
        subtitle=release.title,
        language=get_language() or "en",
        is_right_to_left=get_language_bidi(),
        release=release,
        sections=(
            _opening(release, tables[0]),
            _trends(connection, open_release(connection, number)),
            *(_table_section(one, charts=charts) for one in tables),
            _not_measured(),
            _not_seen(),
            _method(tables[0]),
        ),
    )


def _opening(release: PublicRelease, table: ShownTable) -> Section:
    counted = _("hidden") if release.persons is None else str(release.persons)
    words = [
        _("Persons counted: %(count)s.") % {"count": counted},
        _("All figures are from release %(number)d, published on %(day)s for: %(purpose)s.")
        % {
            "number": release.number,
            "day": day_of(release.published_at),
            "purpose": release.purpose,
        },
        _(
            "[c] stands for a figure that is hidden so that nobody can be found. It may be zero, "
            "small, or large, and is never to be read as zero."
        ),
    ]
    if release.revises is not None:
        corrects = _("Corrects release %(number)d: %(reason)s")
        words.insert(1, corrects % {"number": release.revises, "reason": release.reason})
    if release.corrected_by is not None:
        corrected = _("These figures were corrected by release %(number)d.")
        words.insert(0, corrected % {"number": release.corrected_by})
    said = tuple(_of_note(note) for note in table.notes if note.title == _("Base"))
    return Section(_("In short"), (*words, *said))


def _table_section(table: ShownTable, *, charts: bool) -> Section:
    chart = chart_of(table) if charts else None
    words = (chart.description,) if chart else (_("Every figure that could be drawn is hidden."),)
    return Section(table.caption, words, chart=chart, table=table)


def _trends(connection: Any, release: Release) -> Section:
    """Show every indicator that releases answer, from the oldest release that stands to this one.

    A release that was corrected stands no longer: its report shows it beside its own years.
    """
    page = indicators_until(connection, release)
    words = _(
        "Each line is one measure of an indicator; each column is one release, and a figure of "
        "one column is never added to another. A dash stands for what a release did not hold."
    )
    shown = tuple(one for one in page.indicators if one.trends)
    return Section(_("Indicators over the years"), (words,), trends=Trends(page.columns, shown))


def _not_measured() -> Section:
    points = tuple(
        _("%(key)s %(title)s: not measured yet, because %(reason)s")
        % {"key": one.key, "title": _(one.title), "reason": _(one.because)}
        for one in INDICATORS
        if one.because
    )
    words = _("These indicators are owed and cannot be answered yet. None of them is zero.")
    kept = _(
        "Indicators that are not about persons who were trafficked (%(keys)s) stand in the "
        "registers, not in a release, and so not in this report."
    ) % {"keys": ", ".join(one.key for one in INDICATORS if one.in_registers)}
    return Section(_("What is not measured yet"), (words, kept), points=points)


def _not_seen() -> Section:
    words = _(
        "These figures count persons who came to be known. Persons who were never identified are "
        "not in them. An estimate of them is kept apart from counts, as a range with its method."
    )
    return Section(_("Those not seen"), (words,))


def _method(table: ShownTable) -> Section:
    skipped = {_("Base"), _("Other break-downs")}
    points = tuple(_of_note(note) for note in table.notes if note.title not in skipped)
    return Section(_("How it was counted"), (), points=points)


def _of_note(note: Note) -> str:
    return f"{note.title}: {note.words}"


def printed(section: Section) -> Printed | None:
    """The table of a section as every kind of paper prints it, if it has one."""
    if section.trends is not None:
        return _printed_trends(section.trends)
    if section.table is None:
        return None
    table = section.table
    return Printed(
        head=(*table.row_headings, *table.columns, *table.share_headings),
        rows=tuple(map(tuple, _lines(table))),
        depths=tuple(row.depth for row in table.rows),
        stubs=len(table.row_headings),
        shares=len(table.share_headings),
    )


def _printed_trends(trends: Trends) -> Printed:
    """One row names an indicator and its unit, and a deeper one says each of its lines."""
    rows: list[tuple[str, ...]] = []
    for one in trends.indicators:
        rows.append((named(one),))
        rows += [(line.label, *line.figures) for line in one.trends]
    depths = tuple(0 if len(row) == 1 else 1 for row in rows)
    head = (_("Indicator"), *(column.title for column in trends.columns))
    return Printed(head, tuple(rows), depths, stubs=1, flows=True)


def named(one: ShownIndicator) -> str:
    """An indicator as the heading of its lines, which all count in one unit."""
    return f"{one.key} {one.title} ({one.trends[0].unit})"


def _lines(table: ShownTable) -> Iterator[Sequence[str]]:
    for row in table.rows:
        shares = [share(one) for one in (row.of_all, row.of_known)][: len(table.share_headings)]
        yield [*row.headings, *(figure(one) for one in row.persons), *shares]
