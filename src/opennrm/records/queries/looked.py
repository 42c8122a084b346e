"""Reads from the journal who opened sealed parts of a case, by organisation and role (R51)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.access_log import Seen
from opennrm.records.reference import begins_with
from opennrm.records.sessions import Session, reading

# Answers with nothing where the viewer does not keep her consents.
WHO_LOOKED = (
    "SELECT organisation, role, compartment, first_at, last_at, times, purposes "
    "FROM nrm.who_looked(%s)"
)
OFFICER_LOG = (
    "SELECT organisation, worker, action, compartments, purposes, at "
    "FROM nrm.officer_reads_log(%s)"
)
UNUSUAL = "SELECT organisation, worker, what, on_day, cases FROM nrm.unusual_readings()"


def who_looked(viewer: Session, case_ref: UUID) -> tuple[Seen, ...]:
    """List who opened sealed parts of a case, the latest first; workers are not named."""
    with reading(viewer.token) as cursor:
        cursor.execute(WHO_LOOKED, [case_ref])
        rows = cursor.fetchall()
    return tuple(
        Seen(house, role, part, first_at, last_at, times, tuple(purposes))
        for house, role, part, first_at, last_at, times, purposes in rows
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of sealed parts, for the data-protection officer: who, what, for what, when."""

    organisation: UUID
    worker: str
    action: str
    compartments: tuple[str, ...]
    purposes: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Unusual:
    """That somebody read more than usual on a day: how, and how many cases."""

    organisation: UUID
    worker: str
    what: str
    on_day: date
    cases: int


def officer_log(viewer: Session, spoken: str) -> tuple[Reading, ...]:
    """List who read a case, by the reference that was read out; her own look is in the log.

    Nothing for anybody but a data-protection officer of the State the case is in.
    """
    with reading(viewer.token) as cursor:
        cursor.execute(OFFICER_LOG, [begins_with(spoken)])
        return tuple(
            Reading(house, worker, action, tuple(parts), tuple(purposes or ()), at)
            for house, worker, action, parts, purposes, at in cursor.fetchall()
        )


def unusual_readings(viewer: Session) -> tuple[Unusual, ...]:
    """List the unusual readings of the viewer's State; nothing but for its officers."""
    with reading(viewer.token) as cursor:
        cursor.execute(UNUSUAL)
        return tuple(Unusual(*row) for row in cursor.fetchall())
