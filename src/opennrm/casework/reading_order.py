"""Puts what was said about her in the order a decider reads it: those who know her first (R14)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from opennrm.lifecycle.facts import Fact
from opennrm.rights import registry

CIVIL_SOCIETY = frozenset({"ngo", "faith_group", "trade_union", "international_organisation"})
SAID = ("screening_recorded", "account_noted", "summary_shared", "risk_assessed")


def in_reading_order(facts: Iterable[Fact], kinds: Mapping[UUID, str]) -> tuple[Fact, ...]:
    """Return what was said about her, what organisations of civil society said first.

    `kinds` holds the kind of each organisation. Within each group the newest comes first.
    """
    said = [fact for fact in facts if fact.kind in SAID]
    newest = sorted(said, key=lambda fact: fact.at, reverse=True)
    if not registry.is_active("R14"):
        return tuple(newest)
    return tuple(sorted(newest, key=lambda fact: not is_civil(kinds.get(fact.organisation))))


def is_civil(kind: str | None) -> bool:
    """Tell whether a kind of organisation belongs to civil society."""
    return kind in CIVIL_SOCIETY
