"""Keeps the copy of rule events for figures: rule, event, year and quarter, and no identity."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple
from typing import Any
from uuid import UUID, uuid4

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.projections import rule_events

Row = tuple[Any, ...]
KEPT = (
    "SELECT event_ref, jurisdiction, rule, event, year, quarter, nth FROM statistics.rule_event "
    "JOIN nrm.rule_event_link USING (event_ref) WHERE case_ref = %s"
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
    "INSERT INTO statistics.rule_event (event_ref, jurisdiction, rule, event, year, quarter, "
    "nth) VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
LINK = "INSERT INTO nrm.rule_event_link (event_ref, case_ref) VALUES (%s, %s)"
UNLINK = "DELETE FROM nrm.rule_event_link WHERE event_ref = ANY(%s)"
REMOVE = "DELETE FROM statistics.rule_event WHERE event_ref = ANY(%s)"


def wanted(case: Case, jurisdiction: str) -> Counter[Row]:
    """Return the events that follow from the facts of a case, each as often as it happened."""
    return Counter((jurisdiction, *astuple(event)) for event in rule_events(case))


def keep(cursor: Any, case: Case, jurisdiction: str) -> None:
    """Bring the copy to where the facts stand: add what is missing, remove what is corrected."""
    missing = wanted(case, jurisdiction)
    gone: list[UUID] = []
    for event_ref, *row in _rows(cursor, case.case_ref):
        if missing[tuple(row)] > 0:
            missing[tuple(row)] -= 1
        else:
            gone.append(event_ref)
    if gone:
        cursor.execute(UNLINK, [gone])
        cursor.execute(REMOVE, [gone])
    add(cursor, case.case_ref, missing)


def add(cursor: Any, case_ref: UUID, missing: Counter[Row]) -> None:
    """Add events to the copy, each as often as it happened."""
    for values in missing.elements():
        event_ref = uuid4()
        cursor.execute(ADD, [event_ref, *values])
        cursor.execute(LINK, [event_ref, case_ref])


def without_case(cursor: Any) -> int:
    """Count the events that belong to no case."""
    cursor.execute(LOST)
    return int(cursor.fetchone()[0])


def _rows(cursor: Any, case_ref: UUID) -> list[Row]:
    cursor.execute(KEPT, [case_ref])
    return [tuple(row) for row in cursor.fetchall()]
