"""What the night duty of a house may find: what stands by sealed, is asked for, and is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.records import statements
from opennrm.records.queries.casepage import case_page
from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading
from opennrm.vocabulary.roles import Role

PART, KIND = "D16", "safety_sheet_written"
PARTS = "SELECT compartment FROM nrm.parts_standing_by(%s)"
ASKED = "SELECT case_ref, asked, part, reason, at, worker, is_own FROM nrm.emergencies_asked()"
PARTS_OPEN = (
    "SELECT compartment, max(until) FROM nrm.access WHERE role = 'ND' AND state = 'open' "
    "AND case_ref = %s AND compartment <> 'D16' GROUP BY compartment ORDER BY compartment"
)
OPEN_NOW = (
    "SELECT case_ref, max(until) FILTER (WHERE compartment = 'D16') FROM nrm.access "
    "WHERE role = 'ND' AND state = 'open' AND case_ref IN (SELECT case_ref FROM nrm.worklist) "
    "GROUP BY case_ref ORDER BY case_ref"
)


@dataclass(frozen=True, slots=True)
class NightSheet:
    """The newest sheet of one person in the house, as far as it is open, and until when."""

    case_ref: UUID
    reference: str
    until: datetime | None
    told: Mapping[str, str]
    language: str | None


@dataclass(frozen=True, slots=True)
class OpenPart:
    """One part of one person's file that is open for the night, opened, and until when."""

    part: str
    until: datetime
    told: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Whereabouts a worker of the house asked for, which wait for a second person."""

    case_ref: UUID
    reference: str
    asked: UUID
    part: str
    reason: str
    at: datetime
    worker: str
    is_own: bool


def parts_standing_by(viewer: Session, case_ref: UUID) -> tuple[str, ...]:
    """List the parts of a case, beside the sheet, that stand by for the viewer's night duty."""
    with reading(viewer.token) as cursor:
        cursor.execute(PARTS, [case_ref])
        return tuple(part for (part,) in cursor.fetchall())


def asked_for(viewer: Session) -> tuple[AskedFor, ...]:
    """List what was asked for in the viewer's house within the hour and nobody agreed to yet."""
    with reading(viewer.token) as cursor:
        cursor.execute(ASKED)
        return tuple(AskedFor(row[0], reference(row[0]), *row[1:]) for row in cursor.fetchall())


def parts_open(viewer: Session, case_ref: UUID, *, at: datetime) -> tuple[OpenPart, ...]:
    """Read the parts beside the sheet that are open to the viewer's night; reading is logged."""
    with reading(viewer.token) as cursor:
        cursor.execute(PARTS_OPEN, [case_ref])
        rows = cursor.fetchall()
    if not rows:
        return ()
    page = case_page(viewer, case_ref, at=at, opened=tuple(part for part, _until in rows))
    return tuple(
        OpenPart(
            part,
            until,
            tuple(
                entry.told
                for entry in page.timeline
                if entry.fact.compartment == part and entry.told and not entry.is_replaced
            ),
        )
        for part, until in rows
    )


def standing_by(viewer: Session) -> tuple[UUID, ...]:
    """List the cases of which a sheet stands by for the viewer and is not open now."""
    if Role.ND not in viewer.actor.roles:
        return ()
    with reading(viewer.token) as cursor:
        cursor.execute(statements.STANDING_BY)
        return tuple(ref for (ref,) in cursor.fetchall())


def sheets_open(viewer: Session, *, at: datetime) -> tuple[NightSheet, ...]:
    """Read every sheet that is open to the viewer's night duty; each reading is logged.

    A person of whom another part alone is open comes without a sheet.
    """
    with reading(viewer.token) as cursor:
        cursor.execute(OPEN_NOW)
        rows = cursor.fetchall()
    return tuple(_sheet(viewer, case_ref, until, at) for case_ref, until in rows)


def _sheet(viewer: Session, case_ref: UUID, until: datetime | None, at: datetime) -> NightSheet:
    if until is None:
        return NightSheet(case_ref, reference(case_ref), None, {}, None)
    page = case_page(viewer, case_ref, at=at, opened=(PART,))
    written = [e for e in page.timeline if e.fact.kind == KIND and e.told is not None]
    newest = written[0] if written else None
    return NightSheet(
        case_ref=case_ref,
        reference=reference(case_ref),
        until=until,
        told=(newest.told if newest else None) or {},
        language=newest.fact.text("language") if newest else None,
    )
