"""Limits passed along sums until nothing moves: quick, never wrong, and often already exact."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from opennrm.statistics.published.linking import Linked

VISITS = 60
"""How often one sum is looked at again; what is left open then, the linear programmes settle."""


class Contradiction(ValueError):
    """Limits that leave no count; the sum that shows it is named."""

    def __init__(self, number: int) -> None:
        """Remember the sum."""
        self.sum = number
        super().__init__(f"Sum {number} leaves no count.")


@dataclass
class Limits:
    """The limits of each cell so far, and for each limit the sum that set it last."""

    low: list[int]
    high: list[float]
    reasons: dict[tuple[int, int], int] = field(default_factory=dict)

    def width(self, cell: int) -> float:
        """How far apart the limits of a cell are."""
        return self.high[cell] - self.low[cell]


def narrow(
    linked: Linked, limits: Limits, numbers: Iterable[int], sums_of: dict[int, list[int]]
) -> None:
    """Draw the limits in as far as single sums do.

    :raises Contradiction: when a cell is left without a count.
    """
    waiting = deque(numbers)
    queued = set(waiting)
    visits: Counter[int] = Counter()
    while waiting:
        number = waiting.popleft()
        queued.discard(number)
        visits[number] += 1
        for cell in _drawn_in(linked, limits, number):
            for other in sums_of.get(cell, ()):
                if other not in queued and visits[other] < VISITS:
                    queued.add(other)
                    waiting.append(other)


def _drawn_in(linked: Linked, limits: Limits, number: int) -> list[int]:
    """The cells whose limits one sum draws in."""
    one = linked.sums[number]
    low, high = limits.low, limits.high
    least = sum(low[part] for part in one.parts)
    endless = sum(high[part] == float("inf") for part in one.parts)
    most = sum(high[part] for part in one.parts if high[part] != float("inf"))
    moved = _set(limits, one.total, (least, float("inf") if endless else most), number)
    for part in one.parts:
        is_endless = high[part] == float("inf")
        inside = most - (0 if is_endless else high[part])
        lower = low[part] if endless > is_endless else int(low[one.total] - inside)
        upper = high[one.total] - (least - low[part])
        moved += _set(limits, part, (lower, upper), number)
    return moved


def _set(limits: Limits, cell: int, drawn: tuple[int, float], number: int) -> list[int]:
    lower, upper = drawn
    moved = False
    if lower > limits.low[cell]:
        limits.low[cell], limits.reasons[(cell, 0)], moved = lower, number, True
    if upper < limits.high[cell]:
        limits.high[cell], limits.reasons[(cell, 1)], moved = upper, number, True
    if limits.low[cell] > limits.high[cell]:
        raise Contradiction(number)
    return [cell] if moved else []
