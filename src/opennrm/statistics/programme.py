"""One linear programme: hidden cells that are bound to one another, and their extremes.

Hidden totals are written as the sum of their parts, so that only the finest hidden cells are
unknowns and only what is published restricts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from opennrm.statistics.merging import merge
from opennrm.statistics.relations import Overlap, Relations, Sum

Floats = npt.NDArray[np.float64]
Values = Sequence[int | None]
Terms = dict[int, int]
"""A signed sum of unknown cells."""

_CLOSE = 1e-6
_SWEEPS = 200
_TOGETHER = 4
_IDLE = 4
_SEED = 11
_PATIENCE = 4


class Inconsistent(ValueError):
    """Published cells that contradict one another, so that no counts could lie behind them."""


@dataclass
class Rows:
    """Sparse rows over unknowns with a limit and the binding each comes from."""

    terms: list[Terms] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    known: set[tuple[tuple[int, int], ...]] = field(default_factory=set)

    def add(self, terms: Terms, limit: int, source: int) -> None:
        """Add a row once; a row without unknowns says nothing."""
        mark = (*sorted(terms.items()), (-1, limit))
        if terms and mark not in self.known:
            self.known.add(mark)
            self.terms.append(terms)
            self.limits.append(float(limit))
            self.sources.append(source)


class Unknowns:
    """Hidden cells written in terms of the finest hidden cells."""

    def __init__(self, relations: Relations, values: Values, cells: Iterable[int]) -> None:
        """Choose for each hidden total one sum that defines it."""
        self.relations = relations
        self.values = values
        self.merged = merge(relations, values)
        self.defined: dict[int, int] = {}
        self.terms: dict[int, tuple[Terms, int]] = {}
        for cell in cells:
            if cell in self.merged.dropped:
                continue
            for number in relations.bound_by[cell]:
                one = relations.bindings[number]
                if isinstance(one, Sum) and one.total == cell:
                    self.defined[cell] = number
                    break

    def write(self, cell: int) -> tuple[Terms, int]:
        """A cell as unknowns and a known remainder."""
        value = self.values[cell]
        if value is not None:
            return {}, value
        if cell not in self.defined:
            return {cell: 1}, 0
        if cell not in self.terms:
            parts = self.merged.parts_of(self.relations.bindings[self.defined[cell]])
            self.terms[cell] = self.add((part, 1) for part in parts)
        return self.terms[cell]

    def limit_of(self, cell: int) -> tuple[Terms, int]:
        """What has the upper limit of a cell, as unknowns and a known remainder."""
        return self.add(self.merged.stand_ins.get(cell, ((cell, 1),)))

    def add(self, signed: Iterable[tuple[int, int]]) -> tuple[Terms, int]:
        """A signed sum of cells as unknowns and a known remainder."""
        total: Terms = {}
        rest = 0
        for cell, sign in signed:
            terms, known = self.write(cell)
            rest += sign * known
            for unknown, factor in terms.items():
                total[unknown] = total.get(unknown, 0) + sign * factor
        return {unknown: factor for unknown, factor in total.items() if factor}, rest


class Programme:
    """The extremes of each cell of one group of hidden cells."""

    def __init__(self, relations: Relations, values: Values, cells: Sequence[int]) -> None:
        """Write down everything that binds these cells."""
        self.cells = cells
        self.unknowns = Unknowns(relations, values, cells)
        self.equal, self.at_most = Rows(), Rows()
        for number in dict.fromkeys(b for cell in cells for b in relations.bound_by[cell]):
            self._bind(relations.bindings[number], number)
        self.ceiling = 4.0 * max((v for v in values if v), default=25) + 100
        written = [self.unknowns.limit_of(cell) for cell in cells]
        names = sorted({name for terms, _ in written for name in terms})
        self.place = {name: place for place, name in enumerate(names)}
        self.written = self._matrix([terms for terms, _ in written])
        self.rest = np.array([rest for _, rest in written], dtype=float)
        self.equations = self._matrix(self.equal.terms)
        self.inequalities = self._matrix(self.at_most.terms)
        self.low, self.high = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)
        self.roof = self._roof()
        self.random = np.random.default_rng(_SEED)

    def start_from(self, low: Floats, high: Floats) -> None:
        """Take over values that were shown possible before."""
        self.low, self.high = np.minimum(self.low, low), np.maximum(self.high, high)

    def bounds(self, enough: int | None) -> tuple[Floats, Floats]:
        """The limits of each cell: exact, or as soon as they are known to be wide enough."""
        self._sweep(enough)
        for number in range(len(self.cells)):
            for sign in (1, -1):
                if not self._settled(enough, sign)[number]:
                    self._push_one(number, sign)
        return self.low, self.high

    def narrow(self, enough: int, touched: set[int]) -> Iterator[list[int]]:
        """For each cell whose limits lie closer than that, the bindings that set them.

        Cells beside a binding already named are left for later: one cover may settle them, and
        after some of them it is quicker to cover first and look again.
        """
        patience = _PATIENCE
        self._sweep(enough)
        for number, cell in enumerate(self.cells):
            around = self.unknowns.relations.bound_by[cell]
            if self._wide(enough)[number] or not touched.isdisjoint(around):
                continue
            for sign in (-1, 1):
                if not self._settled(enough, sign)[number]:
                    self._push_one(number, sign)
            if not self._wide(enough)[number]:
                lead = self._push_one(number, -1) + self._push_one(number, 1) or around
                if touched.isdisjoint(lead):
                    yield lead
                elif (patience := patience - 1) < 0:
                    return
                touched.update(lead)

    def _push_one(self, number: int, sign: int) -> list[int]:
        """Find the lower (1) or upper (-1) limit of one cell; name the bindings that set it."""
        weights = np.zeros(len(self.cells))
        weights[number] = sign
        found = self._push(weights)
        if sign > 0:
            self.floor_known[number] = True
        else:
            self.roof[number] = self.high[number]
        return [
            rows.sources[place]
            for rows, prices in zip((self.equal, self.at_most), found, strict=True)
            for place in np.flatnonzero(np.abs(prices) > _CLOSE)
        ]

    def _bind(self, binding: Sum | Overlap, number: int) -> None:
        merged = self.unknowns.merged
        if merged.is_implied(binding):
            return
        parts = [(cell, 1) for cell in merged.parts_of(binding)]
        if isinstance(binding, Sum):
            if self.unknowns.defined.get(binding.total) != number:
                terms, rest = self.unknowns.add([*parts, (binding.total, -1)])
                self.equal.add(terms, -rest, number)
        elif not binding.implied:
            self._bind_overlap(binding, parts, number)

    def _bind_overlap(self, one: Overlap, parts: list[tuple[int, int]], number: int) -> None:
        missing = [(cell, 1) for cell in one.missing]
        for part in parts:
            terms, rest = self.unknowns.add([part, *missing, (one.total, -1)])
            self.at_most.add(terms, -rest, number)
        if len(parts) < len(one.parts):
            terms, rest = self.unknowns.add([*missing, (one.total, -1)])
            self.at_most.add(terms, -rest, number)
            return
        turned = [(cell, -sign) for cell, sign in (*parts, *missing)]
        terms, rest = self.unknowns.add([*turned, (one.total, 1)])
        self.at_most.add(terms, -rest, number)

    def _matrix(self, rows: list[Terms]) -> csr_array:
        starts = np.cumsum([0, *(len(row) for row in rows)])
        columns = [self.place[name] for row in rows for name in row]
        factors = [float(factor) for row in rows for factor in row.values()]
        return csr_array((factors, columns, starts), shape=(len(rows), len(self.place)))

    def _roof(self) -> Floats:
        """A limit no cell can pass: what is left of a published total it stands in."""
        self.floor_known = np.array(
            [cell in self.unknowns.merged.stand_ins for cell in self.cells]
        )
        self.low[self.floor_known] = 0.0
        roof = np.full(len(self.place), self.ceiling)
        for rows in (self.equal, self.at_most):
            for terms, limit in zip(rows.terms, rows.limits, strict=True):
                if min(terms.values()) > 0:
                    for name in terms:
                        roof[self.place[name]] = min(roof[self.place[name]], max(limit, 0.0))
        limits: Floats = np.minimum(self.written.maximum(0) @ roof + self.rest, self.ceiling)
        return limits

    def _sweep(self, enough: int | None) -> None:
        """Push many unsettled cells at once, for as long as that settles some."""
        idle = 0
        for number in range(_SWEEPS):
            sign = -1 if number % 2 else 1
            open_ = np.flatnonzero(~self._settled(enough, sign))
            if len(open_):
                chosen = open_ if number < _TOGETHER else self._apart(open_)
                weights = np.zeros(len(self.cells))
                weights[chosen] = sign / (1.0 + self.roof[chosen])
                self._push(weights)
                gained = len(open_) - int((~self._settled(enough, sign)).sum())
                idle = 0 if gained > min(2, len(chosen) - 1) else idle + 1
            if idle > _IDLE or (not len(open_) and enough is not None):
                return

    def _apart(self, open_: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Cells that share no binding, so that pushing one does not hold back another."""
        taken: set[int] = set()
        chosen = []
        for number in self.random.permutation(open_):
            around = self.unknowns.relations.bound_by[self.cells[number]]
            if taken.isdisjoint(around):
                taken.update(around)
                chosen.append(number)
        return np.array(chosen, dtype=np.intp)

    def _settled(self, enough: int | None, sign: int) -> npt.NDArray[np.bool_]:
        """Whether each cell's lower (1) or upper (-1) limit needs no programme of its own."""
        floor = (self.low <= np.maximum(self.rest, 0.0) + _CLOSE) | self.floor_known
        ceiling = self.high >= self.roof - _CLOSE
        done: npt.NDArray[np.bool_] = floor if sign > 0 else ceiling
        return done if enough is None else done | self._wide(enough)

    def _wide(self, enough: int) -> npt.NDArray[np.bool_]:
        """Whether each cell was shown uncertain enough."""
        wide: npt.NDArray[np.bool_] = self.high - self.low >= enough - _CLOSE
        return wide

    def _push(self, weights: Floats) -> tuple[Floats, Floats]:
        """Solve for the least weighted sum, remember the values it shows possible."""
        if not self.place:
            self.start_from(self.rest, self.rest)
            return np.zeros(0), np.zeros(0)
        found = self._solved(weights, presolve=False)
        if found.status != 0:
            found = self._solved(weights, presolve=True)
        if found.status != 0:
            raise Inconsistent(
                "The published cells contradict one another: no counts could lie behind them. "
                f"Compare the totals with their parts. ({found.message})"
            )
        possible = np.minimum(self.written @ found.x + self.rest, self.ceiling)
        self.start_from(possible, possible)
        return found.eqlin.marginals, found.ineqlin.marginals

    def _solved(self, weights: Floats, *, presolve: bool) -> Any:
        """Solve once; simplifying first costs more than it saves on programmes of this kind."""
        return linprog(
            self.written.T @ weights,
            A_ub=self.inequalities if self.at_most.limits else None,
            b_ub=self.at_most.limits or None,
            A_eq=self.equations if self.equal.limits else None,
            b_eq=self.equal.limits or None,
            bounds=(0, self.ceiling),
            method="highs",
            options={"presolve": presolve},
        )
