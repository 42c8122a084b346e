"""A protected table prepared to be read: headings, rows, words; whatever the form of output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from opennrm.rapporteur.catalogue import Period, declared
from opennrm.rapporteur.releases import Release, Source
from opennrm.statistics import (
    Cell,
    Dimension,
    ProtectedTable,
    Share,
    TableShape,
    breakdowns_elsewhere,
)
from opennrm.statistics.protection import ROUNDED
from opennrm.vocabulary.languages import day_in_words

READ = {
    "second_person": gettext_noop("A second person, before it was published."),
    "alone": gettext_noop("Nobody else: the office that published it has one person."),
}
Level = tuple[str | None, str, int]
"""A level's code (None for the total), its label, and how deep it lies."""


@dataclass(frozen=True)
class Row:
    """One row: a heading for each dimension that makes rows, then figures."""

    headings: tuple[str, ...]
    depth: int
    is_total: bool
    persons: tuple[int | None, ...]
    of_all: float | None
    of_known: float | None


@dataclass(frozen=True)
class Note:
    """One thing that must be said with the figures."""

    title: str
    words: str


@dataclass(frozen=True)
class ShownTable:
    """A table ready to be written out."""

    name: str
    caption: str
    row_headings: tuple[str, ...]
    column_heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    share_headings: tuple[str, ...]
    notes: tuple[Note, ...]
    is_released: bool
    unit: str = gettext_noop("Persons")


def shown(
    table: ProtectedTable,
    source: Source,
    period: Period,
    *,
    notes: Sequence[Note] = (),
    release: Release | None = None,
) -> ShownTable:
    """Prepare a protected table for reading, with all that must be said with it."""
    first, across, *rest = table.shape.dimensions
    columns = tuple(_levels(across))
    return ShownTable(
        name=table.shape.name,
        caption=_caption(table, source, period),
        row_headings=tuple(_(one.label) for one in (first, *rest)),
        column_heading=_(across.label),
        columns=tuple(label for _code, label, _depth in columns),
        rows=tuple(_rows(table, first, across, rest)),
        share_headings=(
            _("Per cent of all persons"),
            _("Per cent of persons for whom it is known"),
        ),
        notes=(*_said(table), *notes, *_release_notes(release)),
        is_released=release is not None,
    )


def breakdown_notes(shape: TableShape, shapes: Sequence[TableShape]) -> tuple[Note, ...]:
    """Where the break-downs are that this table lacks (R66)."""
    found = breakdowns_elsewhere(shape, shapes)
    words = [
        _("%(name)s: see %(tables)s.")
        % {"name": name, "tables": "; ".join(_(declared(one).title) for one in tables)}
        for name, tables in found.items()
        if tables
    ]
    return (Note(_("Other break-downs"), " ".join(words)),) if words else ()


def _levels(dimension: Dimension) -> Iterator[Level]:
    yield None, _("Total"), 0
    for level in dimension.levels:
        yield level.code, _(level.label), len(dimension.path(level.code)) - 1


def _rows(
    table: ProtectedTable, first: Dimension, across: Dimension, rest: Sequence[Dimension]
) -> Iterator[Row]:
    columns = [code for code, _label, _depth in _levels(across)]
    others = [one.name for one in rest]
    for levels in product(*(tuple(_levels(one)) for one in (first, *rest))):
        codes = [code for code, _label, _depth in levels]
        fixed = dict(zip([first.name, *others], codes, strict=True))
        row = _cell(fixed)
        yield Row(
            headings=tuple(label for _code, label, _depth in levels),
            depth=levels[0][2],
            is_total=codes[0] is None,
            persons=tuple(table.cells[_cell({**fixed, across.name: code})] for code in columns),
            of_all=table.percent(row, first.name, Share.OF_ALL),
            of_known=_of_known(table, row, first),
        )


def _of_known(table: ProtectedTable, row: Cell, first: Dimension) -> float | None:
    if first.name not in dict(row) or not first.missing:
        return None
    return table.percent(row, first.name, Share.OF_KNOWN)


def _cell(fixed: dict[str, str | None]) -> Cell:
    return tuple(sorted((name, code) for name, code in fixed.items() if code is not None))


def _caption(table: ProtectedTable, source: Source, period: Period) -> str:
    return _("%(title)s, %(years)s. %(source)s") % {
        "title": _(declared(table.shape.name).title),
        "years": years(period),
        "source": _(source.name),
    }


def years(period: Period) -> str:
    """A period in words."""
    if period.from_year == period.until_year:
        return str(period.from_year)
    return _("%(from)d to %(until)d") % {"from": period.from_year, "until": period.until_year}


def day_of(moment: datetime) -> str:
    """The day of a moment, in words of the reader's language."""
    return day_in_words(moment.date(), get_language() or "en")


def _said(table: ProtectedTable) -> Iterator[Note]:
    rule = table.parameters.rule
    yield Note(_("Counting unit"), _("Persons, by year of registration."))
    yield Note(_("Base"), _base(table))
    yield Note(_("Method"), _(table.method))
    zeros = _("zeros included") if rule.zeros_disclosive else _("zeros shown")
    yield Note(
        _("Parameters"),
        _(
            "Threshold %(threshold)d (%(zeros)s); limits of suppressed cells at least %(width)d "
            "apart; rounding: %(rounding)s; seed: none is used; %(count)d cells of this table "
            "are suppressed, shown as [c]."
        )
        % {
            "threshold": rule.threshold,
            "zeros": zeros,
            "width": rule.minimum_width,
            "rounding": rule.rounding or _("none"),
            "count": table.suppressed,
        },
    )
    rounded = ROUNDED.format(base=rule.rounding)
    for caveat in table.caveats:
        words = _(ROUNDED).format(base=rule.rounding) if caveat == rounded else _(caveat)
        yield Note(_("Note"), words)
    yield Note(_("Software"), f"OpenNRM {table.software_version}")


def _base(table: ProtectedTable) -> str:
    base = table.base
    hidden = _("suppressed")
    words = [_("All persons: %(count)s.") % {"count": hidden if base.all is None else base.all}]
    for dimension in table.shape.dimensions:
        if dimension.missing:
            known = base.known[dimension.name]
            words.append(
                _("%(name)s known: %(count)s.")
                % {"name": _(dimension.label), "count": hidden if known is None else known}
            )
    return " ".join(words)


def _release_notes(release: Release | None) -> Iterator[Note]:
    if release is None:
        return
    words = _(
        "Number %(number)d, published on %(day)s for: %(purpose)s. Catalogue %(catalogue)s. "
        "Checksum %(checksum)s."
    ) % {
        "number": release.number,
        "day": day_of(release.published_at),
        "purpose": release.purpose,
        "catalogue": release.catalogue_version,
        "checksum": release.checksum,
    }
    yield Note(_("Release"), words)
    if release.revises is not None:
        corrects = _("Corrects release %(number)d: %(reason)s")
        said = corrects % {"number": release.revises, "reason": release.reason}
        yield Note(_("Revision"), said)
    if release.reading is not None:
        yield Note(_("Read by"), _(READ[release.reading]))
