"""How many persons came into or left each cell since it was last published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opennrm.statistics.counting import Tally, count_cells
from opennrm.statistics.dimensions import Answer, Cell, TableShape
from opennrm.statistics.results import ProtectedTable


@dataclass(frozen=True)
class Earlier:
    """A release that is out: its number, the cells it showed, and the counts it was drawn from.

    `basis` never leaves the desk. Over the same names in each release, so that they can be
    compared; a name such as the year of registration in it tells overlapping periods apart.
    """

    number: int
    shown: frozenset[Cell]
    basis: Tally

    @classmethod
    def of(cls, number: int, tables: Iterable[ProtectedTable], basis: Tally) -> Earlier:
        """A release by its tables as they were published."""
        cells = (pair for table in tables for pair in table.cells.items())
        return cls(number, frozenset(cell for cell, value in cells if value is not None), basis)

    def beside(self, other: Earlier) -> Earlier:
        """Two releases over different persons, such as two years, added up as a reader could."""
        persons = Counter(self.basis.persons)
        persons.update(other.basis.over(self.basis.names).persons)
        return Earlier(self.number, self.shown & other.shown, Tally(self.basis.names, persons))


@dataclass(frozen=True)
class Change:
    """For each cell its count then and now, and how many answers differ at the least."""

    before: Mapping[Cell, int]
    now: Mapping[Cell, int]

    def net(self, cell: Cell) -> int:
        """How many more persons there are in a cell; at least so many came or left."""
        return self.now.get(cell, 0) - self.before.get(cell, 0)

    def is_few(self, cell: Cell, threshold: int) -> bool:
        """Whether showing the cell anew would tell of fewer persons than the threshold."""
        return 0 < abs(self.net(cell)) < threshold

    @property
    def only_grows(self) -> bool:
        """Whether no cell lost anybody, as when persons are only ever added."""
        return all(self.net(cell) >= 0 for cell in self.now)


def changes_since(shapes: Sequence[TableShape], earlier: Earlier, now: Tally) -> Change:
    """Compare the counts behind an earlier release with those of today, cell by cell.

    :raises UnknownCode: when the two were not counted over the same dimensions.
    """
    return Change(counted(shapes, earlier.basis), counted(shapes, now))


def counted(shapes: Sequence[TableShape], tally: Tally) -> dict[Cell, int]:
    """The number of persons in every cell of several tables."""
    found: dict[Cell, int] = {}
    for shape in shapes:
        found |= count_cells(shape, tally)
    return found


def changed_persons(before: Tally, after: Tally) -> int:
    """How many persons were added, removed or given other answers, at the least."""
    change: Counter[tuple[Answer, ...]] = Counter(after.persons)
    change.subtract(before.over(after.names).persons)
    added = sum(one for one in change.values() if one > 0)
    removed = -sum(one for one in change.values() if one < 0)
    return max(added, removed)
