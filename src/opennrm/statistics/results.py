"""A protected table as it may leave the house: its cells, and all that must be said with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from opennrm.statistics.audit import Audit
from opennrm.statistics.counting import cells_of
from opennrm.statistics.dimensions import Cell, Dimension, TableShape
from opennrm.statistics.suppression import Rule

METHOD = (
    "Counts of persons. Cells below the threshold are suppressed, then further cells until none "
    "of the suppressed ones can be worked out from the others or from the totals; checked by "
    "exact algebra and by linear programming over all tables published together."
)


class Share(Enum):
    """Of whom a percentage is: everyone counted, or those of whom the answer is known."""

    OF_ALL = "of all persons"
    OF_KNOWN = "of persons for whom it is known"


@dataclass(frozen=True)
class Base:
    """How many persons a table is about, as far as that may be shown (None: suppressed)."""

    all: int | None
    known: Mapping[str, int | None]


@dataclass(frozen=True)
class Parameters:
    """Everything that would have to be set the same to get the same table again."""

    rule: Rule
    linked_tables: tuple[str, ...]
    seed: int | None = None


@dataclass(frozen=True)
class ProtectedTable:
    """One table after suppression: None stands for a suppressed cell, never for zero."""

    shape: TableShape
    cells: Mapping[Cell, int | None]
    parameters: Parameters
    suppressed: int
    caveats: tuple[str, ...]
    software_version: str
    method: str = field(default=METHOD)

    @cached_property
    def base(self) -> Base:
        """The persons counted, and those with a known answer for each dimension."""
        known = {one.name: self.known(one) for one in self.shape.dimensions}
        return Base(self.cells[()], known)

    def value(self, **levels: str | None) -> int | None:
        """One cell, named by its levels; None when it is suppressed."""
        return self.cells[tuple(sorted((n, code) for n, code in levels.items() if code))]

    def known(self, dimension: Dimension, within: Cell = ()) -> int | None:
        """Persons in a cell with a known answer, worked out from shown cells only."""
        parts = [
            self.cells[tuple(sorted((*within, (dimension.name, code))))]
            for code in dimension.missing
        ]
        whole = self.cells[within]
        if whole is None or any(part is None for part in parts):
            return None
        return whole - sum(part for part in parts if part is not None)

    def percent(self, cell: Cell, of: str, share: Share) -> float | None:
        """A cell as a percentage along one dimension; None when anything in it is suppressed."""
        within = tuple(pair for pair in cell if pair[0] != of)
        whole = self.cells[within]
        if share is Share.OF_KNOWN:
            if dict(cell).get(of) in self.shape.dimension(of).missing:
                return None
            whole = self.known(self.shape.dimension(of), within)
        count = self.cells[cell]
        return None if not whole or count is None else 100.0 * count / whole


@dataclass(frozen=True)
class ProtectedSet:
    """Tables protected together, with the audit that lets them go out."""

    tables: tuple[ProtectedTable, ...]
    audit: Audit

    def table(self, name: str) -> ProtectedTable:
        """One table of the set by name."""
        return next(one for one in self.tables if one.shape.name == name)


def cells_of_table(shape: TableShape, cells: Mapping[Cell, int | None]) -> dict[Cell, int | None]:
    """The cells of one table out of those of the whole set."""
    return {cell: cells[cell] for cell in cells_of(shape)}
