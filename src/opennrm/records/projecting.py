"""Writes the projections of a case, in the same transaction as its facts, and rebuilds them.

A projection holds nothing that does not follow from facts and access rows; `rebuild` proves it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from typing import Any
from uuid import UUID, uuid4

from opennrm.lifecycle.case import AccessRow, Case
from opennrm.lifecycle.course_figures import CourseRow, course_row
from opennrm.lifecycle.deadlines import Deadline, deadlines
from opennrm.lifecycle.projections import (
    KEPT,
    UNKNOWN,
    StatisticsRow,
    statistics_row,
    worklist_columns,
)
from opennrm.records import counted_redress, counted_rules, own_pages, places
from opennrm.records.reference import reference
from opennrm.records.writing import Steps
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.roles import Role

STATISTICS_COLUMNS = tuple(one.name for one in (*fields(StatisticsRow), *fields(CourseRow)))
WORKLIST_COLUMNS = (
    "organisation, role, state, reference, until, offer_fact, offer_kind, "
    "from_organisation, stage, urgency, majority, language, "
    "services, waiting_for, next_due_at, next_due_kind, last_fact_at, holder, asked_to_take"
)
DEADLINE_COLUMNS = "compartment, kind, fact_ref, organisation, due_at"
NO_SIGNS = "none"
ASSIGNED = ", ".join(f"{name} = %s" for name in STATISTICS_COLUMNS)
# What is counted of a case, brought to where it stands in one statement: the row of the person,
# that of redress, then which rule events are counted already and whether her own page is open.
COUNT = (
    f"WITH person AS (UPDATE statistics.person SET {ASSIGNED} FROM"  # noqa: S608
    " nrm.statistics_link AS link "
    "WHERE link.case_ref = %s AND person.row_ref = link.row_ref RETURNING 1), "
    f"redress AS ({counted_redress.CHANGE} RETURNING 1) "
    "SELECT EXISTS (SELECT FROM person), EXISTS (SELECT FROM redress), "
    f"({counted_rules.KEPT}), ({own_pages.KEY})"
)
MARKS = ", ".join(["%s"] * (len(STATISTICS_COLUMNS) + 1))
ADD = (
    f"person AS (INSERT INTO statistics.person (row_ref, {', '.join(STATISTICS_COLUMNS)}) "  # noqa: S608
    f"VALUES ({MARKS}) RETURNING row_ref), "
    "person_link AS (INSERT INTO nrm.statistics_link (case_ref, row_ref) "
    "SELECT %s::uuid, row_ref FROM person)"
)
Row = tuple[Any, ...]


def refresh(cursor: Any, case: Case, jurisdiction: str) -> None:
    """Bring worklists, deadlines, places, figures and her own page to where the facts stand."""
    steps = Steps(cursor)
    show(steps, case, jurisdiction)
    steps.send()
    count(cursor, case, jurisdiction)


def count_new(cursor: Any, case: Case, jurisdiction: str) -> None:
    """Count a case that has just begun, of which nothing is counted yet."""
    counted_rules.add(cursor, case.case_ref, counted_rules.wanted(case, jurisdiction))
    if is_counted(case, jurisdiction):
        _add(cursor, case, jurisdiction)


def show(steps: Steps, case: Case, jurisdiction: str) -> None:
    """Add the step that renews the lists, deadlines and places of a case."""
    due = deadlines(case, presets(jurisdiction))
    shown = {
        "worklist": _named(WORKLIST_COLUMNS, worklist_rows(case, due)),
        "deadline": _named(DEADLINE_COLUMNS, deadline_rows(due)),
        "place_held": _named(places.HELD_COLUMNS, places.held_rows(case)),
        "place_awaited": _named(places.AWAITED_COLUMNS, places.awaited_rows(case)),
    }
    steps.add("show", case.case_ref, shown)


def count(cursor: Any, case: Case, jurisdiction: str) -> None:
    """Bring the copies for figures, and her own page, to where the facts stand."""
    if not case.facts:  # It was taken back with the import that made it.
        counted_rules.keep(cursor, case.case_ref, Counter(), counted_rules.kept(cursor, case))
        return
    redress = counted_redress.wanted(case, jurisdiction)
    values = [*statistics_values(case, jurisdiction), case.case_ref, *redress, case.case_ref]
    cursor.execute(COUNT, [*values, case.case_ref, case.case_ref])
    has_person, has_redress, rules, door = cursor.fetchone()
    counted = is_counted(case, jurisdiction)
    if counted and not (has_person and has_redress):
        _add(cursor, case, jurisdiction, person=not has_person, redress=not has_redress)
    wanted = counted_rules.wanted(case, jurisdiction)
    counted_rules.keep(cursor, case.case_ref, wanted, rules or ())
    if door is not None:
        own_pages.keep(cursor, case, door)


def _named(columns: str, rows: Iterable[Row]) -> list[dict[str, Any]]:
    names = columns.split(", ")
    return [dict(zip(names, row, strict=True)) for row in rows]


def worklist_rows(case: Case, due: tuple[Deadline, ...]) -> Iterator[Row]:
    """Yield one row for each organisation, role and state with a live row in the case."""
    for (organisation, role, state), rows in sorted(_by_holder(case).items(), key=_in_order):
        if state == KEPT or role == Role.ND:
            yield _kept(case, organisation, role, state, rows)
            continue
        open_to_them = frozenset(row.compartment for row in rows)
        asked = next((row.offer_fact for row in rows if state == "offered"), None)
        offer = case.fact(asked)
        columns = worklist_columns(
            case,
            compartments=open_to_them,
            organisation=organisation,
            role=role,
            deadlines=due,
            offered=state == "offered",
        )
        yield (
            organisation,
            role,
            state,
            reference(case.case_ref),
            max(row.until for row in rows),
            asked,
            offer.kind if offer else None,
            offer.organisation if offer else None,
            str(columns.stage),
            _text(columns.urgency),
            _text(columns.majority),
            columns.language,
            [str(service) for service in columns.services],
            str(columns.waiting_for),
            columns.next_due_at,
            columns.next_due_kind,
            columns.last_fact_at,
            columns.holder,
            columns.asked_to_take,
        )


def _kept(case: Case, organisation: UUID, role: str, state: str, rows: list[AccessRow]) -> Row:
    """Say of a case of which only the safety sheet is left no more than that, and until when."""
    until, since = max(row.until for row in rows), max(row.opens_at for row in rows)
    named = (organisation, role, state, reference(case.case_ref), until, None, None, None)
    return (*named, KEPT, UNKNOWN, UNKNOWN, None, [], "nobody", None, None, since, None, None)


def deadline_rows(due: tuple[Deadline, ...]) -> Iterator[Row]:
    """Yield one row for each deadline."""
    for one in due:
        yield (one.compartment, one.kind, one.fact_ref, one.organisation, one.due_at)


def statistics_values(case: Case, jurisdiction: str) -> Row:
    """Return the coarse values of a case, in the order of the copy's columns."""
    row = (
        *astuple(statistics_row(case, jurisdiction=jurisdiction)),
        *astuple(course_row(case)),
    )
    return tuple(list(value) if isinstance(value, tuple) else value for value in row)


def _text(code: str | None) -> str | None:
    return None if code is None else str(code)


def _by_holder(case: Case) -> dict[tuple[UUID, str, str], list[AccessRow]]:
    holders: dict[tuple[UUID, str, str], list[AccessRow]] = defaultdict(list)
    for row in case.access:
        if row.role is Role.ND and row.state != "open":
            continue  # what stands by, sealed, is in nobody's list
        state = KEPT if row.is_kept else row.state
        holders[(row.organisation, row.role.value, state)].append(row)
    return holders


def _in_order(item: tuple[tuple[UUID, str, str], list[AccessRow]]) -> tuple[str, str, str]:
    return str(item[0][0]), item[0][1], item[0][2]


def is_counted(case: Case, jurisdiction: str) -> bool:
    """Tell whether a case stands for a person known to the mechanism: signs, or any step after.

    A message at the front door or a contact without signs is not a person in the figures.
    """
    if not case.facts:  # It was taken back with the import that made it.
        return False
    return str(statistics_row(case, jurisdiction=jurisdiction).status) != NO_SIGNS


def _add(
    cursor: Any, case: Case, jurisdiction: str, *, person: bool = True, redress: bool = True
) -> None:
    """Add the rows of a case that are not there yet: of the person, of redress."""
    added, values = [], []
    if person:
        added.append(ADD)
        values += [uuid4(), *statistics_values(case, jurisdiction), case.case_ref]
    if redress:
        added.append(counted_redress.ADD)
        values += [*counted_redress.wanted(case, jurisdiction), uuid4(), case.case_ref]
    cursor.execute(f"WITH {', '.join(added)} SELECT 1", values)
