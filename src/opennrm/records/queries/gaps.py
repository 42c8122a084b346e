"""Reads what people looked for and did not get, counted from ten on, and how long rest lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opennrm.records.sessions import Session, reading

UNMET = "SELECT service, lacks, groups, area, people FROM nrm.unmet_needs()"
ENDS = "SELECT service, ends FROM nrm.own_recovery_ends()"


@dataclass(frozen=True, slots=True)
class Unmet:
    """Help that at least so many people looked for and did not get, and what was missing."""

    service: str
    lacks: str
    groups: tuple[str, ...]
    area: str
    people: int


def unmet_needs(viewer: Session) -> tuple[Unmet, ...]:
    """Count what was looked for in the last four whole quarters and not found, most first."""
    with reading(viewer.token) as cursor:
        cursor.execute(UNMET)
        rows = cursor.fetchall()
    return tuple(Unmet(a, b, tuple(groups), area, people) for a, b, groups, area, people in rows)


def own_recovery_ends(viewer: Session) -> dict[UUID, date]:
    """Return until when the recovery periods last of those who live in the viewer's house."""
    with reading(viewer.token) as cursor:
        cursor.execute(ENDS)
        return dict(cursor.fetchall())
