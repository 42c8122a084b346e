"""Exact limits by linear programming over one block of cells that hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import OptimizeResult, linprog  # type: ignore[import-untyped]
from scipy.sparse import coo_array, csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from opennrm.statistics.published.linking import Linked
from opennrm.statistics.published.narrowing import Limits

Floats = npt.NDArray[np.float64]
_CLOSE = 1e-4
_PRICED = 1e-7
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Proof:
    """The sums, and the limits (0 lower, 1 upper) of cells, that together set a limit."""

    sums: tuple[int, ...]
    limits: tuple[tuple[int, int], ...]


class NoCounts(ValueError):
    """A block whose sums no counts can satisfy together."""


def blocks(linked: Linked, limits: Limits, numbers: Iterable[int]) -> list[list[int]]:
    """Split sums into blocks that share no cell still open; closed sums are left out."""
    sums = list(numbers)
    first: list[int] = []
    second: list[int] = []
    for row, number in enumerate(sums):
        for cell in linked.sums[number].cells:
            if limits.low[cell] < limits.high[cell]:
                first.append(row)
                second.append(len(sums) + cell)
    size = len(sums) + len(linked.cells)
    links = coo_array((np.ones(len(first)), (first, second)), shape=(size, size))
    labels = connected_components(links, directed=False)[1]
    found: dict[int, list[int]] = {}
    for row in dict.fromkeys(first):
        found.setdefault(int(labels[row]), []).append(sums[row])
    return list(found.values())


class Block:
    """The programme of one block: what is open in it, counted from each cell's lower limit."""

    def __init__(self, linked: Linked, limits: Limits, numbers: Sequence[int]) -> None:
        """Write the sums as equations over the open cells."""
        self.limits = limits
        self.numbers = numbers
        signed = [_signed(linked, number) for number in numbers]
        inside = dict.fromkeys(cell for terms in signed for cell in terms)
        self.cells = [cell for cell in inside if limits.low[cell] < limits.high[cell]]
        self.place = {cell: place for place, cell in enumerate(self.cells)}
        self.equations = self._matrix(signed)
        self.ends = [-sum(f * limits.low[c] for c, f in terms.items()) for terms in signed]
        self.ceiling = 4.0 * max((abs(end) for end in self.ends), default=0) + 1000
        widths = np.array([limits.width(cell) for cell in self.cells])
        self.widths = np.minimum(widths, self.ceiling)
        self.least = np.full(len(self.cells), np.inf)
        self.most = np.full(len(self.cells), -np.inf)

    def limit(self, cell: int, side: int) -> tuple[float, Proof | None]:
        """Return the exact lower (0) or upper (1) limit of a cell and what sets it, if new.

        :raises NoCounts: when no counts satisfy the sums together.
        :raises TimeoutError: when the programme takes too long.
        """
        at = self.place[cell]
        if self._is_reached(at, side):
            return (self.limits.high if side else self.limits.low)[cell], None
        weights = np.zeros(len(self.cells))
        weights[at] = -1.0 if side else 1.0
        above, proof = self._solve(weights)
        if side and above[at] > self.ceiling - 0.5:
            return float("inf"), None
        drawn = np.floor(above[at] + _CLOSE) if side else np.ceil(above[at] - _CLOSE)
        return self.limits.low[cell] + float(drawn), proof

    def spread(self) -> None:
        """Push all cells down together, then up: what is reached so needs no programme."""
        for sign in (1.0, -1.0):
            self._solve(sign / (1.0 + self.widths))

    def _is_reached(self, at: int, side: int) -> bool:
        if side:
            return bool(self.most[at] >= self.widths[at] - _CLOSE)
        return bool(self.least[at] <= _CLOSE)

    def _solve(self, weights: Floats) -> tuple[Floats, Proof]:
        bounds = np.column_stack((np.zeros(len(self.cells)), self.widths))
        found = linprog(
            weights,
            A_eq=self.equations,
            b_eq=self.ends,
            bounds=bounds,
            method="highs",
            options={"time_limit": _SECONDS},
        )
        if found.status == 1:
            raise TimeoutError
        if found.status != 0:
            raise NoCounts
        self.least = np.minimum(self.least, found.x)
        self.most = np.maximum(self.most, found.x)
        return found.x, self._proof(found)

    def _proof(self, found: OptimizeResult) -> Proof:
        """The sums and the limits that have a price, which together set what was found."""
        sums = [self.numbers[row] for row in _priced(found.eqlin.marginals)]
        low = [(self.cells[at], 0) for at in _priced(found.lower.marginals)]
        high = [(self.cells[at], 1) for at in _priced(found.upper.marginals)]
        return Proof(tuple(sums), (*low, *high))

    def _matrix(self, signed: Sequence[Mapping[int, int]]) -> csr_array:
        rows, columns, factors = [], [], []
        for row, terms in enumerate(signed):
            for cell, factor in terms.items():
                if cell in self.place:
                    rows.append(row)
                    columns.append(self.place[cell])
                    factors.append(float(factor))
        return csr_array((factors, (rows, columns)), shape=(len(signed), len(self.cells)))


def _priced(marginals: Floats) -> list[int]:
    return [int(at) for at in np.flatnonzero(np.abs(marginals) > _PRICED)]


def _signed(linked: Linked, number: int) -> dict[int, int]:
    one = linked.sums[number]
    return {one.total: -1, **dict.fromkeys(one.parts, 1)}
