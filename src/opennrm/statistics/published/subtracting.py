"""Plain subtraction, as anyone with a pencil does it: the shortest way to each cell it yields."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from opennrm.statistics.published.linking import Linked


@dataclass(frozen=True, slots=True)
class Derived:
    """A count worked out of one sum in which everything else is known."""

    value: int
    sum: int
    cost: int


@dataclass
class Subtracted:
    """Everything that plain subtraction yields, and the sums that contradict their parts."""

    derived: dict[int, Derived] = field(default_factory=dict)
    contradicted: set[int] = field(default_factory=set)


def subtract(linked: Linked) -> Subtracted:
    """Work out cells one by one, those that need the fewest published figures first.

    The order is Knuth's generalization of Dijkstra's algorithm (1977), so that each cell is
    reached by the derivation with the fewest figures.
    """
    return _Subtraction(linked).run()


class _Subtraction:
    def __init__(self, linked: Linked) -> None:
        self.linked = linked
        self.found = Subtracted()
        self.unknown = [0] * len(linked.sums)
        self.sums_of: dict[int, list[int]] = {}
        self.heap: list[tuple[int, int, int]] = []
        for number, one in enumerate(linked.sums):
            for cell in one.cells:
                if not linked.is_shown(cell):
                    self.unknown[number] += 1
                    self.sums_of.setdefault(cell, []).append(number)

    def run(self) -> Subtracted:
        for number in range(len(self.unknown)):
            self._look_at(number)
        while self.heap:
            cost, cell, number = heapq.heappop(self.heap)
            if cell not in self.found.derived:
                self._settle(cell, number, cost)
        return self.found

    def _look_at(self, number: int) -> None:
        if self.unknown[number] == 1:
            cells = self.linked.sums[number].cells
            cell = next(one for one in cells if not self._is_known(one))
            cost = 1 + sum(self._cost(one) for one in cells if one != cell)
            heapq.heappush(self.heap, (cost, cell, number))
        elif self.unknown[number] == 0 and self._difference(number):
            self.found.contradicted.add(number)

    def _settle(self, cell: int, number: int, cost: int) -> None:
        one = self.linked.sums[number]
        rest = self._difference(number, without=cell)
        value = rest if cell == one.total else -rest
        if not self.linked.low[cell] <= value <= self.linked.high[cell]:
            self.found.contradicted.add(number)
            return
        self.found.derived[cell] = Derived(value, number, cost)
        for other in self.sums_of[cell]:
            self.unknown[other] -= 1
            self._look_at(other)

    def _difference(self, number: int, without: int | None = None) -> int:
        """The parts less the total, leaving one cell out."""
        one = self.linked.sums[number]
        parts = sum(self._value(cell) for cell in one.parts if cell != without)
        return parts - (0 if one.total == without else self._value(one.total))

    def _is_known(self, cell: int) -> bool:
        return self.linked.is_shown(cell) or cell in self.found.derived

    def _value(self, cell: int) -> int:
        derived = self.found.derived.get(cell)
        return derived.value if derived else self.linked.low[cell]

    def _cost(self, cell: int) -> int:
        derived = self.found.derived.get(cell)
        return derived.cost if derived else 1
