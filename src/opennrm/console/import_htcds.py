"""Imports a workbook of the case data standard: one row, one case, one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from opennrm.casework.contact import Contact, describe_person, note_account, record_contact
from opennrm.casework.permissions import allows, require
from opennrm.casework.ports import Desk
from opennrm.console.imported_person import Told, told_by
from opennrm.exchange.htcds.problems import RowProblem, write_report
from opennrm.exchange.htcds.reading import read_workbook
from opennrm.exchange.htcds.rows import HtcdsRow
from opennrm.records.desk import at_work
from opennrm.records.importing import keep_mark, kept_marks, mark_key
from opennrm.records.sessions import Session


class Progress(Protocol):
    """Told how many rows are done, of how many."""

    def __call__(self, done: int, total: int) -> None:
        """Note how many rows are done."""


@dataclass(slots=True)
class Imported:
    """What came of a workbook."""

    rows: int = 0
    cases: int = 0
    known: int = 0
    without_consent: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """Count the rows that were not imported because something in them has to be corrected."""
        return len({(one.sheet, one.row) for one in self.problems if one.leaves_out})


def import_workbook(path: Path, session: Session, *, at: datetime, progress: Progress) -> Imported:
    """Import every good row that was not imported before.

    :raises WorkbookRefused: when the file as a whole is no good; nothing is imported then.
    :raises PermissionMissing: when the account may not record first contacts.
    :raises MarksImpossible: when the account cannot mark what it has imported.
    """
    require("record_contact", actor=session.actor, at=at)
    key, known = mark_key(session), set(kept_marks(session))
    reading = read_workbook(path, region=session.actor.jurisdiction[:2], today=at.date())
    result = Imported(rows=reading.total, problems=reading.problems)
    for number, row in enumerate(reading.rows, 1):
        mark = row.case.fingerprint(key)
        if mark in known:
            result.known += 1
        else:
            known.add(mark)
            record_row(row, mark, session, at=at)
            result.cases += 1
            result.without_consent += row.case.consent is False
        progress(number, result.rows)
    progress(result.rows, result.rows)
    return result


def record_row(row: HtcdsRow, mark: str, session: Session, *, at: datetime) -> None:
    """Make the case of a row through the use cases, with its mark, or nothing of it."""
    told = told_by(row.case, today=at.date())
    with at_work(session, at=at) as desk:
        case_ref = _contact(told, session, at=at, desk=desk)
        if told.person is not None:
            describe_person(
                case_ref=case_ref, person=told.person, actor=session.actor, at=at, desk=desk
            )
        if told.account is not None and allows("note_account", actor=session.actor, at=at):
            note_account(
                case_ref=case_ref, account=told.account, actor=session.actor, at=at, desk=desk
            )
        keep_mark(session, case_ref, mark)


def write_problems(problems: list[RowProblem], path: Path) -> int:
    """Write what has to be corrected, by sheet, row and column, without what was typed there."""
    return write_report(problems, path)


def _contact(told: Told, session: Session, *, at: datetime, desk: Desk) -> UUID:
    contact = told.contact
    if told.account is not None and not allows("note_account", actor=session.actor, at=at):
        contact = _with_account(contact, told)
    return record_contact(contact=contact, actor=session.actor, at=at, desk=desk)


def _with_account(contact: Contact, told: Told) -> Contact:
    """Let a case manager, who writes no account of her own, pass the sender's on with the case."""
    if told.account is None:
        return contact
    return replace(contact, forms=told.account.forms, words=told.account.notes)
