"""Lists the cases open or offered to the viewer in the order in which they changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.records.queries.worklist import COLUMNS, ONCE, WorklistRow, worklist_row
from opennrm.records.sessions import Session, reading

# A program sees the cases of which some part is open to it; its own policy on access decides.
AFTER = (
    f"SELECT {COLUMNS} FROM nrm.worklist WHERE {{once}} "  # noqa: S608
    "AND EXISTS (SELECT 1 FROM nrm.access WHERE access.case_ref = worklist.case_ref) "
    "AND (last_fact_at, case_ref) > (%s, %s) ORDER BY last_fact_at, case_ref LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list was left: the last case that was read, and when it had changed."""

    at: datetime
    case_ref: UUID


@dataclass(frozen=True, slots=True)
class Changes:
    """Some cases in the order of their last change, and where to go on."""

    rows: tuple[WorklistRow, ...]
    after: Place | None
    is_all: bool


def changes(viewer: Session, *, after: Place | None, most: int) -> Changes:
    """List cases that changed after a place; kept, the place tells later what is new since."""
    once = ONCE if len(viewer.actor.roles) > 1 else "true"
    values = [after.at if after else "-infinity", after.case_ref if after else UUID(int=0)]
    with reading(viewer.token) as cursor:
        cursor.execute(AFTER.format(once=once), [*values, most + 1])
        rows = tuple(worklist_row(row) for row in cursor.fetchall())
    shown = rows[:most]
    last = Place(shown[-1].last_fact_at, shown[-1].case_ref) if shown else after
    return Changes(shown, last, len(rows) <= most)
