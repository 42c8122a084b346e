"""Draws a published table as a chart: bars with a title and a description, beside its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import vl_convert
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from opennrm.rapporteur.showing import ShownTable

INK, SEA = "#1d2a33", "#1f6f78"
WIDTH, STEP = 560, 22
# Thousands are parted as in the tables.
NUMBERS = {"decimal": ".", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]}
FACE = "Noto Sans, Liberation Sans, DejaVu Sans, Noto Naskh Arabic, sans-serif"
# One face for both scripts: a picture on paper takes no letter from a second one.
FACE_MIRRORED = "DejaVu Sans, Noto Sans, sans-serif"


@dataclass(frozen=True)
class Chart:
    """A chart as SVG, with the words that say what it shows to who cannot see it."""

    svg: str
    title: str
    description: str


def chart_of(table: ShownTable) -> Chart | None:
    """Draw the row totals of a table as bars; None when no figure of them is shown."""
    bars = _bars(table)
    if not bars:
        return None
    description = described(table)
    spec = _spec(table, bars, description)
    return Chart(
        vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS), table.caption, description
    )


def described(table: ShownTable) -> str:
    """Say the chart in words: what each bar is, the longest and what is hidden."""
    bars, hidden = _bars(table), _hidden(table)
    if not bars:
        return ""
    longest = max(bars, key=lambda one: one["count"])
    said = _("Bars of persons by %(name)s. The longest is %(label)s with %(count)d.") % {
        "name": table.row_headings[0],
        "label": longest["label"],
        "count": longest["count"],
    }
    if hidden:
        words = ngettext(
            "%(count)d row is hidden and has no bar; it is not to be read as zero.",
            "%(count)d rows are hidden and have no bar; none is to be read as zero.",
            hidden,
        )
        return f"{said} {words % {'count': hidden}}"
    return said


def _bars(table: ShownTable) -> list[dict[str, Any]]:
    """The total of each outermost row that is shown; rows of further dimensions are left out."""
    return [
        {"label": label, "count": count, "order": place}
        for place, (label, count) in enumerate(_totals(table).items())
        if count is not None
    ]


def _hidden(table: ShownTable) -> int:
    return sum(count is None for count in _totals(table).values())


def _totals(table: ShownTable) -> Mapping[str, int | None]:
    total = _("Total")
    return {
        row.headings[0]: row.persons[0]
        for row in table.rows
        if not row.is_total and row.depth == 0 and set(row.headings[1:]) <= {total}
    }


def _spec(table: ShownTable, bars: list[dict[str, Any]], description: str) -> dict[str, Any]:
    """The chart as a Vega-Lite declaration; bars grow from the side where reading begins."""
    mirrored = get_language_bidi()
    axis = {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": description,
        "data": {"values": bars},
        "width": WIDTH,
        "height": {"step": STEP},
        "title": {
            "text": table.caption,
            "anchor": "end" if mirrored else "start",
            "frame": "group",
            "color": INK,
            "fontSize": 14,
            "limit": 900,
        },
        "encoding": _places(table, mirrored=mirrored),
        "layer": [
            {"mark": {"type": "bar", "color": SEA}},
            {
                "mark": {
                    "type": "text",
                    "align": "right" if mirrored else "left",
                    "dx": -4 if mirrored else 4,
                    "color": INK,
                },
                "encoding": {"text": {"field": "count", "type": "quantitative", "format": ",d"}},
            },
        ],
        "config": {
            "font": FACE_MIRRORED if mirrored else FACE,
            "background": "white",
            "axis": axis,
            "view": {"stroke": None},
        },
    }


def _places(table: ShownTable, *, mirrored: bool) -> dict[str, Any]:
    rows = {
        "labelLimit": 260,
        "orient": "right" if mirrored else "left",
        "ticks": False,
        "domain": False,
    }
    counts = {"tickMinStep": 1, "tickCount": 6, "grid": True, "format": ",d"}
    return {
        "y": {
            "field": "label",
            "type": "nominal",
            "sort": {"field": "order"},
            "title": None,
            "axis": rows,
        },
        "x": {
            "field": "count",
            "type": "quantitative",
            "title": _(table.unit),
            "scale": {"reverse": mirrored, "zero": True, "nice": True},
            "axis": counts,
        },
    }
