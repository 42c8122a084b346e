"""What a release of microdata costs in privacy: zero-concentrated budgets in whole micro-units.

One unit is one millionth of rho (zCDP; Bun and Steinke 2016). Whole numbers add up exactly, so a
budget is never passed by a rounding error. Epsilon is for the reader only, by the conversion of
Canonne, Kamath and Steinke (2020).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

MICRO = 1_000_000
LARGEST_DELTA = 1e-6
UNIT_OF_PRIVACY = "one person, added or left out"
_STEPS = 200


class BudgetRefused(ValueError):
    """A release that would cost more privacy than is left, or promise too little of it."""


@dataclass(frozen=True)
class Budget:
    """The lifetime cap of a group of persons and what releases about them have spent, in units.

    The ledger holds the row locked while it asks, and writes the charge before noise is drawn.
    """

    cap: int
    spent: int = 0

    def charged(self, units: int) -> Budget:
        """The budget after one more release.

        :raises BudgetRefused: when the release would pass the cap.
        """
        if units <= 0:
            raise BudgetRefused("A release costs at least one unit of privacy; ask for more.")
        if self.spent + units > self.cap:
            raise BudgetRefused(
                f"This release costs {units:,} units and only {self.cap - self.spent:,} of "
                f"{self.cap:,} are left for these persons. Publish tables, or a smaller release."
            )
        return Budget(self.cap, self.spent + units)


@dataclass(frozen=True)
class Promise:
    """What is promised to each person: units of rho, and the same as epsilon at a delta."""

    units: int
    delta: float

    @property
    def rho(self) -> float:
        """The zero-concentrated parameter."""
        return self.units / MICRO

    @property
    def epsilon(self) -> float:
        """The epsilon that goes with the delta."""
        return epsilon_of(self.rho, self.delta)

    def parts(self, *shares: float) -> tuple[int, ...]:
        """The units split by shares of the whole; the last part takes what is left."""
        first = [int(self.units * share) for share in shares]
        return (*first, self.units - sum(first))


def promise_of(epsilon: float, delta: float = LARGEST_DELTA) -> Promise:
    """The largest budget, in whole units, that keeps an epsilon and a delta.

    :raises BudgetRefused: when delta is above one millionth, or epsilon cannot be kept.
    """
    if not 0 < delta <= LARGEST_DELTA:
        raise BudgetRefused(f"Delta is at most {LARGEST_DELTA:g} here; choose that or less.")
    if not 0 < epsilon <= 10:
        raise BudgetRefused("Epsilon lies above 0 and at most at 10; 1 is a careful choice.")
    rho = _bisected(lambda one: delta_of(one, epsilon) <= delta, 0.0, epsilon + 1.0)
    units = int(rho * MICRO)
    if units < 100:
        raise BudgetRefused("So small an epsilon leaves nothing but noise; choose 0.1 or more.")
    return Promise(units, delta)


def delta_of(rho: float, epsilon: float) -> float:
    """The delta that goes with an epsilon under rho (Canonne, Kamath, Steinke 2020, prop. 12)."""

    def exponent(alpha: float) -> float:
        moved = (alpha - 1) * (alpha * rho - epsilon) + alpha * math.log1p(-1 / alpha)
        return moved - math.log(alpha - 1)

    low, high = 1.01, max((epsilon + 1) / (2 * rho) + 2, 10.0)
    for _ in range(_STEPS):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, right) if exponent(left) < exponent(right) else (left, high)
    return math.exp(min(0.0, exponent((low + high) / 2)))


def epsilon_of(rho: float, delta: float) -> float:
    """The smallest epsilon that goes with a delta under rho."""
    highest = rho + 2 * math.sqrt(rho * math.log(1 / delta))
    return highest - _bisected(
        lambda less: delta_of(rho, highest - less) <= delta, 0.0, highest - rho
    )


def _bisected(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The largest value between two for which something still holds."""
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
