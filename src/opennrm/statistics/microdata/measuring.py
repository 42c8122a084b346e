"""What is measured under noise: each column by itself, then columns and pairs, several times.

The first look counts all cells of known values; pairs of long code lists, whose cells are many and
small, more exactly than others. Each further look counts only the cells that were left in doubt.
A person is in few of these, since most answers are in large cells, so that she moves a later
look less and it takes less noise to hide her. What is looked at again was chosen from noisy
counts, never from rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from opennrm.statistics.microdata.looking import Counts, Look, Numbers, Pair, Seen, Table, pulls_of
from opennrm.statistics.microdata.noise import noisy, scale_for
from opennrm.statistics.microdata.schema import Codes


@dataclass(frozen=True)
class Measured:
    """Everything that later steps may know of the rows; all of it under noise."""

    sizes: tuple[int, ...]
    columns: tuple[Counts, ...]
    pairs: dict[Pair, Counts]
    people: float
    column_scales: tuple[Counts, ...]
    pair_scales: dict[Pair, Counts]

    def shaken(self, random: np.random.Generator, width: float) -> Measured:
        """The same counts, each moved at random by so much of its standard deviation."""

        def moved(counts: Counts, scales: Counts) -> Counts:
            return np.asarray(counts + random.normal(0.0, width, counts.shape) * scales)

        columns = map(moved, self.columns, self.column_scales)
        pairs = {pair: moved(one, self.pair_scales[pair]) for pair, one in self.pairs.items()}
        rest = self.people, self.column_scales, self.pair_scales
        return Measured(self.sizes, tuple(columns), pairs, *rest)


@dataclass(frozen=True)
class Columns:
    """Noisy counts of all values of each column, the empty value first, and their scales."""

    counts: tuple[Counts, ...]
    scales: tuple[float, ...]

    @property
    def people(self) -> float:
        """How many persons there are, by the noisy totals of all columns."""
        totals = np.array([one.sum() for one in self.counts])
        variances = [
            len(one) * scale**2 for one, scale in zip(self.counts, self.scales, strict=True)
        ]
        return float(max(np.average(totals, weights=1 / np.array(variances)), 1.0))

    @property
    def seen(self) -> Seen:
        """The known values, as a look at them."""
        counts: dict[Table, Counts] = {}
        scales: dict[Table, Counts] = {}
        for at, (one, scale) in enumerate(zip(self.counts, self.scales, strict=True)):
            counts[at,], scales[at,] = one[1:].astype(float), np.full(len(one) - 1, scale)
        return Seen(counts, scales)


def measured_columns(
    codes: Codes, sizes: tuple[int, ...], units: int, long_lists: float
) -> Columns:
    """The noisy counts of each column; one person is in one cell of each."""
    pulls = pulls_of(dict(enumerate(sizes)), long_lists)
    reach = math.sqrt(sum(pull**2 for pull in pulls.values()))
    exact = np.concatenate([one * pulls[at] for at, one in enumerate(column_counts(codes, sizes))])
    parts = np.split(noisy(exact, units=units, sensitivity=reach), np.cumsum(sizes)[:-1])
    scale = scale_for(units, reach)
    return Columns(
        tuple(one / pulls[at] for at, one in enumerate(parts)),
        tuple(scale / pulls[at] for at in range(len(sizes))),
    )


def column_counts(codes: Codes, sizes: tuple[int, ...]) -> list[Numbers]:
    """The exact counts of each column, the empty value first; one person moves each by one."""
    return [np.bincount(codes[:, at], minlength=size) for at, size in enumerate(sizes)]


def every_cell(sizes: tuple[int, ...], long_lists: float) -> Look:
    """The look at all cells of one known value, and of two."""
    width = range(len(sizes))
    tables: list[Table] = [*((at,) for at in width), *combinations(width, 2)]
    cells = {one: np.ones([sizes[at] - 1 for at in one], dtype=bool) for one in tables}
    return Look(cells, pulls_of({table: one.size for table, one in cells.items()}, long_lists))


def in_doubt(seen: Seen, looked: Look, doubted: float) -> Look:
    """The look at the cells that stand out of their noise by fewer standard deviations."""
    cells = {table: one < doubted * seen.scales[table] for table, one in seen.counts.items()}
    return Look(cells, looked.pulls)


def together(looks: Sequence[tuple[Seen, Mapping[Table, Counts]]]) -> Seen:
    """Several looks as one; each count by one over its variance and what share it kept."""
    sums: dict[Table, Counts] = {}
    weights: dict[Table, Counts] = {}
    for seen, kept in looks:
        for table, counts in seen.counts.items():
            share = kept.get(table, np.ones(counts.shape))
            sure = share * seen.scales[table] ** -2
            sums[table] = sums.get(table, 0.0) + sure * counts
            weights[table] = weights.get(table, 0.0) + sure * share
    means = {table: one / weights[table] for table, one in sums.items()}
    return Seen(means, {table: one**-0.5 for table, one in weights.items()})


def measured(sizes: tuple[int, ...], people: float, seen: Seen) -> Measured:
    """What was seen, by columns and pairs; who has no value of a column is the rest."""
    width = range(len(sizes))
    known = [seen.counts[at,] for at in width]
    columns = tuple(np.concatenate([[max(people - one.sum(), 0.0)], one]) for one in known)
    scales = [seen.scales[at,] for at in width]
    return Measured(
        sizes,
        columns,
        {pair: seen.counts[pair] for pair in combinations(width, 2)},
        people,
        tuple(np.concatenate([[0.0], one]) for one in scales),
        {pair: seen.scales[pair] for pair in combinations(width, 2)},
    )
