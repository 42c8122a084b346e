"""Imports rows in batches: each row is known by a sealed mark, so that none makes two cases.

A batch is one transaction whose statements go out without waiting for each answer. When one row of
it is refused, the batch is undone and its rows are taken one by one, so that the others are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import cast
from uuid import UUID

from django.db import connections
from django.db.utils import DatabaseError

from opennrm.casework.permissions import require
from opennrm.casework.ports import Desk
from opennrm.casework.refusals import Refused
from opennrm.casework.screening import Screening, record_screening
from opennrm.casework.taking_in import BroughtAlong, take_in
from opennrm.records import search, statements
from opennrm.records.cases import RecordedCases
from opennrm.records.desk import at_work
from opennrm.records.sealing import branch
from opennrm.records.search import SearchEntry
from opennrm.records.sessions import Session, reading

PURPOSE = b"opennrm import mark 1"
BATCH = 50


class MarksImpossible(Exception):
    """This account holds no search key, so an import could not be told from a second one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that waits: its number, its mark, and what it brings along."""

    number: int
    mark: str
    brought: BroughtAlong
    screening: Screening | None = None
    import_ref: UUID | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: its case, or why it was refused."""

    number: int
    case_ref: UUID | None
    refusal: str = ""


def mark_key(session: Session) -> bytes:
    """Return the key under which this organisation marks rows; a mark tells nothing without it.

    :raises MarksImpossible: when the account holds no search key.
    """
    if session.keyring is None or session.keyring.search is None:
        raise MarksImpossible("This account cannot import: it may not find people by name.")
    return branch(session.keyring.search, PURPOSE)


def kept_marks(session: Session) -> frozenset[str]:
    """Return the marks of all rows this organisation has imported and can still open."""
    with reading(session.token) as cursor:
        opened = search.opened_entries(cursor, session)
        return frozenset(entry.source for entry in opened if entry.source)


def take_rows(session: Session, rows: Iterable[Row], *, at: datetime) -> Iterator[list[Taken]]:
    """Take rows in, batch by batch; each batch stands before the next begins.

    :raises PermissionMissing: when the account may not take cases in.
    """
    require("take_in", actor=session.actor, at=at)
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield _batch(session, batch, at)


def _batch(session: Session, batch: list[Row], at: datetime) -> list[Taken]:
    try:
        return _together(session, batch, at)
    except (Refused, DatabaseError):
        return [_alone(session, row, at) for row in batch]


def _together(session: Session, batch: list[Row], at: datetime) -> list[Taken]:
    recorder = connections["recorder"]
    with (
        at_work(session, at=at) as desk,
        recorder.wrap_database_errors,
        recorder.connection.pipeline(),
    ):
        return [_taken(session, row, desk, at) for row in batch]


def _alone(session: Session, row: Row, at: datetime) -> Taken:
    try:
        with at_work(session, at=at) as desk:
            return _taken(session, row, desk, at)
    except Refused as refused:
        return Taken(row.number, None, refused.finding.says)


def _taken(session: Session, row: Row, desk: Desk, at: datetime) -> Taken:
    actor = session.actor
    case_ref = take_in(brought=row.brought, actor=actor, at=at, desk=desk)
    if row.screening is not None:
        record_screening(case_ref=case_ref, screening=row.screening, actor=actor, at=at, desk=desk)
    cases = cast("RecordedCases", desk.cases)
    cases.keep_mark(SearchEntry(case_ref, None, (), source=row.mark))
    if row.import_ref is not None:
        cases.send()
        with connections["recorder"].cursor() as cursor:
            cursor.execute(statements.NOTE_IMPORTED, [row.import_ref, row.number, case_ref])
    return Taken(row.number, case_ref)
