"""Which cells to hide: those that expose someone, and those that would give them away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from opennrm.statistics.algebra import determined_cells
from opennrm.statistics.audit import components
from opennrm.statistics.programme import Programme
from opennrm.statistics.relations import Relations, Sum


@dataclass(frozen=True)
class Rule:
    """When a cell exposes someone, and how uncertain a hidden cell must stay.

    Threshold 10 with zeros disclosive follows the ACRO rules of secure research services;
    `minimum_width` is how far apart the limits of each hidden cell must lie for an outsider.
    """

    threshold: int = 10
    zeros_disclosive: bool = True
    minimum_width: int = 5
    rounding: int | None = None

    def exposes(self, count: int) -> bool:
        """Whether a count is too small to be shown."""
        return count < self.threshold and (count > 0 or self.zeros_disclosive)


def primary_suppression(counts: Sequence[int], rule: Rule) -> set[int]:
    """The cells too small to show."""
    return {place for place, count in enumerate(counts) if rule.exposes(count)}


def complementary_suppression(
    relations: Relations, counts: Sequence[int], rule: Rule, also: Collection[int] = ()
) -> set[int]:
    """All cells to hide, so that none of them can be worked out or nearly so.

    First every sum keeps enough hidden to hide in; then what exact algebra still determines is
    opened up; then what linear programmes still bound too tightly. `also` are cells to be hidden
    for a reason of their own, such as what was published before.
    """
    exposed = primary_suppression(counts, rule) | set(also)
    hiding = _Hiding(relations, counts, exposed, rule.minimum_width)
    hiding.loosen(range(len(relations.sums)))
    while hiding.open_up():
        pass
    return hiding.hidden


class _Hiding:
    """The hidden cells while they grow; nothing hidden is ever shown again."""

    def __init__(
        self, relations: Relations, counts: Sequence[int], hidden: set[int], width: int
    ) -> None:
        self.relations = relations
        self.counts = counts
        self.hidden = hidden
        self.width = max(width, 1)
        self.low = np.array(counts, dtype=float)
        self.high = np.array(counts, dtype=float)

    def open_up(self) -> bool:
        """Cover cells that an outsider would still find; say whether there were any."""
        found = sorted(determined_cells(self.relations, self.hidden))
        leads = self._apart([self._bindings_of(one) for one in found]) or list(self._narrow())
        covered = [self._cover(lead) for lead in leads]
        return any(covered)

    def loosen(self, sums: Iterable[int]) -> None:
        """Hide more in every sum that leaves too little to hide in, until none does."""
        waiting = list(sums)
        while waiting:
            one = self.relations.sums[waiting.pop()]
            if self._is_tight(one):
                self._hide(self._least(one.cells, max(self._slack(one), self.width)), waiting)

    def _cover(self, lead: Sequence[int]) -> bool:
        """Hide one more cell in or near the bindings that give a cell away."""
        waiting: list[int] = []
        if shown := self._nearby(lead):
            self._hide(self._least(shown, self.width), waiting)
            self.loosen(waiting)
        return bool(shown)

    def _apart(self, leads: list[list[int]]) -> list[list[int]]:
        """Leads that share no binding: one cover may settle those that do."""
        touched: set[int] = set()
        chosen = []
        for lead in leads:
            if touched.isdisjoint(lead):
                chosen.append(lead)
                touched.update(lead)
        return chosen

    def _hide(self, cell: int, waiting: list[int]) -> None:
        self.hidden.add(cell)
        count = len(self.relations.sums)
        waiting += [number for number in self.relations.bound_by[cell] if number < count]

    def _is_tight(self, one: Sum) -> bool:
        """Whether the hidden cells of a sum are alone, or too few persons together."""
        inside = [cell for cell in one.cells if cell in self.hidden]
        if not inside or len(inside) == len(one.cells):
            return False
        return len(inside) == 1 or (one.total not in self.hidden and self._slack(one) > 0)

    def _slack(self, one: Sum) -> int:
        """How many more persons must be hidden in a sum before its parts are uncertain."""
        return self.width - sum(self.counts[cell] for cell in one.parts if cell in self.hidden)

    def _least(self, cells: Iterable[int], wanted: int) -> int:
        """The cheapest cell to hide: a detail before a margin, and just large enough."""

        def cost(cell: int) -> tuple[bool, int, int, int]:
            count = self.counts[cell]
            detail = len(self.relations.cells[cell])
            return (count < wanted, -detail, count if count >= wanted else -count, cell)

        return min((cell for cell in cells if cell not in self.hidden), key=cost)

    def _bindings_of(self, cell: int) -> list[int]:
        return self.relations.bound_by[cell]

    def _nearby(self, lead: Sequence[int]) -> list[int]:
        """The shown cells in these bindings, or in those around them."""
        bindings, seen = set(lead), set[int]()
        while bindings:
            around = {cell for one in bindings for cell in self.relations.bindings[one].cells}
            shown = [cell for cell in around if cell not in self.hidden]
            if shown or around <= seen:
                return shown
            bindings = {one for cell in around - seen for one in self._bindings_of(cell)}
            seen |= around
        return []

    def _narrow(self) -> Iterator[list[int]]:
        """For hidden cells bound too closely, the bindings that do it.

        Hiding more only widens what is possible, so what was shown possible is kept.
        """
        values = [None if p in self.hidden else count for p, count in enumerate(self.counts)]
        touched: set[int] = set()
        for group in components(self.relations, values):
            programme = Programme(self.relations, values, group)
            programme.start_from(self.low[group], self.high[group])
            yield from programme.narrow(self.width, touched)
            self.low[group], self.high[group] = programme.low, programme.high
