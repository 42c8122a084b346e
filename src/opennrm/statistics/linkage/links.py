"""Links between records as decisions of people: added to, taken back, never a merged record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from opennrm.statistics.linkage.matching import Answer


@dataclass(frozen=True)
class Decision:
    """What somebody decided about two records; a later decision on the same two replaces it."""

    first: str
    second: str
    answer: Answer
    by: str
    at: datetime
    why: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two records, in one order."""
        return (min(self.first, self.second), max(self.first, self.second))


def standing(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The decision that counts for each two records: the latest."""
    found: dict[tuple[str, str], Decision] = {}
    for one in sorted(decisions, key=lambda decision: decision.at):
        found[one.pair] = one
    return found


def persons(keys: Iterable[str], decisions: Iterable[Decision]) -> list[frozenset[str]]:
    """Records grouped by the person they are taken to be of; each record stays as it is.

    Taking a link back and grouping again gives what was there before it.
    """
    group = {key: frozenset((key,)) for key in keys}
    for (first, second), one in standing(decisions).items():
        if one.answer is Answer.LIKELY_SAME and {first, second} <= group.keys():
            joined = group[first] | group[second]
            group |= dict.fromkeys(joined, joined)
    return sorted(set(group.values()), key=min)


def contradictions(decisions: Iterable[Decision]) -> list[tuple[str, str]]:
    """Pairs decided to be two persons whom other links join to one; somebody must look again."""
    counted: Mapping[tuple[str, str], Decision] = standing(decisions)
    keys = {key for pair in counted for key in pair}
    together = persons(keys, counted.values())
    return [
        pair
        for pair, one in counted.items()
        if one.answer is Answer.LIKELY_DIFFERENT and any(set(pair) <= group for group in together)
    ]
