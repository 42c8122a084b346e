"""One figure of a published table: where it stands, and what it says or promises to hide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from opennrm.statistics.dimensions import Cell

_WHOLE = re.compile(r"\d{1,12}|\d{1,3}(,\d{3})+|\d{1,3}([ \u00a0\u2009\u202f]\d{3})+")
_BELOW = re.compile(r"(?:n\s*)?(<|<=|≤)\s*(\d{1,6})")
_FROM_TO = re.compile(r"(\d{1,6})\s*(?:-|–|to)\s*(\d{1,6})")  # noqa: RUF001
_PROMISE = re.compile(r"(\d{1,6})\.\.(\d{1,6})?")
OPEN_MASKS = frozenset(
    ("*", "**", "c", ":c", ": c", "(c)", "[c]", "x", "[x]", ":", "..", "...", "s", "supp", "#")
)


class FileUnusable(ValueError):
    """A published file that cannot be audited as it stands; the message says what to do."""


class RoundingWay(Enum):
    """How figures were rounded to their base."""

    NEAREST = "nearest"
    RANDOM = "random"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Range:
    """The counts that may stand behind a figure; no upper limit is None."""

    low: int
    high: int | None

    @property
    def width(self) -> float:
        """How far apart the limits are."""
        return float("inf") if self.high is None else self.high - self.low

    def __str__(self) -> str:
        """The range in words."""
        return f"{self.low} or more" if self.high is None else f"{self.low} to {self.high}"


HIDDEN = Range(0, None)


@dataclass(frozen=True, slots=True)
class Rounding:
    """The base to which every figure of a file was rounded, and how."""

    base: int
    way: RoundingWay = RoundingWay.NEAREST

    def behind(self, shown: int) -> Range:
        """Return the counts that are rounded to the figure shown.

        >>> Rounding(5).behind(10), Rounding(3, RoundingWay.RANDOM).behind(0)
        (Range(low=8, high=12), Range(low=0, high=2))
        """
        below, above = {
            RoundingWay.NEAREST: (self.base // 2, self.base // 2),
            RoundingWay.RANDOM: (self.base - 1, self.base - 1),
            RoundingWay.DOWN: (0, self.base - 1),
        }[self.way]
        return Range(max(shown - below, 0), shown + above)


@dataclass(frozen=True, slots=True)
class Figure:
    """A place in a file: the cell it is about, the counts possible there, and its mask if any."""

    file: str
    line: int
    column: str | None
    cell: Cell
    range: Range
    mask: str | None = None

    @property
    def place(self) -> str:
        """Say where the figure stands."""
        beside = f", column {self.column}" if self.column else ""
        return f"{self.file} line {self.line}{beside}"

    @property
    def name(self) -> str:
        """Say what the figure counts, by the levels that are no totals."""
        return named(self.cell)


@dataclass(frozen=True)
class Published:
    """The figures of one file, its columns, and the groups in which levels add up."""

    file: str
    figures: tuple[Figure, ...]
    dimensions: tuple[str, ...]
    groups: Mapping[str, Mapping[str, str]]
    with_totals: frozenset[str]
    header: tuple[str, ...] = ()


def named(cell: Cell) -> str:
    """Name a cell by its levels."""
    return ", ".join(f"{name} {level}" for name, level in cell) or "the total of all"


def whole(text: str) -> int | None:
    """Read a whole number, also one with separators of thousands; None for anything else.

    >>> whole("1,234"), whole("<5"), whole("12.5")
    (1234, None, None)
    """
    if not _WHOLE.fullmatch(text):
        return None
    return int("".join(sign for sign in text if sign.isdecimal()))


def promise_of(mask: str) -> Range | None:
    """Read what a mask promises from the mask itself; None when it is no known mask.

    >>> promise_of("<5"), promise_of("1-4"), promise_of("*"), promise_of("-")
    (Range(low=0, high=4), Range(low=1, high=4), Range(low=0, high=None), None)
    """
    if below := _BELOW.fullmatch(mask):
        return Range(0, max(int(below[2]) - (below[1] == "<"), 0))
    if between := _FROM_TO.fullmatch(mask):
        low, high = int(between[1]), int(between[2])
        return Range(low, high) if low < high else None
    return HIDDEN if mask.casefold() in OPEN_MASKS else None


def declared(typed: Iterable[str]) -> dict[str, Range]:
    """Read the masks that somebody declared: `*=1..9`, `c=hidden`, `-=zero`, `=1..4`.

    :raises FileUnusable: when one is not written so.
    """
    return dict(_declared(one) for one in typed)


def _declared(typed: str) -> tuple[str, Range]:
    mask, sign, meaning = typed.rpartition("=")
    ready = {"hidden": HIDDEN, "zero": Range(0, 0)}.get(meaning)
    limits = _PROMISE.fullmatch(meaning)
    if limits:
        ready = Range(int(limits[1]), int(limits[2]) if limits[2] else None)
    if not sign or ready is None or ready.width < 0:
        raise FileUnusable(
            f"“{typed}” does not declare a mask. Write the mask as it stands in the file, an "
            "equals sign, and the counts it may hide: '*=1..9', 'c=hidden', '-=zero', '=0..4' "
            "(an empty cell)."
        )
    return mask.strip(), ready
