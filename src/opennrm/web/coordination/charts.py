"""Draws bars as SVG on the server; the figures stand in a table beside them, always."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, LABEL, LINE, BAR, ROOM = 640, 240, 30, 18, 60
LONGEST = 38
INK, FILL, EMPTY = "#0b0c0c", "#1d70b8", "#f3f2f1"
WHOLE = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" direction="ltr"'
    ' viewBox="0 0 {width} {height}" width="100%" font-family="sans-serif" font-size="14">'
    "{lines}</svg>"
)
ONE = Markup(
    '<text x="{end}" y="{text}" text-anchor="end" fill="{ink}">{label}</text>'
    '<rect x="{start}" y="{top}" width="{all}" height="{bar}" fill="{empty}"/>'
    '<rect x="{start}" y="{top}" width="{wide}" height="{bar}" fill="{fill}"/>'
    '<text x="{after}" y="{text}" fill="{ink}">{shown}</text>'
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its length, and what is written beside it."""

    label: str
    value: float
    shown: str


def bars(title: str, wanted: Sequence[Bar], *, whole: float = 0) -> Markup:
    """Draw horizontal bars against a whole, or against the longest of them."""
    longest = max([whole, *(one.value for one in wanted)], default=0) or 1
    reach = WIDTH - LABEL - ROOM
    drawn = [
        ONE.format(
            end=LABEL - 8,
            start=LABEL,
            top=place * LINE + (LINE - BAR) // 2,
            text=place * LINE + LINE // 2 + 5,
            all=reach,
            wide=round(reach * one.value / longest, 1),
            after=LABEL + reach + 6,
            bar=BAR,
            ink=INK,
            fill=FILL,
            empty=EMPTY,
            label=short(one.label, LONGEST),
            shown=one.shown,
        )
        for place, one in enumerate(wanted)
    ]
    height = max(1, len(wanted)) * LINE
    return WHOLE.format(title=title, width=WIDTH, height=height, lines=Markup("").join(drawn))


def short(text: str, longest: int) -> str:
    """Cut a text to a length, and show that it was cut."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
