"""Gives the places of services in the database, and keeps who holds and who awaits one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from opennrm.casework.ports import ListedService
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.places import places_awaited, places_held
from opennrm.records import statements

HELD_COLUMNS = "service, number, offer_fact, since"
AWAITED_COLUMNS = "service, offer_fact, because, rank, since"
Row = tuple[Any, ...]


class RecordedPlaces:
    """The places of the directory, as one reader may use them within one transaction."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def listed(self, service: UUID) -> ListedService | None:
        """Find a service of the directory."""
        self._cursor.execute(statements.LISTED_SERVICE, [service])
        row = self._cursor.fetchone()
        return ListedService(*row) if row else None

    def lowest_free(self, service: UUID) -> int | None:
        """Return the lowest free number of a service of the own house; others wait meanwhile."""
        self._cursor.execute(statements.LOWEST_FREE, [service])
        number: int | None = self._cursor.fetchone()[0]
        return number

    def ahead(self, service: UUID, offer: UUID) -> int:
        """Count who waits for a place there before an offer."""
        self._cursor.execute(statements.WAITING_BEFORE, [service, offer])
        return int(self._cursor.fetchone()[0])


def held_rows(case: Case) -> Iterator[Row]:
    """Yield one row for each place the case holds."""
    for one in places_held(case):
        yield (one.listed, one.number, one.offer, one.since)


def awaited_rows(case: Case) -> Iterator[Row]:
    """Yield one row for each place the case waits for."""
    for one in places_awaited(case):
        yield (one.listed, one.offer, one.because, one.rank, one.since)
