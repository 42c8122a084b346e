"""Writes the projections of a case, in the same transaction as its facts, and rebuilds them.

A projection holds nothing that does not follow from facts and access rows; `rebuild` proves it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
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
from opennrm.records import counted_redress, counted_rules, own_pages, places, statements
from opennrm.records.reference import reference
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.roles import Role

STATISTICS_COLUMNS = tuple(one.name for one in (*fields(StatisticsRow), *fields(CourseRow)))
WORKLIST_COLUMNS = (
    "organisation, role, state, reference, until, offer_fact, offer_kind, "
    "from_organisation, stage, urgency, majority, language, "
    "services, waiting_for, next_due_at, next_due_kind, last_fact_at, holder, asked_to_take"
)
DEADLINE_COLUMNS = "compartment, kind, fact_ref, organisation, due_at"
LISTED = ("worklist", "deadline", "place_held", "place_awaited")
UNLIST = "WITH {} SELECT".format(
    ", ".join(
        f"{table} AS (DELETE FROM nrm.{table} WHERE case_ref = %s)"  # noqa: S608
        for table in LISTED
    )
)
NO_SIGNS = "none"
Row = tuple[Any, ...]


def refresh(cursor: Any, case: Case) -> None:
    """Bring worklists, deadlines, places, figures and her own page to where the facts stand."""
    jurisdiction = jurisdiction_of(cursor, case.case_ref)
    with statements.together(cursor):
        cursor.execute(UNLIST, [case.case_ref] * len(LISTED))
        _list(cursor, case, jurisdiction)
    counted = is_counted(case, jurisdiction)
    _keep_statistics(cursor, case, jurisdiction, is_counted=counted)
    counted_rules.keep(cursor, case, jurisdiction)
    counted_redress.keep(cursor, case, jurisdiction, is_counted=counted)
    own_pages.refresh(cursor, case)


def begin(cursor: Any, case: Case, jurisdiction: str) -> None:
    """Write the projections of a case that has just begun, of which none are there yet."""
    _list(cursor, case, jurisdiction)
    counted_rules.add(cursor, case.case_ref, counted_rules.wanted(case, jurisdiction))
    if is_counted(case, jurisdiction):
        _add_statistics(cursor, case, jurisdiction)
        counted_redress.add(cursor, case, jurisdiction)


def _list(cursor: Any, case: Case, jurisdiction: str) -> None:
    due = deadlines(case, presets(jurisdiction))
    _insert(cursor, "worklist", WORKLIST_COLUMNS, case.case_ref, worklist_rows(case, due))
    _insert(cursor, "deadline", DEADLINE_COLUMNS, case.case_ref, deadline_rows(due))
    _insert(cursor, "place_held", places.HELD_COLUMNS, case.case_ref, places.held_rows(case))
    awaited = places.awaited_rows(case)
    _insert(cursor, "place_awaited", places.AWAITED_COLUMNS, case.case_ref, awaited)


def jurisdiction_of(cursor: Any, case_ref: UUID) -> str:
    """Return the jurisdiction a case was started in."""
    cursor.execute(statements.JURISDICTION, [case_ref])
    return str(cursor.fetchone()[0])


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


def _insert(cursor: Any, table: str, columns: str, case_ref: UUID, rows: Iterator[Row]) -> None:
    marks = ", ".join(["%s"] * (columns.count(",") + 2))
    statement = f"INSERT INTO nrm.{table} (case_ref, {columns}) VALUES ({marks})"  # noqa: S608
    statements.send_each(cursor, statement, [(case_ref, *row) for row in rows])


def is_counted(case: Case, jurisdiction: str) -> bool:
    """Tell whether a case stands for a person known to the mechanism: signs, or any step after.

    A message at the front door or a contact without signs is not a person in the figures.
    """
    if not case.facts:  # It was taken back with the import that made it.
        return False
    return str(statistics_row(case, jurisdiction=jurisdiction).status) != NO_SIGNS


def _keep_statistics(cursor: Any, case: Case, jurisdiction: str, *, is_counted: bool) -> None:
    if not case.facts:
        return
    assignments = ", ".join(f"{name} = %s" for name in STATISTICS_COLUMNS)
    cursor.execute(
        f"UPDATE statistics.person SET {assignments} FROM nrm.statistics_link AS link "  # noqa: S608
        "WHERE link.case_ref = %s AND person.row_ref = link.row_ref",
        [*statistics_values(case, jurisdiction), case.case_ref],
    )
    if not cursor.rowcount and is_counted:
        _add_statistics(cursor, case, jurisdiction)


def _add_statistics(cursor: Any, case: Case, jurisdiction: str) -> None:
    values = statistics_values(case, jurisdiction)
    row_ref = uuid4()
    names, marks = ", ".join(STATISTICS_COLUMNS), ", ".join(["%s"] * (len(values) + 1))
    cursor.execute(
        f"INSERT INTO statistics.person (row_ref, {names}) VALUES ({marks})",  # noqa: S608
        [row_ref, *values],
    )
    cursor.execute(
        "INSERT INTO nrm.statistics_link (case_ref, row_ref) VALUES (%s, %s)",
        [case.case_ref, row_ref],
    )
