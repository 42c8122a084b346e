"""The headline: a range over the members that pass, the highest and the lowest, and why."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from opennrm.statistics.estimation.results import Headline, Member
from opennrm.statistics.estimation.subsets import spelled
from opennrm.statistics.estimation.tables import ListTable
from opennrm.statistics.estimation.wording import joined

WIDEST_RATIO = 2.0


def headline_of(table: ListTable, members: Sequence[Member]) -> Headline:
    """Say what the members that pass say together; there must be two or more."""
    passing = [member for member in members if member.passes]
    lowest = min(passing, key=lambda member: member.figure)
    highest = max(passing, key=lambda member: member.figure)
    limits = [member.limits for member in passing if member.limits]
    low, high = rounded_range(lowest.figure, highest.figure, table.people)
    limits_low, limits_high = rounded_range(
        min(one.low for one in limits), max(one.high for one in limits), table.people
    )
    limits_low, limits_high = min(limits_low, low), max(limits_high, high)
    ratio = highest.figure / lowest.figure
    determined = ratio <= WIDEST_RATIO
    says = (
        *_undetermined(determined),
        f"Between {low:,} and {high:,} people, the {table.people:,} who were seen among them, by "
        f"{len(passing)} methods.",
        f"Allowing for chance inside each method: between {limits_low:,} and {limits_high:,}.",
        f"Lowest: {lowest.label}, {lowest.figure:,.0f}. {lowest.tells}",
        f"Highest: {highest.label}, {highest.figure:,.0f}. {highest.tells}",
        _why(table, lowest, highest),
        *_left_out(members),
    )
    return Headline(
        low,
        high,
        limits_low,
        limits_high,
        lowest.method,
        highest.method,
        ratio,
        determined,
        says,
    )


def rounded_range(low: float, high: float, people: int) -> tuple[int, int]:
    """Round a range to two figures, outwards where it would close; never below those seen."""
    first, second = (_to_step(one, _step(one), round) for one in (low, high))
    if first >= second:
        step = _step(high)
        first, second = _to_step(low, step, math.floor), _to_step(high, step, math.ceil)
        second += step if first == second else 0
    first = max(first, people)
    return first, max(second, first + 1)


def _step(number: float) -> int:
    """Give the unit of the second figure of a number."""
    return int(10 ** max(0, math.floor(math.log10(max(number, 1.0))) - 1))


def _to_step(number: float, step: int, rounding: Callable[[float], int]) -> int:
    return rounding(number / step) * step


def _undetermined(determined: bool) -> tuple[str, ...]:
    if determined:
        return ()
    return (
        "The data do not determine this figure: the methods differ by more than "
        f"{WIDEST_RATIO:g} times.",
    )


def _why(table: ListTable, lowest: Member, highest: Member) -> str:
    """Say in which links the highest and the lowest differ."""
    more = [spelled(one, table.lists) for one in highest.links if one not in lowest.links]
    fewer = [spelled(one, table.lists) for one in lowest.links if one not in highest.links]
    parts = []
    if more:
        parts.append(f"only the highest takes these lists as linked: {joined(more)}")
    if fewer:
        parts.append(f"only the lowest takes these as linked: {joined(fewer)}")
    if not parts:
        return "Both take the same lists as linked; they differ in how they weigh what is rare."
    return (
        f"Why they differ: {'; '.join(parts)}. Which is right cannot be seen in the lists "
        "themselves."
    )


def _left_out(members: Sequence[Member]) -> tuple[str, ...]:
    out = [member.label for member in members if not member.passes]
    return (f"Left out, because a check fails: {joined(out)}.",) if out else ()
