"""Weighs candidate persons until their counts are the fitted ones, and draws the rows to publish.

Iterative proportional fitting (Deming and Stephan 1940) over columns and pairs of columns. What
three values together make up too few persons is left out, since most of it never occurred.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from opennrm.statistics.microdata.fitting import Fitted
from opennrm.statistics.microdata.looking import Counts
from opennrm.statistics.microdata.schema import Codes

_GENTLE_FROM, _GENTLE = 2, 0.5
_LARGEST_STEP = 50.0
_SWEEPS_AFTER = 4


def weighed(fitted: Fitted, rows: Codes, sweeps: int) -> tuple[Codes, Counts]:
    """The distinct rows, and the number of persons each stands for."""
    distinct, weights = _distinct(rows)
    weights *= fitted.people / weights.sum()
    return distinct, _raked(fitted, distinct, weights, sweeps)


def without_rare(
    fitted: Fitted, drafts: Sequence[tuple[Codes, Counts]], rare: float
) -> tuple[Codes, Counts]:
    """The rows of the first draft, but for those with three values that are rare in them all."""
    rows, weights = drafts[0]
    kept = ~_is_rare(fitted.sizes, drafts, rare)
    if kept.all() or not kept.any():
        return rows, weights
    rows = np.asfortranarray(rows[kept])
    return rows, _raked(fitted, rows, weights[kept], _SWEEPS_AFTER)


def drawn(rows: Codes, weights: Counts, people: int, random: np.random.Generator) -> Codes:
    """So many rows, each distinct one as often as its weight says to within one, in no order."""
    ends = np.cumsum(weights / weights.sum())
    places = (random.random() + np.arange(people)) / people
    chosen = rows[np.searchsorted(ends, places).clip(0, len(rows) - 1)]
    return np.asarray(chosen[random.permutation(people)])


def _distinct(rows: Codes) -> tuple[Codes, Counts]:
    """Each row once, column after column in memory, and how often it stands there."""
    rows = np.ascontiguousarray(rows)
    whole = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
    _, first, times = np.unique(whole, return_index=True, return_counts=True)
    return np.asfortranarray(rows[first]), times.astype(float)


def _raked(fitted: Fitted, rows: Codes, weights: Counts, sweeps: int) -> Counts:
    places = {
        pair: rows[:, pair[0]].astype(np.int32) * fitted.sizes[pair[1]] + rows[:, pair[1]]
        for pair in fitted.pairs
    }
    for sweep in range(sweeps):
        power = 1.0 if sweep < _GENTLE_FROM else _GENTLE
        for pair, table in fitted.pairs.items():
            weights = _moved(weights, places[pair], table.ravel(), power)
        for _ in range(2):
            for at, column in enumerate(fitted.columns):
                weights = _moved(weights, rows[:, at], column, 1.0)
        weights = weights * (fitted.people / weights.sum())
    return weights


def _moved(
    weights: Counts, places: npt.NDArray[np.integer], wanted: Counts, power: float
) -> Counts:
    """The weights, each moved towards what the counts it is part of should be."""
    now = np.bincount(places, weights=weights, minlength=len(wanted))
    step = np.where(now > 1e-9, wanted / np.maximum(now, 1e-9), 1.0)
    step = np.clip(step, 1 / _LARGEST_STEP, _LARGEST_STEP)
    moved: Counts = weights * (step**power)[places]
    return moved


def _is_rare(
    sizes: tuple[int, ...], drafts: Sequence[tuple[Codes, Counts]], rare: float
) -> npt.NDArray[np.bool_]:
    """The rows of the first draft of which some three known values stand for too few persons.

    It is the mean over all drafts that counts.
    """
    rows, _weights = drafts[0]
    found = np.zeros(len(rows), dtype=bool)
    known = [np.asfortranarray(one > 0) for one, _weights in drafts]
    for three in combinations(range(rows.shape[1]), 3):
        places = [
            _places(one, there, three, sizes)
            for (one, _w), there in zip(drafts, known, strict=True)
        ]
        there, own = places[0]
        if not len(there):
            continue
        counts = np.zeros(int(own.max()) + 1)
        for (_rows, weights), (these, at) in zip(drafts, places, strict=True):
            inside = at < len(counts)
            counts += np.bincount(at[inside], weights[these[inside]], len(counts)) / len(drafts)
        found[there[counts[own] < rare]] = True
    return found


def _places(
    rows: Codes, known: npt.NDArray[np.bool_], three: tuple[int, ...], sizes: tuple[int, ...]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]:
    """Which rows have three values known, and a number for the values of each."""
    first, second, third = three
    there = np.flatnonzero(known[:, first] & known[:, second] & known[:, third])
    places = rows[there, first].astype(np.int64) * sizes[second] + rows[there, second]
    return there, places * sizes[third] + rows[there, third]
