"""Sentences that several members share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from opennrm.statistics.estimation.hierarchies import Model
from opennrm.statistics.estimation.results import Member
from opennrm.statistics.estimation.subsets import spelled
from opennrm.statistics.estimation.tables import ListTable

FAR = 20
"""Others cut the unseen at this many times the seen; here it is said instead."""
NOTED_CHANGE = 1.25


def linked(table: ListTable, links: Model) -> str:
    """Say which lists are linked."""
    if not links:
        return "it found no link"
    return f"it links {joined(spelled(one, table.lists) for one in links)}"


def joined(words: Iterable[str]) -> str:
    """Join words with commas."""
    return ", ".join(words)


def noting(member: Member, warnings: Iterable[str]) -> Member:
    """Add warnings to a member."""
    return replace(member, warnings=(*member.warnings, *warnings))


def far_beyond(table: ListTable, member: Member) -> Member:
    """Warn where far more are estimated than were seen."""
    if member.estimate is None or member.estimate <= (1 + FAR) * table.people:
        return member
    return noting(member, [f"More than {FAR} times as many unseen as seen."])


def differ(first: float, second: float) -> bool:
    """Say whether two estimates differ enough to be named."""
    return max(first, second) > NOTED_CHANGE * min(first, second)


def without_estimate(method: str, label: str, reason: str) -> Member:
    """Give a member that has nothing to say, and why."""
    return Member(method, label, None, None, "", (), "", (), (f"No estimate: {reason}.",))
