"""Counting persons into every cell and every margin of one or more tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from opennrm.statistics.dimensions import Answer, Cell, TableShape, UnknownCode


class CountRefused(ValueError):
    """A count that cannot be a number of persons."""


@dataclass(frozen=True)
class Tally:
    """How many persons gave each combination of answers, over named dimensions."""

    names: tuple[str, ...]
    persons: Mapping[tuple[Answer, ...], int]

    @property
    def size(self) -> int:
        """How many persons there are."""
        return sum(self.persons.values())

    def over(self, names: tuple[str, ...]) -> Tally:
        """The same persons over fewer dimensions."""
        places = [self._place(name) for name in names]
        persons: Counter[tuple[Answer, ...]] = Counter()
        for answers, count in self.persons.items():
            persons[tuple(answers[place] for place in places)] += count
        return Tally(names, persons)

    def _place(self, name: str) -> int:
        if name not in self.names:
            raise UnknownCode(f"{name}: these rows were not counted by it; add it to the rows.")
        return self.names.index(name)


def tally_rows(rows: Iterable[Mapping[str, Answer]], names: tuple[str, ...]) -> Tally:
    """Count coded rows, one person each."""
    return Tally(names, Counter(tuple(row.get(name) for name in names) for row in rows))


def count_cells(shape: TableShape, tally: Tally) -> dict[Cell, int]:
    """The number of persons in every cell and margin of a table, zeros included.

    :raises UnknownCode: when an answer is on no list.
    :raises CountRefused: when a count is negative or not whole.
    """
    counted = dict.fromkeys(cells_of(shape), 0)
    names = tuple(one.name for one in shape.dimensions)
    for answers, count in tally.over(names).persons.items():
        _require_count(count)
        reached = [
            (None, *dict.fromkeys(dimension.reached_by(answer)))
            for dimension, answer in zip(shape.dimensions, answers, strict=True)
        ]
        for levels in product(*reached):
            counted[_key(names, levels)] += count
    return counted


def cells_of(shape: TableShape) -> list[Cell]:
    """Every cell of a table, margins and grand total included."""
    names = tuple(one.name for one in shape.dimensions)
    levels = [(None, *(level.code for level in one.levels)) for one in shape.dimensions]
    return [_key(names, codes) for codes in product(*levels)]


def _key(names: tuple[str, ...], levels: tuple[str | None, ...]) -> Cell:
    pairs = zip(names, levels, strict=True)
    return tuple(sorted((name, code) for name, code in pairs if code is not None))


def _require_count(count: int) -> None:
    if not isinstance(count, int) or count < 0:
        raise CountRefused(f"{count!r} is not a number of persons: use whole numbers from 0.")
