"""What the night duty of a house may find: how many sheets stand by, and those that are open."""

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
OPEN_NOW = (
    "SELECT case_ref, max(until) FROM nrm.access WHERE role = 'ND' AND state = 'open' "
    "GROUP BY case_ref ORDER BY case_ref"
)


@dataclass(frozen=True, slots=True)
class NightSheet:
    """The newest sheet of one person in the house, as far as its key is held, and until when."""

    case_ref: UUID
    reference: str
    until: datetime
    told: Mapping[str, str]
    language: str | None


def standing_by(viewer: Session) -> tuple[UUID, ...]:
    """List the cases of which a sheet stands by for the viewer and is not open now."""
    if Role.ND not in viewer.actor.roles:
        return ()
    with reading(viewer.token) as cursor:
        cursor.execute(statements.STANDING_BY)
        return tuple(ref for (ref,) in cursor.fetchall())


def sheets_open(viewer: Session, *, at: datetime) -> tuple[NightSheet, ...]:
    """Read every sheet that is open to the viewer's night duty; each reading is logged."""
    with reading(viewer.token) as cursor:
        cursor.execute(OPEN_NOW)
        rows = cursor.fetchall()
    return tuple(_sheet(viewer, case_ref, until, at) for case_ref, until in rows)


def _sheet(viewer: Session, case_ref: UUID, until: datetime, at: datetime) -> NightSheet:
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
