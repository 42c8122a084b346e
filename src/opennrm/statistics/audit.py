"""The outsider's view: the smallest and largest value that each hidden cell can have.

Only published cells go in, so the same audit can be pointed at anybody's table. Bounds come from
linear programmes (HiGHS in SciPy) over everything hidden, after Fischetti and Salazar (2001).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from opennrm.statistics.dimensions import Cell
from opennrm.statistics.programme import Programme
from opennrm.statistics.relations import Relations


class AuditFailed(ValueError):
    """A table from which a suppressed cell can be worked out; it must not be released."""

    def __init__(self, found: Audit) -> None:
        """Name the cells and what to do."""
        self.audit = found
        named = "; ".join(str(one) for one in found.failures[:5])
        super().__init__(
            f"{len(found.failures)} suppressed cells can be worked out or nearly so: {named}. "
            "Suppress more cells beside them, or publish fewer break-downs."
        )


@dataclass(frozen=True)
class Interval:
    """What an outsider can find out about one suppressed cell; no upper limit is None."""

    cell: Cell
    lower: int
    upper: int | None

    @property
    def width(self) -> float:
        """How far apart the limits are."""
        return float("inf") if self.upper is None else self.upper - self.lower

    def __str__(self) -> str:
        """The cell and its limits in words."""
        name = " and ".join(f"{dimension} {code}" for dimension, code in self.cell) or "the total"
        return (
            f"{name} is from {self.lower} to {'any number' if self.upper is None else self.upper}"
        )


@dataclass(frozen=True)
class Audit:
    """The interval of every suppressed cell, and the width that each must have.

    Where `exact` is false, an interval is what was shown to be possible; the true one is as wide
    or wider.
    """

    intervals: tuple[Interval, ...]
    minimum_width: int
    exact: bool

    @property
    def failures(self) -> tuple[Interval, ...]:
        """The suppressed cells that an outsider knows too well."""
        return tuple(one for one in self.intervals if one.width < max(self.minimum_width, 1))

    @property
    def passed(self) -> bool:
        """Whether no suppressed cell can be worked out or nearly so."""
        return not self.failures


def audit(
    relations: Relations,
    published: Mapping[Cell, int | None],
    *,
    minimum_width: int = 5,
    exact: bool = True,
) -> Audit:
    """Bound every hidden cell (None, or absent) by what is published around it."""
    values = [published.get(cell) for cell in relations.cells]
    intervals = []
    for component in components(relations, values):
        programme = Programme(relations, values, component)
        lower, upper = programme.bounds(None if exact else max(minimum_width, 1))
        for cell, low, high in zip(component, lower, upper, strict=True):
            intervals.append(_interval(relations.cells[cell], low, high, programme.ceiling))
    return Audit(tuple(intervals), minimum_width, exact)


def require_safe(found: Audit) -> Audit:
    """Let a passed audit through.

    :raises AuditFailed: when a suppressed cell can be worked out or nearly so.
    """
    if not found.passed:
        raise AuditFailed(found)
    return found


def components(relations: Relations, values: Sequence[int | None]) -> Iterator[list[int]]:
    """Group hidden cells that are bound to one another, so that each group is solved alone."""
    hidden = [place for place, value in enumerate(values) if value is None]
    if not hidden:
        return
    labels = _labels(relations, values, len(relations.cells))
    groups: dict[int, list[int]] = {}
    for place in hidden:
        groups.setdefault(int(labels[place]), []).append(place)
    yield from groups.values()


def _labels(
    relations: Relations, values: Sequence[int | None], size: int
) -> npt.NDArray[np.int32]:
    """A number for each cell; bound hidden cells have the same one."""
    first, second = [], []
    for binding in relations.bindings:
        inside = [one for one in binding.cells if values[one] is None]
        first += inside[:-1]
        second += inside[1:]
    links = coo_array((np.ones(len(first)), (first, second)), shape=(size, size))
    labels: npt.NDArray[np.int32] = connected_components(links, directed=False)[1]
    return labels


def _interval(cell: Cell, low: float, high: float, ceiling: float) -> Interval:
    """Counts are whole, so the limits are drawn in to whole numbers."""
    lower = int(np.ceil(low - 1e-6))
    upper = None if high > ceiling - 0.5 else int(np.floor(high + 1e-6))
    return Interval(cell, lower, upper)
