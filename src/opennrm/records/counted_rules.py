"""Keeps the copy of rule events for figures: rule, event, year and quarter, and no identity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any
from uuid import UUID, uuid4

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.projections import rule_events

Row = tuple[Any, ...]
KEPT = (
    "SELECT json_agg(json_build_array(event_ref, jurisdiction, rule, event, year, quarter, nth)) "
    "FROM statistics.rule_event JOIN nrm.rule_event_link USING (event_ref) WHERE case_ref = %s"
)
KEPT_OF = (
    "SELECT case_ref, jurisdiction, rule, event, year, quarter, nth FROM statistics.rule_event "
    "JOIN nrm.rule_event_link USING (event_ref) WHERE case_ref = ANY(%s)"
)
LOST = (
    "SELECT count(*) FROM statistics.rule_event WHERE event_ref NOT IN "
    "(SELECT event_ref FROM nrm.rule_event_link)"
)
ADD = (
    "WITH missing AS (SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], "
    "%s::int[], %s::int[], %s::int[]) AS one (event_ref, jurisdiction, rule, event, year, "
    "quarter, nth)), added AS (INSERT INTO statistics.rule_event (event_ref, jurisdiction, rule, "
    "event, year, quarter, nth) SELECT * FROM missing) "
    "INSERT INTO nrm.rule_event_link (event_ref, case_ref) SELECT event_ref, %s FROM missing"
)
UNLINK = "DELETE FROM nrm.rule_event_link WHERE event_ref = ANY(%s::uuid[])"
REMOVE = "DELETE FROM statistics.rule_event WHERE event_ref = ANY(%s::uuid[])"


def wanted(case: Case, jurisdiction: str) -> Counter[Row]:
    """Return the events that follow from the facts of a case, each as often as it happened."""
    return Counter((jurisdiction, *astuple(event)) for event in rule_events(case))


def kept(cursor: Any, case: Case) -> Sequence[Sequence[Any]]:
    """Return the events counted of a case, each behind its reference."""
    cursor.execute(KEPT, [case.case_ref])
    return cursor.fetchone()[0] or ()


def keep(
    cursor: Any, case_ref: UUID, wanted: Counter[Row], counted: Sequence[Sequence[Any]]
) -> None:
    """Bring the copy to where the facts stand: add what is missing, remove what is corrected."""
    missing = Counter(wanted)
    gone: list[str] = []
    for event_ref, *row in counted:
        if missing[tuple(row)] > 0:
            missing[tuple(row)] -= 1
        else:
            gone.append(event_ref)
    if gone:
        cursor.execute(UNLINK, [gone])
        cursor.execute(REMOVE, [gone])
    add(cursor, case_ref, missing)


def add(cursor: Any, case_ref: UUID, missing: Counter[Row]) -> None:
    """Add events to the copy, each as often as it happened."""
    rows = [(uuid4(), *values) for values in missing.elements()]
    if rows:
        cursor.execute(ADD, [*map(list, zip(*rows, strict=True)), case_ref])


def without_case(cursor: Any) -> int:
    """Count the events that belong to no case."""
    cursor.execute(LOST)
    return int(cursor.fetchone()[0])
