"""The way to a limit: the sums to look at, what is needed first before the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from opennrm.statistics.published.linking import Linked
from opennrm.statistics.published.narrowing import Limits
from opennrm.statistics.published.programmes import Proof
from opennrm.statistics.published.subtracting import Derived

Limit = tuple[int, int]
"""A cell and the side of its limit: 0 lower, 1 upper."""


@dataclass(frozen=True, slots=True)
class Step:
    """One sum of the way to a cell; `yields` is the cell it gives by subtraction, if any."""

    sum: int
    yields: int | None = None


@dataclass
class WaysTo:
    """Where every limit came from."""

    linked: Linked
    derived: Mapping[int, Derived]
    limits: Limits
    proofs: dict[Limit, Proof] = field(default_factory=dict)

    def steps(self, place: int) -> tuple[Step, ...]:
        """The sums that lead to a cell, by plain subtraction where that is enough."""
        if place in self.derived:
            return tuple(self._subtractions(place))
        return tuple(self._limiting(place))

    def _subtractions(self, place: int) -> list[Step]:
        steps: dict[int, Step] = {}
        waiting = [place]
        while waiting:
            cell = waiting.pop()
            if derived := self.derived.get(cell):
                steps.pop(cell, None)
                steps[cell] = Step(derived.sum, cell)
                waiting += [one for one in self.linked.sums[derived.sum].cells if one != cell]
        return list(reversed(steps.values()))

    def _limiting(self, place: int) -> list[Step]:
        """The sums behind both limits, followed back to what is published."""
        steps: dict[Step, None] = {}
        waiting: list[Limit] = [(place, 0), (place, 1)]
        seen = set(waiting)
        while waiting:
            limit = waiting.pop(0)
            if limit[0] in self.derived:
                steps.update(dict.fromkeys(reversed(self._subtractions(limit[0]))))
                continue
            sums, behind = self._behind(limit)
            steps.update(dict.fromkeys(Step(number) for number in sums))
            waiting += [one for one in behind if one not in seen]
            seen.update(behind)
        return list(reversed(steps))

    def _behind(self, limit: Limit) -> tuple[tuple[int, ...], tuple[Limit, ...]]:
        """The sums that set a limit, and the limits that they rest on."""
        if proof := self.proofs.get(limit):
            return proof.sums, proof.limits
        number = self.limits.reasons.get(limit)
        if number is None:
            return (), ()
        return (number,), tuple(self._needed(number, limit))

    def _needed(self, number: int, limit: Limit) -> Iterator[Limit]:
        """A total's limit rests on its parts'; a part's on the total's and on the other parts'."""
        one = self.linked.sums[number]
        cell, side = limit
        if cell == one.total:
            yield from ((part, side) for part in one.parts)
        else:
            yield (one.total, side)
            yield from ((part, 1 - side) for part in one.parts if part != cell)
