"""Levels that are hidden everywhere, told apart by nothing an outsider sees, solved as one.

Where two or more levels of a dimension are hidden in every cell, whatever one of them holds could
as well be held by another: their limits are the same, from zero to all that they hold together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opennrm.statistics.dimensions import Cell
from opennrm.statistics.relations import Overlap, Relations, Sum

Values = Sequence[int | None]
Pair = tuple[str, str]
Signed = tuple[tuple[int, int], ...]
"""A signed sum of cells."""


@dataclass(frozen=True)
class Merged:
    """Which cells another one speaks for; their lower limit is zero."""

    stand_ins: dict[int, Signed]
    dropped: frozenset[int]

    def parts_of(self, binding: Sum | Overlap) -> list[int]:
        """The parts of a sum or an overlap that are solved for."""
        return [cell for cell in binding.parts if cell not in self.dropped]

    def is_implied(self, binding: Sum | Overlap) -> bool:
        """Whether a binding says nothing new, because another one stands for it."""
        return binding.total in self.dropped


def merge(relations: Relations, values: Values) -> Merged:
    """Find the levels that are hidden everywhere and let one of them speak for all."""
    renamed: dict[Pair, str] = {}
    for dimension, codes in relations.siblings:
        hidden = [code for code in codes if _hidden_everywhere(relations, values, dimension, code)]
        if len(hidden) > 1:
            renamed |= {(dimension, code): hidden[0] for code in hidden}
    crowd = _crowd(relations, values)
    touched = {place for pair in (*renamed, *crowd) for place in relations.cells_at.get(pair, ())}
    stand_ins = {place: _stand_in(relations, place, renamed, crowd) for place in touched}
    dropped = {place for place, terms in stand_ins.items() if terms != ((place, 1),)}
    return Merged(stand_ins, frozenset(dropped))


def _crowd(relations: Relations, values: Values) -> frozenset[Pair]:
    """Levels of the dimension with several answers that are hidden everywhere, if two or more."""
    if len(relations.several) != 1:
        return frozenset()
    dimension, codes, _missing = relations.several[0]
    hidden = {
        (dimension, code)
        for code in codes
        if _hidden_everywhere(relations, values, dimension, code)
    }
    return frozenset(hidden) if len(hidden) > 1 else frozenset()


def _hidden_everywhere(relations: Relations, values: Values, dimension: str, code: str) -> bool:
    return all(values[place] is None for place in relations.cells_at[(dimension, code)])


def _stand_in(
    relations: Relations, place: int, renamed: dict[Pair, str], crowd: frozenset[Pair]
) -> Signed:
    """The cells whose upper limit is this cell's: a sibling's, or all persons known there."""
    cell: Cell = tuple(
        (name, renamed.get((name, code), code)) for name, code in relations.cells[place]
    )
    of_crowd = next((pair for pair in cell if pair in crowd), None)
    if of_crowd is None:
        return ((relations.index[cell], 1),)
    dimension, _codes, missing = relations.several[0]
    rest = [pair for pair in cell if pair != of_crowd]
    unknown = [tuple(sorted((*rest, (dimension, code)))) for code in missing]
    return (
        (relations.index[tuple(rest)], 1),
        *((relations.index[one], -1) for one in unknown),
    )
