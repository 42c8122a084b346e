"""What is measured under noise: each column by itself, then each two columns together, twice.

The first look at pairs counts all cells of known values; pairs of long code lists, whose cells are
many and small, more exactly than others. The second look counts only the cells that the first left
in doubt. A person is in few of these, since most answers are in large cells, so that she moves the
second look less and it takes less noise to hide her. What is looked at again was chosen from
noisy counts, never from rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from opennrm.statistics.microdata.accounting import Promise
from opennrm.statistics.microdata.looking import Counts, Look, Numbers, Pair, Seen, look, pulls_of
from opennrm.statistics.microdata.noise import noisy, scale_for
from opennrm.statistics.microdata.schema import Codes, Schema

DOUBTED = 3.5
"""Cells whose first count is below so many standard deviations are looked at again."""


@dataclass(frozen=True)
class Shares:
    """How the budget is split, and what share of all persons counts whole in pairs.

    What `answers`, `columns` and `again` leave is spent on the first look at pairs. `long_lists`
    is the power by which long lists, and pairs of them, are counted more exactly.
    """

    answers: float = 0.01
    columns: float = 0.16
    again: float = 0.4
    counted_fully: float = 0.99
    again_fully: float = 0.97
    long_lists: float = 0.15


@dataclass(frozen=True)
class Measured:
    """Everything that later steps may know of the rows; all of it under noise."""

    sizes: tuple[int, ...]
    columns: tuple[Counts, ...]
    pairs: dict[Pair, Counts]
    people: float
    column_scales: tuple[float, ...]
    pair_scales: dict[Pair, Counts]


def measure(codes: Codes, schema: Schema, promise: Promise, shares: Shares) -> Measured:
    """Spend the whole budget, once, on noisy counts of the rows."""
    parts = (shares.answers / 2, shares.answers / 2, shares.columns, shares.again)
    bound_first, bound_again, for_columns, for_again, for_first = promise.parts(*parts)
    sizes = schema.sizes
    columns, column_scales = _columns(codes, sizes, for_columns, shares.long_lists)
    every = every_cell(sizes, shares.long_lists)
    first = look(codes, every, units=for_first, for_bound=bound_first, fully=shares.counted_fully)
    doubted = in_doubt(first, every)
    second = look(codes, doubted, units=for_again, for_bound=bound_again, fully=shares.again_fully)
    together = _together(first, second, doubted)
    return Measured(
        sizes,
        columns,
        together.counts,
        _people(columns, column_scales),
        column_scales,
        together.scales,
    )


def column_counts(codes: Codes, sizes: tuple[int, ...]) -> list[Numbers]:
    """The exact counts of each column, the empty value first; one person moves each by one."""
    return [np.bincount(codes[:, at], minlength=size) for at, size in enumerate(sizes)]


def every_cell(sizes: tuple[int, ...], long_lists: float) -> Look:
    """The look at all cells of two known values."""
    cells = {
        (first, second): np.ones((sizes[first] - 1, sizes[second] - 1), dtype=bool)
        for first, second in combinations(range(len(sizes)), 2)
    }
    return Look(cells, pulls_of({pair: one.size for pair, one in cells.items()}, long_lists))


def in_doubt(first: Seen, looked: Look) -> Look:
    """The look at the cells whose count does not stand far enough out of its noise."""
    cells = {pair: one < DOUBTED * first.scales[pair] for pair, one in first.counts.items()}
    return Look(cells, looked.pulls)


def _together(first: Seen, second: Seen, doubted: Look) -> Seen:
    """Both looks as one: each count weighed by one over its variance."""
    counts, scales = {}, {}
    for pair, cells in doubted.cells.items():
        weights = first.scales[pair] ** -2, np.where(cells, second.scales[pair] ** -2, 0.0)
        sums = first.counts[pair] * weights[0] + second.counts[pair] * weights[1]
        counts[pair] = sums / (weights[0] + weights[1])
        scales[pair] = (weights[0] + weights[1]) ** -0.5
    return Seen(counts, scales)


def _columns(
    codes: Codes, sizes: tuple[int, ...], units: int, long_lists: float
) -> tuple[tuple[Counts, ...], tuple[float, ...]]:
    """The noisy counts of each column and their scales; one person is in one cell of each."""
    pulls = pulls_of(dict(enumerate(sizes)), long_lists)
    reach = math.sqrt(sum(pull**2 for pull in pulls.values()))
    exact = np.concatenate([one * pulls[at] for at, one in enumerate(column_counts(codes, sizes))])
    parts = np.split(noisy(exact, units=units, sensitivity=reach), np.cumsum(sizes)[:-1])
    scale = scale_for(units, reach)
    return (
        tuple(one / pulls[at] for at, one in enumerate(parts)),
        tuple(scale / pulls[at] for at in range(len(sizes))),
    )


def _people(columns: tuple[Counts, ...], scales: tuple[float, ...]) -> float:
    """How many persons there are, by the noisy totals of all columns."""
    totals = np.array([one.sum() for one in columns])
    weights = 1 / np.array(
        [len(one) * scale**2 for one, scale in zip(columns, scales, strict=True)]
    )
    return max(float((totals * weights).sum() / weights.sum()), 1.0)
