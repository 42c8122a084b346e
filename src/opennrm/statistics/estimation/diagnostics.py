"""Questions to a table that its own lists can answer: does the method find what is known?

Binette, Steorts 2022, Journal of the Royal Statistical Society A 185:640: the people of one list
are a population of known size, so estimate it from the others; and leave each list out in turn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from opennrm.statistics.estimation.loglinear import overlapping_triangle
from opennrm.statistics.estimation.resampling import Resampled, resample
from opennrm.statistics.estimation.stepwise import stepwise_estimates
from opennrm.statistics.estimation.tables import ListTable, TableRefused

FEWEST_LISTS = 3
SAMPLES = 200


@dataclass(frozen=True, slots=True)
class Consistency:
    """The known size of a list beside what the other lists make of it."""

    name: str
    known: int
    estimate: float | None
    low: float | None
    high: float | None
    says: str

    @property
    def holds(self) -> bool | None:
        """Whether the known size lies within the limits; None where it could not be asked."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.known <= self.high


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The estimate without one list, and its ratio to the one with all."""

    name: str
    people: int
    estimate: float | None
    low: float | None
    high: float | None
    ratio: float | None
    says: str


def consistency(table: ListTable, *, samples: int = SAMPLES, seed: int) -> tuple[Consistency, ...]:
    """Estimate the size of each list from the others, stepwise."""
    return tuple(_of_list(table, name, samples, seed) for name in table.lists)


def leave_one_out(table: ListTable, *, samples: int = SAMPLES, seed: int) -> tuple[LeftOut, ...]:
    """Estimate everyone without each list in turn, stepwise."""
    whole = float(stepwise_estimates(table.dense[None])[0])
    return tuple(_without(table, name, whole, (samples, seed)) for name in table.lists)


def _of_list(table: ListTable, name: str, samples: int, seed: int) -> Consistency:
    known = int(table.margins[1 << table.lists.index(name)])
    try:
        part = table.on_list(name)
    except TableRefused:
        return Consistency(name, known, None, None, None, "It shares nobody with other lists.")
    reason = _unfit(part)
    if reason:
        return Consistency(name, known, None, None, None, f"Among its people {reason}.")
    again = resample(part, stepwise_estimates, samples, seed)
    found = Consistency(name, known, *_figures(again), "")
    says = {
        True: "The known size lies within the limits.",
        False: "The known size lies outside the limits: the method fails on this list.",
        None: "The limits are not finite.",
    }[found.holds]
    return Consistency(name, known, *_figures(again), says)


def _without(table: ListTable, name: str, whole: float, drawing: tuple[int, int]) -> LeftOut:
    part = table.without(name)
    reason = _unfit(part)
    if reason:
        return LeftOut(name, part.people, None, None, None, None, f"Without it {reason}.")
    estimate, low, high = _figures(resample(part, stepwise_estimates, *drawing))
    ratio = estimate / whole if estimate is not None and math.isfinite(whole) else None
    return LeftOut(name, part.people, estimate, low, high, ratio, "")


def _unfit(table: ListTable) -> str:
    """Say why a smaller table cannot be used; empty where it can."""
    if len(table.lists) < FEWEST_LISTS:
        return "fewer than three lists are left"
    if not overlapping_triangle(table):
        return "no three lists overlap two by two"
    return ""


def _figures(again: Resampled) -> tuple[float | None, float | None, float | None]:
    low, high = again.interval
    return _finite(again.estimate), _finite(low), _finite(high)


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def failing(found: tuple[Consistency, ...]) -> Iterator[str]:
    """Name the lists whose known size lies outside the limits."""
    return (one.name for one in found if one.holds is False)
