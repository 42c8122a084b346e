"""Lists the places of the viewer's house, who waits for one, and how many are taken anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading

PLACES = "SELECT service, number, case_ref, since FROM nrm.own_places()"
WAITING = "SELECT service, place, case_ref, because, since FROM nrm.own_waiting()"
# The function that counts the free places of a service, for who may read the directory.
FREE_PLACES = "nrm.free_places"
TAKEN = "SELECT service, taken, waiting FROM nrm.places_taken()"


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place of a service of the house; its case only where that is open to the viewer."""

    service: UUID
    number: int
    case_ref: UUID | None
    since: datetime | None

    @property
    def reference(self) -> str:
        """Return the short reference of the case."""
        return reference(self.case_ref) if self.case_ref else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits for a place of a service of the house, in the order of the list."""

    service: UUID
    place: int
    case_ref: UUID | None
    because: str
    since: datetime

    @property
    def reference(self) -> str:
        """Return the short reference of the case."""
        return reference(self.case_ref) if self.case_ref else ""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many places of a service are held, and how many people wait."""

    held: int
    waiting: int


def own_places(viewer: Session) -> tuple[OwnPlace, ...]:
    """List the places of the services of the viewer's house, taken or free."""
    with reading(viewer.token) as cursor:
        cursor.execute(PLACES)
        return tuple(OwnPlace(*row) for row in cursor.fetchall())


def own_waiting(viewer: Session) -> tuple[Waiting, ...]:
    """List who waits for a place of the viewer's house, in order."""
    with reading(viewer.token) as cursor:
        cursor.execute(WAITING)
        return tuple(Waiting(*row) for row in cursor.fetchall())


def places_taken(viewer: Session) -> dict[UUID, Taken]:
    """Count the places held and the people waiting, by service; nothing without the directory."""
    with reading(viewer.token) as cursor:
        cursor.execute(TAKEN)
        return {service: Taken(held, waiting) for service, held, waiting in cursor.fetchall()}
