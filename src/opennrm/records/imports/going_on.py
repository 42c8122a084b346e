"""Moves an import on, some rows at a time: checks them, takes them in, takes them back.

Each call works for a while and stands where it stopped, so that whoever looks at the page carries
it on with her own keys, and a line that drops or a server that stops loses nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from opennrm.casework.imported_row import brought_by, screening_by
from opennrm.casework.permissions import require
from opennrm.casework.refusals import Refused
from opennrm.casework.taking_in import ImportUndone, undo_taking_in
from opennrm.exchange.htcds.additions import own_fields
from opennrm.exchange.htcds.anatomy import Sheet, column_letters
from opennrm.exchange.htcds.cells import Setting
from opennrm.exchange.htcds.imported import ImportedCase
from opennrm.exchange.htcds.layout import Column, Layout
from opennrm.exchange.htcds.problems import Problem
from opennrm.exchange.htcds.rows import EVERY_PLACE, Page, read_row
from opennrm.exchange.htcds.standard import fields, plain
from opennrm.lifecycle.calendars import local_day
from opennrm.records.desk import at_work
from opennrm.records.importing import Row, Taken, kept_marks, mark_key, take_rows
from opennrm.records.imports.waiting import (
    PART,
    Fault,
    Import,
    Kept,
    WaitingRow,
    keep_rows,
    move,
    own_imports,
    remember,
    remembered,
    waiting_rows,
)
from opennrm.records.sessions import Session, reading

SHORT_MARK = 16
TO_UNDO = "SELECT case_ref, undoable FROM nrm.cases_to_undo(%s)"
ALREADY = "SELECT nrm.imported_rows(%s, %s, %s)"
END_UNDOING = "SELECT nrm.end_undoing(%s)"


class ImportRefused(Exception):
    """The import cannot go on like this; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Undone:
    """How many cases were taken back, wait to be, and stay because somebody worked on them."""

    gone: int
    waiting: int
    worked_on: int


def known_fields() -> tuple[str, ...]:
    """Return every field a column can be taken for: the standard's, then our own."""
    return tuple(EVERY_PLACE)


def choose_columns(session: Session, one: Import, chosen: tuple[str, ...]) -> None:
    """Say for which field each column is taken, and remember it for the next file.

    :raises ImportRefused: when nothing is taken, or two columns are taken for one field.
    """
    taken = [name for name in chosen if name]
    if not taken:
        raise ImportRefused("Take at least one column.")
    if len(set(taken)) < len(taken):
        raise ImportRefused("Two columns are taken for the same field. Leave one of them out.")
    kept = replace(one.kept, fields=chosen, marks=())
    named = dict(zip(map(plain, one.kept.headers), chosen, strict=True))
    known = remembered(session)
    with reading(session.token) as cursor:
        remember(cursor, session, {**known, **named})
        move(cursor, session, one, "checking", kept, checked=0, faulty=0)


def go_on(session: Session, one: Import, *, at: datetime, seconds: float) -> None:
    """Check or take in rows for some seconds.

    :raises PermissionMissing: when the account may not take cases in.
    """
    require("take_in", actor=session.actor, at=at)
    steps = {"checking": _check, "importing": _take}
    step = steps.get(one.state)
    if step is not None:
        step(session, one, at, time.monotonic() + seconds)


def start(session: Session, one: Import, others: list[Import], *, at: datetime) -> None:
    """Begin to record the good rows; rows are checked anew when another import came between.

    :raises ImportRefused: when no row can be taken in.
    """
    require("take_in", actor=session.actor, at=at)
    if any(other.state == "importing" for other in others):
        raise ImportRefused(
            "Another import of your organisation is being recorded. Finish it first."
        )
    between = _recorded(others) - set(one.kept.came_before)
    if not between and one.faulty == one.total:
        raise ImportRefused("No row can be taken in. Put the rows right, or give this import up.")
    kept = replace(one.kept, marks=())
    with reading(session.token) as cursor:
        if between:
            move(cursor, session, one, "checking", kept, checked=0, faulty=0)
        else:
            move(cursor, session, one, "importing", kept)


def check_anew(session: Session, one: Import, part: int, row: WaitingRow, at: datetime) -> None:
    """Check one row after its cells were put right, and keep it."""
    rows = waiting_rows(session, one, part)
    old = next(each for each in rows if each.number == row.number)
    check_row(session, one, row, at, set(kept_marks(session)), set())
    faulty = one.faulty - (not old.is_good) + (not row.is_good)
    with reading(session.token) as cursor:
        kept = [row if each.number == row.number else each for each in rows]
        keep_rows(cursor, session, one, part, kept)
        move(cursor, session, one, one.state, one.kept, faulty=faulty)


def undo(session: Session, one: Import, *, at: datetime, seconds: float) -> Undone:
    """Take back the cases of an import that may be taken back, for some seconds."""
    require("undo_taking_in", actor=session.actor, at=at)
    until = time.monotonic() + seconds
    with reading(session.token) as cursor:
        cursor.execute(TO_UNDO, [one.import_ref])
        found = cursor.fetchall()
    undone = ImportUndone(undone_import=one.import_ref, erased_on=at.date())
    may, gone = [ref for ref, undoable in found if undoable], 0
    for case_ref in may:
        gone += _undone(session, case_ref, undone, at)
        if time.monotonic() > until:
            break
    if gone == len(found):
        with reading(session.token) as cursor:
            cursor.execute(END_UNDOING, [one.import_ref])
    return Undone(gone=gone, waiting=len(may) - gone, worked_on=len(found) - len(may))


def _undone(session: Session, case_ref: UUID, undone: ImportUndone, at: datetime) -> bool:
    try:
        with at_work(session, at=at) as desk:
            undo_taking_in(case_ref=case_ref, undone=undone, actor=session.actor, at=at, desk=desk)
    except Refused:
        return False
    return True


def _recorded(others: list[Import]) -> set[str]:
    """Name the imports of which cases were recorded; their rows are known from then on."""
    return {str(other.import_ref) for other in others if other.first_case_at is not None}


def _check(session: Session, one: Import, at: datetime, until: float) -> None:
    if one.checked == 0:  # what is recorded while the rows are checked asks for another check
        before = tuple(sorted(_recorded(own_imports(session))))
        one = replace(one, kept=replace(one.kept, came_before=before))
    known, seen = set(kept_marks(session)), set(one.kept.marks)
    for part in range(one.checked // PART + 1, one.kept.parts + 1):
        rows = waiting_rows(session, one, part)
        for row in rows:
            check_row(session, one, row, at, known, seen)
        is_last = part == one.kept.parts
        one = _keep_checked(session, one, part, rows, seen, is_last=is_last)
        if time.monotonic() > until:
            return


def _keep_checked(
    session: Session,
    one: Import,
    part: int,
    rows: list[WaitingRow],
    seen: set[str],
    *,
    is_last: bool,
) -> Import:
    # Marks tell rows of this check apart from each other; nobody asks for them after it.
    kept = replace(one.kept, marks=() if is_last else tuple(seen))
    checked = one.checked + len(rows)
    faulty = one.faulty + sum(not row.is_good for row in rows)
    state = "checked" if is_last else "checking"
    with reading(session.token) as cursor:
        keep_rows(cursor, session, one, part, rows)
        move(cursor, session, one, state, kept, checked=checked, faulty=faulty)
    return replace(one, state=state, kept=kept, checked=checked, faulty=faulty)


def check_row(
    session: Session, one: Import, row: WaitingRow, at: datetime, known: set[str], seen: set[str]
) -> None:
    """Note what is wrong in a row, and whether it is known from this import or an earlier one."""
    case, row.faults = _read(session, one, row, at)
    row.is_known = False
    if case is None:
        return
    key = mark_key(session)
    mark = case.fingerprint(key)
    row.is_known = mark in known or (case.names_someone and mark[:SHORT_MARK] in seen)
    while not row.is_known and mark[:SHORT_MARK] in seen:
        case = replace(case, occurrence=case.occurrence + 1)
        mark = case.fingerprint(key)
        row.is_known = mark in known
    row.occurrence = case.occurrence
    seen.add(mark[:SHORT_MARK])


def _take(session: Session, one: Import, at: datetime, until: float) -> None:
    while one.state == "importing":
        part, first = one.gone_through // PART + 1, one.gone_through % PART
        rows = waiting_rows(session, one, part)[first:]
        ready = list(_ready(session, one, rows, at))
        taken = take_rows(session, ready, at=at)
        one = _record(session, one, rows, taken, until)
        if time.monotonic() > until:
            return


def _ready(session: Session, one: Import, rows: list[WaitingRow], at: datetime) -> Iterator[Row]:
    """Yield the good rows of a part that were not recorded before a line dropped."""
    with reading(session.token) as cursor:
        cursor.execute(ALREADY, [one.import_ref, rows[0].number, rows[-1].number])
        before = {number for (number,) in cursor.fetchall()}
    key, today = mark_key(session), local_day(session.actor.jurisdiction, at)
    for row in rows:
        case = _read(session, one, row, at)[0] if row.is_good else None
        if case is not None and row.number not in before:
            case = replace(case, occurrence=row.occurrence)
            brought = brought_by(case, today=today)
            mark = case.fingerprint(key)
            yield Row(row.number, mark, brought, screening_by(case), one.import_ref)


def _record(
    session: Session,
    one: Import,
    rows: list[WaitingRow],
    taken: Iterator[list[Taken]],
    until: float,
) -> Import:
    recorded, refused, through = one.kept.recorded, one.kept.refused, len(rows)
    places = {row.number: place for place, row in enumerate(rows, 1)}
    for batch in taken:
        recorded += sum(each.case_ref is not None for each in batch)
        refused += sum(each.case_ref is None for each in batch)
        if time.monotonic() > until:
            through = places[batch[-1].number]
            break
    gone = one.gone_through + through
    state = "done" if gone >= one.total else "importing"
    kept = replace(one.kept, recorded=recorded, refused=refused)
    with reading(session.token) as cursor:
        move(cursor, session, one, state, kept, gone_through=gone)
    return replace(one, state=state, kept=kept, gone_through=gone)


def _read(
    session: Session, one: Import, row: WaitingRow, at: datetime
) -> tuple[ImportedCase | None, list[Fault]]:
    """Read a row through its columns; the same reading as of a workbook of the standard."""
    page = _page(session, one, row, at)
    found, problems = read_row(page, row.number, _plain_cells(row))
    letters = {column_letters(column.number): column.number for column in page.layout.columns}
    faults = [Fault(letters[each.column], each.kind.value, each.leaves_out) for each in problems]
    return (found.case if found else None), faults


def _page(session: Session, one: Import, row: WaitingRow, at: datetime) -> Page:
    sheet = Sheet("", "")
    for number, cell in enumerate(row.cells, 1):
        broken = {Problem.FORMULA: sheet.formulas, Problem.ERROR_VALUE: sheet.errors}
        if isinstance(cell, Problem):
            broken[cell].add((row.number, number))
    region = session.actor.jurisdiction[:2]
    today = local_day(session.actor.jurisdiction, at)
    return Page(sheet, layout_of(one.kept), Setting(one.kept.from_1904, today, region))


def layout_of(kept: Kept) -> Layout:
    """Return the columns as they were chosen."""
    return _layout(kept.headers, kept.fields, kept.of_the_form)


@lru_cache(maxsize=8)
def _layout(headers: tuple[str, ...], chosen: tuple[str, ...], of_the_form: bool) -> Layout:
    every = {**fields(), **own_fields()}
    columns = tuple(
        Column(number, header, every[name])
        for number, (header, name) in enumerate(zip(headers, chosen, strict=True), 1)
        if name
    )
    return Layout(1, 2, columns, (), None, of_the_form)


def _plain_cells(row: WaitingRow) -> list[object]:
    return [None if isinstance(cell, Problem) else cell for cell in row.cells]
