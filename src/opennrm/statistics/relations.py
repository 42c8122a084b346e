"""What an outsider knows of linked tables: which cells add up, and which cannot exceed others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from opennrm.statistics.dimensions import Cell, Dimension, TableShape


@dataclass(frozen=True)
class Sum:
    """A total and the cells that add up to it."""

    total: int
    parts: tuple[int, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        """Every cell of the sum."""
        return (self.total, *self.parts)


@dataclass(frozen=True)
class Overlap:
    """Cells of which one person may stand in several, beside those of whom nothing is known.

    Nobody stands in more parts than there are persons known, and everyone known stands in one.
    `implied` marks the overlaps of margins, which follow from those of the details.
    """

    total: int
    missing: tuple[int, ...]
    parts: tuple[int, ...]
    implied: bool = False

    @property
    def cells(self) -> tuple[int, ...]:
        """Every cell of the overlap."""
        return (self.total, *self.missing, *self.parts)


@dataclass(frozen=True)
class Relations:
    """All cells of a set of linked tables and everything that binds them.

    `siblings` are the undivided levels that add up to one total; `several` the dimensions in
    which one person may have several answers, with their levels and those of missing answers.
    """

    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...]
    overlaps: tuple[Overlap, ...]
    siblings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    several: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()

    @cached_property
    def cells_at(self) -> dict[tuple[str, str], list[int]]:
        """For each level of each dimension, the places of the cells that are fixed at it."""
        found: dict[tuple[str, str], list[int]] = {}
        for place, cell in enumerate(self.cells):
            for pair in cell:
                found.setdefault(pair, []).append(place)
        return found

    @cached_property
    def index(self) -> dict[Cell, int]:
        """The place of each cell."""
        return {cell: place for place, cell in enumerate(self.cells)}

    @cached_property
    def bindings(self) -> tuple[Sum | Overlap, ...]:
        """Sums and overlaps together."""
        return (*self.sums, *self.overlaps)

    @cached_property
    def bound_by(self) -> list[list[int]]:
        """For each cell, the places of the bindings it stands in."""
        found: list[list[int]] = [[] for _ in self.cells]
        for place, binding in enumerate(self.bindings):
            for one in binding.cells:
                found[one].append(place)
        return found


def relate(shapes: Sequence[TableShape]) -> Relations:
    """Collect the cells of linked tables once each, with every sum and overlap among them."""
    index: dict[Cell, int] = {}
    sums: dict[Sum, None] = {}
    overlaps: dict[Overlap, None] = {}
    for shape in shapes:
        for dimension in shape.dimensions:
            for fixed in _contexts(shape, dimension):
                if dimension.multiple:
                    detail = _is_detail(shape, fixed)
                    overlaps[_overlap(dimension, fixed, index, implied=not detail)] = None
                else:
                    sums.update(dict.fromkeys(_sums(dimension, fixed, index)))
    found = [one for shape in shapes for one in shape.dimensions]
    siblings = dict.fromkeys(group for one in found for group in _siblings(one, found))
    several = dict.fromkeys(_several(one) for one in found if one.multiple)
    return Relations(tuple(index), tuple(sums), tuple(overlaps), tuple(siblings), tuple(several))


def nested_without_circle(shapes: Iterable[TableShape]) -> bool:
    """Whether bounds computed table by table are also the bounds of all tables together.

    True when the sets of dimensions can be taken off one by one, each sharing all that it
    shares with a single other set (Graham's reduction; Lauritzen, Graphical Models, 1996).
    """
    left = [frozenset(one.name for one in shape.dimensions) for shape in shapes]
    left = [one for place, one in enumerate(left) if one not in left[:place]]
    while len(left) > 1:
        ear = next((one for one in left if _is_ear(one, left)), None)
        if ear is None:
            return False
        left.remove(ear)
    return True


def _siblings(
    dimension: Dimension, every: Sequence[Dimension]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The undivided levels of each group of a dimension, divided nowhere in the set."""
    divided = {level.within for one in every if one.name == dimension.name for level in one.levels}
    for group in () if dimension.multiple else dimension.groups():
        parts = tuple(code for code in dimension.parts_of(group) if code not in divided)
        yield dimension.name, parts


def _several(dimension: Dimension) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    known = (code for code in dimension.leaves if code not in dimension.missing)
    return dimension.name, tuple(known), dimension.missing


def _is_ear(one: frozenset[str], sets: list[frozenset[str]]) -> bool:
    others = [other for other in sets if other is not one]
    shared = one & frozenset[str]().union(*others)
    return any(shared <= other for other in others)


def _contexts(shape: TableShape, dimension: Dimension) -> Iterator[tuple[tuple[str, str], ...]]:
    """Every way to fix the other dimensions of a table, totals included."""
    others = [one for one in shape.dimensions if one.name != dimension.name]
    levels = [(None, *(level.code for level in one.levels)) for one in others]
    for codes in product(*levels):
        pairs = zip(others, codes, strict=True)
        yield tuple((one.name, code) for one, code in pairs if code is not None)


def _sums(
    dimension: Dimension, fixed: tuple[tuple[str, str], ...], index: dict[Cell, int]
) -> Iterator[Sum]:
    for group in dimension.groups():
        parts = (_place(dimension, code, fixed, index) for code in dimension.parts_of(group))
        yield Sum(_place(dimension, group, fixed, index), tuple(parts))


def _is_detail(shape: TableShape, fixed: tuple[tuple[str, str], ...]) -> bool:
    """Whether every other dimension is fixed at its finest level."""
    fine = [code in shape.dimension(name).leaves for name, code in fixed]
    return all(fine) and len(fine) == len(shape.dimensions) - 1


def _overlap(
    dimension: Dimension,
    fixed: tuple[tuple[str, str], ...],
    index: dict[Cell, int],
    *,
    implied: bool,
) -> Overlap:
    known = (code for code in dimension.leaves if code not in dimension.missing)
    return Overlap(
        _place(dimension, None, fixed, index),
        tuple(_place(dimension, code, fixed, index) for code in dimension.missing),
        tuple(_place(dimension, code, fixed, index) for code in known),
        implied,
    )


def _place(
    dimension: Dimension,
    code: str | None,
    fixed: tuple[tuple[str, str], ...],
    index: dict[Cell, int],
) -> int:
    pairs = fixed if code is None else (*fixed, (dimension.name, code))
    return index.setdefault(tuple(sorted(pairs)), len(index))
