"""One look at pairs of columns under noise: at all of their cells, or at those in doubt.

Nobody moves all that a look counts by more than a bound, however many answers she has: persons who
would move it further count for less. The bound is chosen from a noisy count of how far persons
would move it, so it gives nobody away either.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from opennrm.statistics.microdata.noise import noisy, scale_for
from opennrm.statistics.microdata.schema import Codes

Counts = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Cells = npt.NDArray[np.bool_]
Pair = tuple[int, int]
WHOLE = 1024
"""Persons count in so many parts of one where pairs are counted most exactly, so that noise is
drawn on whole numbers."""
_BINS = 64
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Look:
    """Which cells of known values are looked at, and in how many parts of one persons count."""

    cells: Mapping[Pair, Cells]
    pulls: Mapping[Pair, int]


@dataclass(frozen=True)
class Seen:
    """Noisy counts of persons, and the standard deviation of each; zero where nobody looked."""

    counts: dict[Pair, Counts]
    scales: dict[Pair, Counts]


def pulls_of(cells: Mapping[Kind, int], power: float) -> dict[Kind, int]:
    """In how many parts of one persons count in each table, from its number of cells alone.

    Noise on a table goes with `power` of one over its number of cells; 0 counts all alike.
    """
    most = max(cells.values())
    return {one: max(1, round(WHOLE * (size / most) ** power)) for one, size in cells.items()}


def look(codes: Codes, what: Look, *, units: int, for_bound: int, fully: float) -> Seen:
    """Count what is looked at, spending the units on the counts and `for_bound` on the bound.

    A share of all persons, `fully`, counts whole.
    """
    bound = _bound(loads(codes, what), what, for_bound, fully)
    exact = counted(codes, what, bound)
    reach = math.sqrt(bound)
    drawn = noisy(np.concatenate(list(exact.values())), units=units, sensitivity=reach)
    scale = scale_for(units, reach)
    counts, scales, start = {}, {}, 0
    for pair, cells in what.cells.items():
        counts[pair] = np.zeros(cells.shape)
        counts[pair][cells] = drawn[start : start + len(exact[pair])] / what.pulls[pair]
        scales[pair] = np.full(cells.shape, scale / what.pulls[pair])
        start += len(exact[pair])
    return Seen(counts, scales)


def loads(codes: Codes, what: Look) -> Numbers:
    """How far each person would move a look if she counted whole, as a sum of squares."""
    found = np.zeros(len(codes), np.int64)
    for pair, touched in _touched(codes, what):
        found += touched * what.pulls[pair] ** 2
    return found


def counted(codes: Codes, what: Look, bound: int) -> dict[Pair, Numbers]:
    """The exact counts of the cells looked at, in parts of a person.

    No person moves them all together by more than the root of the bound.
    """
    share = np.sqrt(bound / np.maximum(loads(codes, what), bound))
    found = {}
    for pair, touched in _touched(codes, what):
        cells, (first, second) = what.cells[pair], pair
        width = cells.shape[1] + 1
        places = codes[touched, first].astype(np.int64) * width + codes[touched, second]
        weights = np.floor(what.pulls[pair] * share[touched])
        table = np.bincount(places, weights=weights, minlength=(cells.shape[0] + 1) * width)
        found[pair] = table.reshape(-1, width)[1:, 1:][cells].astype(np.int64)
    return found


def _touched(codes: Codes, what: Look) -> Iterator[tuple[Pair, Cells]]:
    """For each pair, who has both answers known and in a cell that is looked at."""
    for pair, cells in what.cells.items():
        known = np.pad(cells, ((1, 0), (1, 0)))
        yield pair, known[codes[:, pair[0]], codes[:, pair[1]]]


def _bound(found: Numbers, what: Look, units: int, fully: float) -> int:
    """The load that a share of all persons do not exceed, by a noisy count of loads in bins."""
    most = sum(pull**2 for pull in what.pulls.values())
    bins = np.minimum(found * _BINS // most, _BINS - 1)
    counts = noisy(np.bincount(bins, minlength=_BINS), units=units, sensitivity=1.0)
    shares = np.cumsum(np.maximum(counts, 0)) / max(np.maximum(counts, 0).sum(), 1)
    chosen = min(int(np.searchsorted(shares, fully)) + 1, _BINS)
    return max(most * chosen // _BINS, 1)
