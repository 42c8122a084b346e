"""Two lists only: Chapman's estimate, an aside, because two lists cannot show their dependence.

Chapman 1951; variance by Seber 1970, Biometrics 26:13; limits on the logarithm of those unseen,
Chao 1987, Biometrics 43:783.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from opennrm.statistics.estimation.subsets import pairs, spelled
from opennrm.statistics.estimation.tables import ListTable

NORMAL_95 = 1.959963984540054
NORMAL_80 = 1.2815515655446004
CAVEAT = "independence cannot be checked"


@dataclass(frozen=True, slots=True)
class TwoLists:
    """What two lists alone would say."""

    lists: str
    first: int
    second: int
    both: int
    estimate: float
    low: float
    high: float


def chapman(table: ListTable) -> tuple[TwoLists, ...]:
    """Estimate from each two lists alone."""
    return tuple(_of_pair(table, pair) for pair in pairs(len(table.lists)))


def _of_pair(table: ListTable, pair: int) -> TwoLists:
    one, other = (1 << place for place in range(len(table.lists)) if pair >> place & 1)
    first, second, both = (int(table.margins[mask]) for mask in (one, other, pair))
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    spread = (first + 1) * (second + 1) * (first - both) * (second - both)
    variance = spread / ((both + 1) ** 2 * (both + 2))
    seen = first + second - both
    low, high = _limits(seen, estimate - seen, variance)
    return TwoLists(spelled(pair, table.lists), first, second, both, estimate, low, high)


def _limits(seen: int, unseen: float, variance: float) -> tuple[float, float]:
    if unseen <= 0:
        return float(seen), float(seen)
    width = math.exp(NORMAL_95 * math.sqrt(math.log(1 + variance / unseen**2)))
    return seen + unseen / width, seen + unseen * width
