"""Draws maps as tiles: one tile for each area or State; a table beside it says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from opennrm.web.coordination.charts import EMPTY, INK, short

GAP = 6
NOTHING_DRAWN = Markup("")
WHOLE = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" direction="ltr"'
    ' viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    ' font-family="sans-serif" font-size="15">{tiles}</svg>'
)
TILE = Markup(
    '<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="{fill}" stroke="{ink}"'
    ' stroke-width="{edge}"{dashes}/>'
    '<text x="{middle}" y="{upper}" text-anchor="middle" fill="{ink}">{name}</text>'
    '<text x="{middle}" y="{lower}" text-anchor="middle" fill="{ink}" font-weight="bold">'
    "{sign}</text>"
)
DASHES = Markup(' stroke-dasharray="6 4"')
# Where each State stands, west to east and north to south, near enough to be found.
STATES = """
CA .. IS .. .. NO SE FI EE .. RU .. MN
US .. .. .. DK .. .. LT LV BY .. KZ KG
.. IE GB NL DE PL .. .. .. UA .. UZ TJ
.. .. BE LU LI CZ SK .. MD .. GE TM ..
AD FR MC CH AT SI HU RO .. .. AM AZ ..
PT ES SM IT VA HR BA RS BG .. .. .. ..
.. .. .. MT .. ME AL MK GR TR CY .. ..
"""
NOWHERE = ".."


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: a name, the sign that says its value without colour, and how it is drawn.

    ``dashed`` marks what is missing.
    """

    name: str
    sign: str
    fill: str = EMPTY
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """How large tiles are, how many stand in a row, and how much of a name fits."""

    across: int
    wide: int
    high: int
    longest: int


AREAS = Shape(across=4, wide=154, high=72, longest=17)
CODES = Shape(across=13, wide=46, high=46, longest=4)


def in_rows(title: str, wanted: Sequence[Tile]) -> Markup:
    """Draw tiles one after the other, as areas that have no known place."""
    if not wanted:
        return NOTHING_DRAWN
    across = AREAS.across
    placed = [(one, at % across, at // across) for at, one in enumerate(wanted)]
    return _drawn(title, placed, AREAS)


def of_states(title: str, wanted: Iterable[Tile]) -> Markup:
    """Draw a tile for each State about where it lies; others stand in rows below."""
    given = {one.name: one for one in wanted}
    places = state_places()
    known = [(given[code], *at) for code, at in places.items() if code in given]
    others = [one for code, one in given.items() if code not in places]
    below = max((row for _one, _column, row in known), default=-1) + 1
    across = CODES.across
    placed = [
        *known,
        *((one, at % across, below + at // across) for at, one in enumerate(others)),
    ]
    return _drawn(title, placed, CODES) if placed else NOTHING_DRAWN


def state_places() -> dict[str, tuple[int, int]]:
    """Return the column and the row of each State of the map, by its code."""
    return {
        code: (column, row)
        for row, line in enumerate(STATES.strip().splitlines())
        for column, code in enumerate(line.split())
        if code != NOWHERE
    }


def _drawn(title: str, placed: Sequence[tuple[Tile, int, int]], shape: Shape) -> Markup:
    columns, rows = {column for _one, column, _row in placed}, {row for *_one, row in placed}
    left, top = min(columns), min(rows)
    width = (1 + max(columns) - left) * (shape.wide + GAP)
    height = (1 + max(rows) - top) * (shape.high + GAP)
    placed = [(one, column - left, row - top) for one, column, row in placed]
    drawn = Markup("").join(_tiles(placed, shape))
    return WHOLE.format(title=title, width=width, height=height, tiles=drawn)


def _tiles(placed: Sequence[tuple[Tile, int, int]], shape: Shape) -> Iterator[Markup]:
    for one, column, row in placed:
        x, y = column * (shape.wide + GAP) + GAP // 2, row * (shape.high + GAP) + GAP // 2
        yield TILE.format(
            x=x,
            y=y,
            wide=shape.wide,
            high=shape.high,
            fill=one.fill,
            ink=INK,
            edge=2 if one.dashed else 1,
            dashes=DASHES if one.dashed else "",
            middle=x + shape.wide // 2,
            upper=y + round(shape.high * 0.41),
            lower=y + round(shape.high * 0.82),
            name=short(one.name, shape.longest),
            sign=one.sign,
        )
