"""One look at columns and pairs of columns under noise: at all cells, or at those in doubt.

Nobody moves all that a look counts by more than a bound, however many answers she has: persons who
would move it further count for less. The bound is either read from a noisy count of how far
persons would move it, or so low that nearly everybody counts for less; `kept_share` then says how
much of a cell is counted, by rows that a model drew.
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
Places = npt.NDArray[np.int32]
Pair = tuple[int, int]
Table = tuple[int, ...]
WHOLE = 16_384
"""Persons count in so many parts of one where tables are counted most exactly, so that noise is
drawn on whole numbers."""
_BINS = 64
_FEW = 5.0
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Look:
    """Which cells of known values are looked at, and in how many parts of one persons count."""

    cells: Mapping[Table, Cells]
    pulls: Mapping[Table, int]

    @property
    def lowest_bound(self) -> int:
        """What a person moves who is in one cell of the table that is counted least exactly."""
        return min(self.pulls.values()) ** 2


@dataclass(frozen=True)
class Seen:
    """Noisy counts, and the standard deviation of each: endless where nobody looked."""

    counts: dict[Table, Counts]
    scales: dict[Table, Counts]


def pulls_of(cells: Mapping[Kind, int], power: float) -> dict[Kind, int]:
    """In how many parts of one persons count in each table, from its number of cells alone.

    Noise on a table goes with `power` of one over its number of cells; 0 counts all alike.
    """
    most = max(cells.values())
    return {one: max(1, round(WHOLE * (size / most) ** power)) for one, size in cells.items()}


def look(codes: Codes, what: Look, *, units: int, bound: int) -> Seen:
    """Count what is looked at; nobody moves it by more than the root of the bound."""
    exact = counted(codes, what, bound)
    reach = math.sqrt(bound)
    drawn = noisy(np.concatenate(list(exact.values())), units=units, sensitivity=reach)
    scale = scale_for(units, reach)
    counts, scales, start = {}, {}, 0
    for table, cells in what.cells.items():
        counts[table] = np.zeros(cells.shape)
        counts[table][cells] = drawn[start : start + len(exact[table])] / what.pulls[table]
        scales[table] = np.where(cells, scale / what.pulls[table], np.inf)
        start += len(exact[table])
    return Seen(counts, scales)


def loads(codes: Codes, what: Look) -> Numbers:
    """How far each person would move a look if she counted whole, as a sum of squares."""
    found = np.zeros(len(codes), np.int64)
    for table, touched, _places in _touched(codes, what):
        found += touched * what.pulls[table] ** 2
    return found


def counted(codes: Codes, what: Look, bound: int) -> dict[Table, Numbers]:
    """The exact counts of the cells looked at, in parts of a person.

    No person moves them all together by more than the root of the bound.
    """
    share = _shares(codes, what, bound)
    found = {}
    for table, touched, places in _touched(codes, what):
        cells, pull = what.cells[table], what.pulls[table]
        counts = _summed(places[touched], np.floor(pull * share[touched]), cells.shape)
        found[table] = counts[cells].astype(np.int64)
    return found


def kept_share(rows: Codes, weights: Counts, what: Look, bound: int) -> dict[Table, Counts]:
    """What share of a person each cell counts on average, by rows that a model drew.

    Cells in which the model has few persons take after their table.
    """
    share = _shares(rows, what, bound)
    found = {}
    for table, touched, places in _touched(rows, what):
        shape = what.cells[table].shape
        persons = _summed(places[touched], weights[touched], shape)
        counts = _summed(places[touched], (weights * share)[touched], shape)
        usual = counts.sum() / persons.sum() if persons.sum() > 0 else float(share.mean())
        found[table] = (counts + usual * _FEW) / (persons + _FEW)
    return found


def bound_by(codes: Codes, what: Look, *, units: int, fully: float) -> int:
    """The load that a share of all persons do not exceed, by a noisy count of loads in bins."""
    most = sum(pull**2 for pull in what.pulls.values())
    bins = np.minimum(loads(codes, what) * _BINS // most, _BINS - 1)
    counts = noisy(np.bincount(bins, minlength=_BINS), units=units, sensitivity=1.0)
    shares = np.cumsum(np.maximum(counts, 0)) / max(np.maximum(counts, 0).sum(), 1)
    chosen = min(int(np.searchsorted(shares, fully)) + 1, _BINS)
    return max(most * chosen // _BINS, 1)


def _shares(codes: Codes, what: Look, bound: int) -> Counts:
    """What share of a person each counts for."""
    return np.sqrt(bound / np.maximum(loads(codes, what), bound))


def _summed(places: Places, weights: Counts, shape: tuple[int, ...]) -> Counts:
    """Weights summed by place, for known values only."""
    wide = [size + 1 for size in shape]
    table = np.bincount(places, weights=weights, minlength=math.prod(wide)).reshape(wide)
    return np.asarray(table[(slice(1, None),) * len(wide)])


def _touched(codes: Codes, what: Look) -> Iterator[tuple[Table, Cells, Places]]:
    """For each table, who has its answers known and in a cell looked at, and in which."""
    for table, cells in what.cells.items():
        known = np.pad(cells, [(1, 0)] * cells.ndim)
        places: Places = np.zeros(len(codes), np.int32)
        for at, size in zip(table, known.shape, strict=True):
            places = places * np.int32(size) + codes[:, at]
        yield table, known.ravel()[places], places
