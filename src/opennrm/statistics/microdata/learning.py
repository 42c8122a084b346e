"""Spends the budget, once: looks at the rows, at what is in doubt again, and puts it together.

Where hardly anybody counts whole, each look keeps only a share of a cell, and a draft of rows made
of what was seen so far says which share (`kept_share`). It is made of noisy counts alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from opennrm.statistics.microdata.accounting import Promise
from opennrm.statistics.microdata.drafting import draft
from opennrm.statistics.microdata.looking import (
    Counts,
    Look,
    Seen,
    Table,
    bound_by,
    kept_share,
    look,
)
from opennrm.statistics.microdata.measuring import (
    Columns,
    Measured,
    every_cell,
    in_doubt,
    measured,
    measured_columns,
    together,
)
from opennrm.statistics.microdata.schema import Codes, Schema
from opennrm.statistics.microdata.settings import Settings, Shares

_APART = 20_000
Kept = Mapping[Table, Counts]


@dataclass
class _Looked:
    """What was looked at so far, with which bound, and what was seen."""

    columns: Columns
    whats: list[Look] = field(default_factory=list)
    bounds: list[int] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)

    def together(self, drawn: tuple[Codes, Counts] | None) -> Seen:
        """All looks as one; by rows that a model drew, where persons count for less than one."""
        kept: list[Kept] = [{}] * len(self.seen)
        if drawn:
            looks = zip(self.whats, self.bounds, strict=True)
            kept = [kept_share(*drawn, what, bound) for what, bound in looks]
        return together([(self.columns.seen, {}), *zip(self.seen, kept, strict=True)])


def learn(
    codes: Codes, schema: Schema, promise: Promise, settings: Settings, random: np.random.Generator
) -> Measured:
    """Spend the whole budget on noisy counts of the rows."""
    shares, sizes = settings.shares, schema.sizes
    for_columns, for_bounds, for_looks = _parts(promise, shares)
    columns = measured_columns(codes, sizes, for_columns, shares.long_lists)
    every = what = every_cell(sizes, shares.long_lists)
    looked, drawn = _Looked(columns), None if shares.fully else _apart(columns, random)
    for at, units in enumerate(for_looks):
        bound = what.lowest_bound
        if shares.fully:
            bound = bound_by(codes, what, units=for_bounds[at], fully=shares.fully[at])
        looked.seen.append(look(codes, what, units=units, bound=bound))
        looked.whats.append(what)
        looked.bounds.append(bound)
        if drawn:
            first = measured(sizes, columns.people, looked.together(drawn))
            made = draft(first, settings, random)
            drawn = (made.rows, made.weights) if len(made.rows) else drawn
        found = looked.together(drawn)
        what = in_doubt(found, every, shares.doubted)
    return measured(sizes, columns.people, found)


def _parts(promise: Promise, shares: Shares) -> tuple[int, list[int], list[int]]:
    """The units for columns, for the bound of each look, and for each look."""
    bounds = [shares.answers for _one in shares.fully]
    for_columns, *rest = promise.parts(shares.columns, *bounds, *shares.again)
    for_bounds, again, first = rest[: len(bounds)], rest[len(bounds) : -1], rest[-1]
    return for_columns, for_bounds, [first, *again]


def _apart(columns: Columns, random: np.random.Generator) -> tuple[Codes, Counts]:
    """Rows in which each column is drawn by itself, as long as no two are known together."""
    chances = [np.maximum(one, 1.0) for one in columns.counts]
    drawn = [random.choice(len(one), _APART, p=one / one.sum()) for one in chances]
    weights = np.full(_APART, columns.people / _APART)
    return np.column_stack(drawn).astype(np.int16), weights
