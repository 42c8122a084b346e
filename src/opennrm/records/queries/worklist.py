"""Lists the cases open or offered to the viewer, from rows that carry their own sort columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading
from opennrm.rights.jurisdictions import presets

View = Literal["all", "due", "waiting", "new", "offered", "mine", "handed"]
Sort = Literal["due", "updated", "reference"]
PAGE_SIZE = 25
MOST_COUNTED = 1000  # beyond it a list says "more than", so that counting stays cheap
COLUMNS = (
    "case_ref, role, state, reference, offer_fact, stage, urgency, majority, language, services, "
    "waiting_for, next_due_at, next_due_kind, last_fact_at, until, holder, asked_to_take"
)
NOT_SEEN = (
    "NOT EXISTS (SELECT 1 FROM nrm.seen WHERE seen.case_ref = worklist.case_ref "
    "AND seen.at >= worklist.last_fact_at OFFSET 0)"
)
# Who holds several roles sees a case once: in the first of the roles it is open to.
ONCE = (
    "NOT EXISTS (SELECT 1 FROM nrm.worklist AS other WHERE other.case_ref = worklist.case_ref "
    "AND other.state = worklist.state AND other.role < worklist.role)"
)
# Who holds one role reads one range of an index, in its order; the policy decides all the same.
OWN_RANGE = "organisation = %(organisation)s AND role = %(role)s"
# What is new is asked of one row after the other, in the order of the list and until a page is
# full: it costs a look each, and of a long list most was seen.
ONE_BY_ONE = {"new": NOT_SEEN}
CONDITIONS: dict[str, str] = {
    "all": "true",
    "due": "state = 'open' AND next_due_at <= %(end_of_day)s",
    "waiting": "state = 'open' AND waiting_for = 'others'",
    "new": "state = 'open'",
    "offered": "state = 'offered'",
    "mine": "state = 'open' AND holder = %(viewer)s",
    "handed": "state = 'open' AND asked_to_take = %(viewer)s",
}
# What a list can be narrowed by, and what then holds of a row.
NARROWED: dict[str, str] = {
    "danger": "urgency = ANY (%(danger)s)",
    "majority": "majority = %(majority)s",
    "waiting_for": "waiting_for = %(waiting_for)s",
    "stage": "stage = %(stage)s",
    "nobody_holds": "holder IS NULL",
}
LEVELS = {"high": ["high", "imminent"], "imminent": ["imminent"]}
ORDERS: dict[str, str] = {
    "due": "next_due_at NULLS LAST, last_fact_at DESC, reference",
    "updated": "last_fact_at DESC, reference",
    "reference": "reference",
}


# Nothing is known to the planner of what names a case, on purpose, so that it takes the list of a
# large house for a few rows and reads all of them first. A list is read in its order instead until
# a page is full or enough is counted; for the transaction of the list alone. What few rows are is
# taken by the index that knows them, and put in order.
IN_ORDER = (
    "SELECT set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', %s, true)"
)
FEW = frozenset({"mine", "handed", "offered"})


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
    holder: UUID | None
    asked_to_take: UUID | None


SHEETS_LEFT = (
    "SELECT case_ref, max(least(until, nrm.reader_closed_since() + interval '90 days')) "
    "FROM nrm.access WHERE compartment = 'D16' GROUP BY case_ref ORDER BY case_ref"
)


@dataclass(frozen=True, slots=True)
class SheetLeft:
    """A safety sheet that stays readable to a house which no agreement binds any more."""

    case_ref: UUID
    reference: str
    until: datetime


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """One page of the list, with how many rows there are: at most one more than are counted."""

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
    only: Mapping[str, str] = MappingProxyType({}),
) -> WorklistPage:
    """List the viewer's cases: one index range, whatever the size of the record.

    `text` finds references by any part of them; names are found by `find_people`. `only` narrows
    the list by what its rows carry: danger, majority, waiting_for, stage, nobody_holds.
    """
    values = _values(viewer, at, text, only)
    once = ONCE if len(viewer.actor.roles) > 1 else OWN_RANGE
    wanted = " AND ".join((once, CONDITIONS[view], *_narrowing(text, only)))
    is_narrowed = bool(text.strip() or only)
    then = ONE_BY_ONE.get(view, "true")
    with reading(viewer.token) as cursor:
        cursor.execute(IN_ORDER, ["on" if view in FEW else "off"])
        asked = {"wanted": f"{wanted} AND {then}"} if is_narrowed else {}
        counts = _counts(cursor, asked | _each(once), values)
        total = counts.pop("wanted") if is_narrowed else counts[view]
        pages = max(1, -(-total // PAGE_SIZE))
        page = max(1, page if total > MOST_COUNTED else min(page, pages))
        cursor.execute(
            f"SELECT {COLUMNS} FROM (SELECT {COLUMNS} FROM nrm.worklist WHERE {wanted} "  # noqa: S608
            f"ORDER BY {ORDERS[sort]} OFFSET 0) AS worklist WHERE {then} "
            f"ORDER BY {ORDERS[sort]} LIMIT {PAGE_SIZE} OFFSET {(page - 1) * PAGE_SIZE}",
            values,
        )
        rows = tuple(worklist_row(row) for row in cursor.fetchall())
    return WorklistPage(rows, total, page, pages, counts)


def sheets_left(viewer: Session) -> tuple[SheetLeft, ...]:
    """List the safety sheets that are all a house may still read, each until its day."""
    with reading(viewer.token) as cursor:
        cursor.execute(SHEETS_LEFT)
        return tuple(SheetLeft(ref, reference(ref), until) for ref, until in cursor.fetchall())


def _values(
    viewer: Session, at: datetime, text: str, only: Mapping[str, str]
) -> dict[str, object]:
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    return {
        **only,
        "danger": LEVELS.get(only.get("danger", ""), []),
        "end_of_day": _end_of_day(at, presets(viewer.actor.jurisdiction).zone),
        "text": f"%{letters}%" if letters else "no such reference",
        "viewer": viewer.actor.account,
        "organisation": viewer.actor.organisation,
        "role": next((role.value for role in viewer.actor.roles), ""),
    }


def _narrowing(text: str, only: Mapping[str, str]) -> list[str]:
    found = [NARROWED[name] for name in only]
    return [*found, "replace(reference, '-', '') LIKE %(text)s"] if text.strip() else found


def _each(once: str) -> dict[str, str]:
    return {
        view: f"{once} AND {condition} AND {ONE_BY_ONE.get(view, 'true')}"
        for view, condition in CONDITIONS.items()
    }


def _end_of_day(at: datetime, zone: str) -> datetime:
    tomorrow = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=ZoneInfo(zone))


def worklist_row(row: tuple[object, ...]) -> WorklistRow:
    """Make a line of the list from its columns."""
    values = list(row)
    values[9] = tuple(values[9])  # type: ignore[arg-type]
    return WorklistRow(*values)  # type: ignore[arg-type]


def _counts(
    cursor: Any, conditions: Mapping[str, str], values: Mapping[str, object]
) -> dict[str, int]:
    """Count rows up to one more than are counted, each condition by itself."""
    one = "(SELECT count(*) FROM (SELECT FROM nrm.worklist WHERE {} LIMIT {}) AS counted)"
    parts = ", ".join(one.format(each, MOST_COUNTED + 1) for each in conditions.values())
    cursor.execute(f"SELECT {parts}", values)
    return dict(zip(conditions, cursor.fetchone(), strict=True))
