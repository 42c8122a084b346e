"""Whether a log-linear model has an estimate at all, and only one.

Extended maximum likelihood (Chan, Silverman, Vincent 2021, Journal of the American Statistical
Association 116:1297) takes out what was never seen; on the rest the estimate exists if and only
if a table with no empty cell has the same totals (Fienberg, Rinaldo 2012, Annals of Statistics
40:996), which is a linear programme, and is the only one if the design has full column rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]

from opennrm.statistics.estimation.subsets import Flags, Floats

POSITIVE = 1e-9
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the estimate of a model exists, and whether the data identify it."""

    exists: bool
    identified: bool

    @property
    def code(self) -> int:
        """0 fine, 1 does not exist, 2 not identified, 3 both."""
        return (not self.exists) + 2 * (not self.identified)

    @property
    def fine(self) -> bool:
        """Whether there is one finite estimate."""
        return self.exists and self.identified


def hierarchical_terms(lists: int, added: Iterable[int]) -> tuple[int, ...]:
    """Give the terms of a model: intercept, all single lists, and what was added, in order."""
    every = {0, *(1 << place for place in range(lists)), *added}
    return tuple(sorted(every, key=lambda mask: (mask.bit_count(), mask)))


def standing(counts: Floats, terms: Sequence[int]) -> Standing:
    """Decide on existence and identification of a model on a table of all combinations."""
    packed = int.from_bytes(np.packbits(counts > 0, bitorder="little").tobytes(), "little")
    return _standing(packed, len(counts), tuple(sorted(terms)))


def remaining(positive: Flags, terms: Sequence[int]) -> tuple[list[int], list[int]]:
    """Name the terms that were seen, and the cells that hold no term never seen."""
    cells = np.flatnonzero(positive)
    seen = [term for term in terms if ((cells & term) == term).any()]
    never = [term for term in terms if term not in set(seen)]
    return seen, _without(len(positive), never)


def _without(width: int, never: Sequence[int]) -> list[int]:
    return [cell for cell in range(1, width) if not any(cell & term == term for term in never)]


def design(cells: Sequence[int], terms: Sequence[int]) -> Floats:
    """Write the design: one row for a cell, one column for a term, 1 where the term is inside."""
    inside = np.array(cells)[:, None] & np.array(terms)[None, :] == np.array(terms)[None, :]
    matrix: Floats = inside.astype(float)
    return matrix


def identified(margins: Floats, terms: Sequence[int]) -> bool:
    """Decide on identification alone, from the people on all lists of each term."""
    never = tuple(term for term in terms if not margins[term])
    return _identified(len(margins), tuple(terms), never)


@lru_cache(maxsize=_REMEMBERED)
def _identified(width: int, terms: tuple[int, ...], never: tuple[int, ...]) -> bool:
    seen = [term for term in terms if term not in never]
    left = _without(width, never)
    return bool(left) and int(np.linalg.matrix_rank(design(left, seen))) == len(seen)


@lru_cache(maxsize=_REMEMBERED)
def _standing(packed: int, width: int, terms: tuple[int, ...]) -> Standing:
    positive = np.array([bool(packed >> cell & 1) for cell in range(width)])
    seen, left = remaining(positive, terms)
    if not left:
        return Standing(exists=False, identified=False)
    matrix = design(left, seen)
    identified = int(np.linalg.matrix_rank(matrix)) == len(seen)
    return Standing(_exists(matrix, positive[left]), identified)


def _exists(matrix: Floats, positive: Flags) -> bool:
    """Look for the table with the same totals whose smallest cell is as large as can be.

    Only which cells are positive matters, so each positive cell counts as one: the programme
    then has small whole numbers only. With v the smallest cell and y what each has above it:
    maximise v where A'y + v A'1 = A'n, y >= 0, v >= 0.
    """
    if positive.all():
        return True
    equations = np.column_stack([matrix.T, matrix.sum(axis=0)])
    gain = np.zeros(equations.shape[1])
    gain[-1] = -1.0
    found = linprog(gain, A_eq=equations, b_eq=matrix[positive].sum(axis=0), method="highs")
    return bool(found.status == 0 and -found.fun > POSITIVE)
