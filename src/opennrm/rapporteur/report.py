"""The report of a release's years, ready for Parliament: every figure in it is from the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from opennrm.rapporteur.catalogue import CATALOGUE
from opennrm.rapporteur.charts import Chart, chart_of
from opennrm.rapporteur.indicators import INDICATORS
from opennrm.rapporteur.public_page import PublicRelease, public_table
from opennrm.rapporteur.showing import Note, ShownTable
from opennrm.rapporteur.table_html import figure, share

# Tables of more dimensions are open data; on paper they fill dozens of pages that nobody reads.
MOST_DIMENSIONS = 2


@dataclass(frozen=True)
class Section:
    """One part of the report: what it says, and where there is one its chart and its table."""

    heading: str
    words: tuple[str, ...]
    points: tuple[str, ...] = ()
    chart: Chart | None = None
    table: ShownTable | None = None


@dataclass(frozen=True)
class Report:
    """The whole report in one language."""

    title: str
    subtitle: str
    language: str
    is_right_to_left: bool
    release: PublicRelease
    sections: tuple[Section, ...]


def report_of(connection: Any, number: int, *, charts: bool = True) -> Report:
    """Prepare the report of one release in the language of the reader, with charts or without.

    :raises NotPublished: when there is no such release.
    """
    named = [one for one in CATALOGUE if len(one.dimensions) <= MOST_DIMENSIONS]
    first = public_table(connection, number, named[0].name)
    released = {one.name for one in first.release.tables}
    tables = [
        public_table(connection, number, one.name).table for one in named if one.name in released
    ]
    return Report(
        title=_("Report of the National Rapporteur"),
        subtitle=first.release.title,
        language=get_language() or "en",
        is_right_to_left=get_language_bidi(),
        release=first.release,
        sections=(
            _opening(first.release, tables[0]),
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
            "day": release.published_at.date().isoformat(),
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


def lines_of(table: ShownTable) -> Iterator[list[str]]:
    """The body of a table, each row as it is printed."""
    for row in table.rows:
        shares = [share(one) for one in (row.of_all, row.of_known)][: len(table.share_headings)]
        yield [*row.headings, *(figure(one) for one in row.persons), *shares]
