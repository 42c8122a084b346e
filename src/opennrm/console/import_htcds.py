"""Imports a workbook of the case data standard: one row, one case, in batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from opennrm.casework.imported_row import brought_by, screening_by
from opennrm.casework.permissions import require
from opennrm.exchange.htcds.problems import RowProblem, write_report
from opennrm.exchange.htcds.reading import read_workbook
from opennrm.exchange.htcds.rows import HtcdsRow
from opennrm.records.importing import Row, kept_marks, mark_key, take_rows
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
    refused: int = 0
    without_consent: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """Count the rows that were not imported because something in them has to be corrected."""
        return len({(one.sheet, one.row) for one in self.problems if one.leaves_out})


def import_workbook(path: Path, session: Session, *, at: datetime, progress: Progress) -> Imported:
    """Import every good row that was not imported before.

    :raises WorkbookRefused: when the file as a whole is no good; nothing is imported then.
    :raises PermissionMissing: when the account may not take cases in.
    :raises MarksImpossible: when the account cannot mark what it has imported.
    """
    require("take_in", actor=session.actor, at=at)
    key, known = mark_key(session), set(kept_marks(session))
    reading = read_workbook(path, region=session.actor.jurisdiction[:2], today=at.date())
    result = Imported(rows=reading.total, problems=reading.problems)
    fresh = _fresh(reading.rows, key, known, result, at.date())
    for batch in take_rows(session, fresh, at=at):
        result.cases += sum(one.case_ref is not None for one in batch)
        result.refused += sum(one.case_ref is None for one in batch)
        progress(result.cases + result.known, result.rows)
    progress(result.rows, result.rows)
    return result


def _fresh(
    rows: Iterator[HtcdsRow], key: bytes, known: set[str], result: Imported, today: date
) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        mark = row.case.fingerprint(key)
        if mark in known:
            result.known += 1
            continue
        known.add(mark)
        result.without_consent += row.case.consent is False
        yield Row(number, mark, brought_by(row.case, today=today), screening_by(row.case))


def write_problems(problems: list[RowProblem], path: Path) -> int:
    """Write what has to be corrected, by sheet, row and column, without what was typed there."""
    return write_report(problems, path)
