"""What the page of indicators shows: the trend of each over the releases, or why there is none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opennrm.rapporteur import ledger
from opennrm.rapporteur.indicators import INDICATORS, MISSING, Indicator, Measure
from opennrm.rapporteur.releases import OWN_COPY, Release
from opennrm.rapporteur.showing import years
from opennrm.rapporteur.table_csv import safe
from opennrm.rapporteur.table_html import SUPPRESSED, figure, share
from opennrm.statistics import ProtectedTable

NOT_IN_RELEASE = "\u2013"


@dataclass(frozen=True)
class Trend:
    """One line of an indicator over the releases; each figure with its table of origin."""

    label: str
    unit: str
    table: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class ShownIndicator:
    """One indicator ready to be read."""

    key: str
    title: str
    numerator: str
    denominator: str
    breakdowns: str
    trends: tuple[Trend, ...]
    because: str
    page: str
    kept: tuple[tuple[str, str], ...]
    """What the registers hold of it today: what is measured, and the figure."""


@dataclass(frozen=True)
class Column:
    """One release that stands, as a column of every trend."""

    number: int
    title: str


@dataclass(frozen=True)
class IndicatorPage:
    """Everything the page shows: a column for each release that stands, the oldest first."""

    columns: tuple[Column, ...]
    indicators: tuple[ShownIndicator, ...]


def indicator_page(
    *, connection: Any, kept: Mapping[str, Sequence[tuple[str, str]]] | None = None
) -> IndicatorPage:
    """Prepare every indicator about persons from the releases that stand, and from nothing else.

    `kept` brings the lines of those that are not about persons, from the registers.
    """
    return _page(ledger.standing_releases(connection, OWN_COPY), kept or {})


def indicators_until(connection: Any, release: Release) -> IndicatorPage:
    """Prepare every indicator about persons from one release and those of years before it."""
    standing = ledger.standing_releases(connection, OWN_COPY)
    before = (one for one in standing if one.period.until_year < release.period.from_year)
    return _page((*before, release), {})


def _page(
    releases: Iterable[Release], kept: Mapping[str, Sequence[tuple[str, str]]]
) -> IndicatorPage:
    in_order = sorted(releases, key=lambda one: one.period.from_year)
    return IndicatorPage(
        tuple(Column(one.number, years(one.period)) for one in in_order),
        tuple(_shown(one, in_order, kept.get(one.key, ())) for one in INDICATORS),
    )


def indicators_csv(page: IndicatorPage) -> str:
    """All indicators for a spreadsheet, with what each is a share of."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in _lines(page):
        writer.writerow([safe(text) for text in line])
    return "\ufeff" + out.getvalue()


def value_of(measure: Measure, release: Release) -> str:
    """One figure as it is read: a count, a share, hidden, or not in this release."""
    table = release.tables.get(measure.table)
    if table is None:
        return NOT_IN_RELEASE
    count = _count(measure, table)
    if not measure.is_share:
        return figure(count)
    whole = table.base.all
    return share(100.0 * count / whole) if count is not None and whole else SUPPRESSED


def _count(measure: Measure, table: ProtectedTable) -> int | None:
    if measure.code == MISSING:
        dimension = table.shape.dimension(measure.dimension)
        known, whole = table.base.known[dimension.name], table.base.all
        return None if known is None or whole is None else whole - known
    level = {measure.dimension: measure.code} if measure.dimension else {}
    return table.cells.get(tuple(level.items()))


def _shown(
    one: Indicator, releases: Sequence[Release], kept: Sequence[tuple[str, str]]
) -> ShownIndicator:
    return ShownIndicator(
        key=one.key,
        title=_(one.title),
        numerator=_(one.numerator),
        denominator=_(one.denominator),
        breakdowns=_(one.breakdowns),
        trends=tuple(_trend(measure, releases) for measure in one.measures),
        because=_(one.because) if one.because else "",
        page=one.page,
        kept=tuple(kept),
    )


def _trend(measure: Measure, releases: Sequence[Release]) -> Trend:
    unit = _("per cent of all persons") if measure.is_share else _("persons")
    figures = tuple(value_of(measure, one) for one in releases)
    return Trend(_(measure.label), unit, measure.table, figures)


def _lines(page: IndicatorPage) -> Iterator[list[str]]:
    yield [
        *(_("Indicator"), _("Title"), _("Line"), _("Unit")),
        *(column.title for column in page.columns),
        _("Today, from the registers"),
        *(_("Numerator"), _("Denominator"), _("Not measured yet, because")),
    ]
    for one in page.indicators:
        said = [one.numerator, one.denominator, one.because]
        no_release = ["" for _column in page.columns]
        for label, told in one.kept:
            yield [one.key, one.title, label, "", *no_release, told, *said]
        empty = () if one.kept else (Trend("", "", "", tuple(no_release)),)
        for trend in one.trends or empty:
            yield [one.key, one.title, trend.label, trend.unit, *trend.figures, "", *said]
