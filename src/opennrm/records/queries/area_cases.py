"""The cases of one kind of work that are open to the viewer, and what is due in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from opennrm.lifecycle.case import Case
from opennrm.records import statements
from opennrm.records.folding import fact_of
from opennrm.records.queries.worklist import ONCE
from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading

PAGE_SIZE = 25
MOST_DUE = 100
# The policies leave only rows of parts that are open to the reader.
DUE = (
    "SELECT case_ref, kind, due_at FROM nrm.deadline WHERE kind = ANY(%s) "
    "AND case_ref IN (SELECT case_ref FROM nrm.access WHERE state = 'open') "
    "ORDER BY due_at, case_ref LIMIT %s"
)
# Sorted first and looked into one by one, so that a page ends with its last case.
CASES = (
    f"SELECT case_ref FROM (SELECT case_ref FROM nrm.worklist WHERE state = 'open' AND {ONCE} "  # noqa: S608
    "ORDER BY next_due_at NULLS LAST, case_ref OFFSET 0) AS own "
    "WHERE EXISTS (SELECT 1 FROM nrm.fact WHERE fact.case_ref = own.case_ref "
    "AND kind = ANY(%s)) LIMIT %s OFFSET %s"
)
FACTS = (
    f"SELECT {statements.VISIBLE_COLUMNS} FROM nrm.fact "  # noqa: S608
    "WHERE case_ref = ANY(%s) AND kind = ANY(%s) ORDER BY case_ref, at, compartment, sequence"
)


@dataclass(frozen=True, slots=True)
class DueInArea:
    """Something due: which timer, when, in which case."""

    case_ref: UUID
    reference: str
    kind: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class AreaPage:
    """One page of the cases of an area, folded from its kinds of facts, and whether more come."""

    cases: tuple[Case, ...]
    page: int
    has_more: bool


def due_in_area(viewer: Session, timers: Iterable[str]) -> tuple[DueInArea, ...]:
    """List what is due by some timers in all cases open to the viewer, the earliest first."""
    with reading(viewer.token) as cursor:
        cursor.execute(DUE, [list(timers), MOST_DUE])
        return tuple(
            DueInArea(case_ref, reference(case_ref), kind, due_at)
            for case_ref, kind, due_at in cursor.fetchall()
        )


def area_cases(viewer: Session, kinds: Iterable[str], *, page: int = 1) -> AreaPage:
    """Fold the cases in which something of these kinds is open to the viewer, next due first."""
    wanted = list(kinds)
    with reading(viewer.token) as cursor:
        cursor.execute(CASES, [wanted, PAGE_SIZE + 1, (page - 1) * PAGE_SIZE])
        found = [case_ref for (case_ref,) in cursor.fetchall()]
        shown = found[:PAGE_SIZE]
        cursor.execute(FACTS, [shown, wanted])
        facts = [fact_of(row) for row in cursor.fetchall()]
    folded = {
        case_ref: Case(case_ref, tuple(own))
        for case_ref, own in groupby(facts, key=lambda fact: fact.case_ref)
    }
    cases = tuple(folded[one] for one in shown if one in folded)
    return AreaPage(cases, page, len(found) > PAGE_SIZE)
