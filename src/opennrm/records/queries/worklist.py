"""Lists the cases open or offered to the viewer, from rows that carry their own sort columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from opennrm.records.sessions import Session, reading
from opennrm.rights.jurisdictions import presets

View = Literal["all", "due", "waiting", "new", "offered"]
Sort = Literal["due", "updated", "reference"]
PAGE_SIZE = 25
COLUMNS = (
    "case_ref, role, state, reference, offer_fact, stage, urgency, majority, language, services, "
    "waiting_for, next_due_at, next_due_kind, last_fact_at, until"
)
NOT_SEEN = (
    "NOT EXISTS (SELECT 1 FROM nrm.seen WHERE seen.case_ref = worklist.case_ref "
    "AND seen.at >= worklist.last_fact_at)"
)
# Who holds several roles sees a case once: in the first of the roles it is open to.
ONCE = (
    "NOT EXISTS (SELECT 1 FROM nrm.worklist AS other WHERE other.case_ref = worklist.case_ref "
    "AND other.state = worklist.state AND other.role < worklist.role)"
)
CONDITIONS: dict[str, str] = {
    "all": "true",
    "due": "state = 'open' AND next_due_at <= %(end_of_day)s",
    "waiting": "state = 'open' AND waiting_for = 'others'",
    "new": f"state = 'open' AND {NOT_SEEN}",
    "offered": "state = 'offered'",
}
ORDERS: dict[str, str] = {
    "due": "next_due_at NULLS LAST, last_fact_at DESC, reference",
    "updated": "last_fact_at DESC, reference",
    "reference": "reference",
}


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One case on the list: only what follows from the parts open to the viewer."""

    case_ref: UUID
    role: str
    state: str
    reference: str
    offer_fact: UUID | None
    stage: str
    urgency: str | None
    majority: str | None
    language: str | None
    services: tuple[str, ...]
    waiting_for: str
    next_due_at: datetime | None
    next_due_kind: str | None
    last_fact_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """One page of the list, with how many rows there are in all."""

    rows: tuple[WorklistRow, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int]


def worklist(
    viewer: Session,
    *,
    at: datetime,
    view: View = "all",
    text: str = "",
    sort: Sort = "due",
    page: int = 1,
) -> WorklistPage:
    """List the viewer's cases: one index range, whatever the size of the record.

    `text` finds references by any part of them; names are found by `find_people`.
    """
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    values = {
        "end_of_day": _end_of_day(at, presets(viewer.actor.jurisdiction).zone),
        "text": f"%{letters}%" if letters or not text.strip() else "no such reference",
    }
    once = ONCE if len(viewer.actor.roles) > 1 else "true"
    wanted = f"{once} AND {CONDITIONS[view]} AND replace(reference, '-', '') LIKE %(text)s"
    with reading(viewer.token) as cursor:
        cursor.execute(f"SELECT count(*) FROM nrm.worklist WHERE {wanted}", values)  # noqa: S608
        total = cursor.fetchone()[0]
        pages = max(1, -(-total // PAGE_SIZE))
        page = min(max(1, page), pages)
        cursor.execute(
            f"SELECT {COLUMNS} FROM nrm.worklist WHERE {wanted} "  # noqa: S608
            f"ORDER BY {ORDERS[sort]} LIMIT {PAGE_SIZE} OFFSET {(page - 1) * PAGE_SIZE}",
            values,
        )
        rows = tuple(worklist_row(row) for row in cursor.fetchall())
        counts = _counts(cursor, once, values)
    return WorklistPage(rows, total, page, pages, counts)


def _end_of_day(at: datetime, zone: str) -> datetime:
    tomorrow = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=ZoneInfo(zone))


def worklist_row(row: tuple[object, ...]) -> WorklistRow:
    """Make a line of the list from its columns."""
    values = list(row)
    values[9] = tuple(values[9])  # type: ignore[arg-type]
    return WorklistRow(*values)  # type: ignore[arg-type]


def _counts(cursor: object, once: str, values: dict[str, object]) -> dict[str, int]:
    parts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in CONDITIONS.values())
    cursor.execute(f"SELECT {parts} FROM nrm.worklist WHERE {once}", values)  # type: ignore[attr-defined] # noqa: S608
    return dict(zip(CONDITIONS, cursor.fetchone(), strict=True))  # type: ignore[attr-defined]
