"""Exact algebra over sparse rows: which hidden cells the published ones determine.

Rows are kept modulo the prime 2^61 - 1, as Fischetti and Salazar (2001) solve the same
equations over the rationals; a hidden cell is determined exactly when every solution of the
homogeneous system is zero in it, and one solution drawn in general position shows that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from opennrm.statistics.relations import Relations

PRIME = (1 << 61) - 1
_GENERATOR = 37

Row = dict[int, int]


def determined_cells(relations: Relations, hidden: Collection[int]) -> set[int]:
    """The hidden cells that can be worked out from all cells that are not hidden."""
    rows = [
        row for row in (_restrict(one.total, one.parts, hidden) for one in relations.sums) if row
    ]
    basis = _echelon(rows)
    free = [one for one in hidden if one not in basis]
    solution = {one: pow(_GENERATOR, 3 * place + 1, PRIME) for place, one in enumerate(free)}
    for pivot, row in reversed(basis.items()):
        solution[pivot] = -_dot(row, solution, pivot) % PRIME
    return {one for one in hidden if solution[one] == 0}


def _restrict(total: int, parts: Iterable[int], hidden: Collection[int]) -> Row:
    """The sum as a row over hidden cells only: parts less total."""
    row = {part: 1 for part in parts if part in hidden}
    if total in hidden:
        row[total] = PRIME - 1
    return row


def _echelon(rows: list[Row]) -> dict[int, Row]:
    """A triangular basis of the rows: pivot to row, in order of elimination.

    The rarest cell of a row is its pivot, so that little else has to be eliminated.
    """
    degree = Counter(cell for row in rows for cell in row)
    basis: dict[int, Row] = {}
    for row in sorted(rows, key=len):
        left = _reduce(row, basis)
        if left:
            pivot = min(left, key=lambda cell: (degree[cell], cell))
            basis[pivot] = _scaled(left, pow(left[pivot], PRIME - 2, PRIME))
    return basis


def _reduce(row: Row, basis: dict[int, Row]) -> Row:
    """The row with every pivot of the basis eliminated from it."""
    left = dict(row)
    waiting = [cell for cell in left if cell in basis]
    while waiting:
        pivot = waiting.pop()
        factor = left.get(pivot, 0)
        if factor:
            waiting += _subtract(left, basis[pivot], factor, basis)
    return left


def _subtract(left: Row, row: Row, factor: int, basis: dict[int, Row]) -> list[int]:
    """Take a multiple of a row away; return the pivots that this brought in."""
    brought = []
    for cell, value in row.items():
        new = (left.get(cell, 0) - factor * value) % PRIME
        if not new:
            left.pop(cell, None)
            continue
        if cell not in left and cell in basis:
            brought.append(cell)
        left[cell] = new
    return brought


def _scaled(row: Row, factor: int) -> Row:
    return {cell: value * factor % PRIME for cell, value in row.items()}


def _dot(row: Row, solution: Row, pivot: int) -> int:
    return sum(value * solution[cell] for cell, value in row.items() if cell != pivot)
