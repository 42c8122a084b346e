"""Finds documents by their words in several languages, and sets laws of States side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connections
from django.db.models import Q

from opennrm.coordination.models import LibraryItem

FOUND = (Path(__file__).parent / "sql" / "library_found.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Compared:
    """The laws of one State on a topic that stand on a day."""

    state: str
    laws: tuple[LibraryItem, ...]


def with_words(text: str) -> Q:
    """Return which documents have these words, in any form that their own language gives them."""
    with connections["default"].cursor() as cursor:
        cursor.execute(FOUND, [text, text])
        return Q(pk__in=[ref for (ref,) in cursor.fetchall()])


def laws_on(topic: str, *, on: date) -> Sequence[Compared]:
    """Set the laws on a topic that stand on a day side by side, State by State."""
    begun = Q(in_force_from=None) | Q(in_force_from__lte=on)
    stands = Q(in_force_until=None) | Q(in_force_until__gt=on)
    laws = LibraryItem.objects.filter(
        begun, stands, kind="law", state__isnull=False, topics__contains=[topic]
    ).select_related("state")
    by_state: dict[str, list[LibraryItem]] = {}
    for law in laws.order_by("state__name", "in_force_from", "title"):
        by_state.setdefault(str(law.state), []).append(law)
    return [Compared(state, tuple(found)) for state, found in by_state.items()]
