"""Reads the viewer's whole work list for a file, and notes in the journal that it was saved."""

from __future__ import annotations

from datetime import datetime

from opennrm.records.queries.worklist import WorklistRow, worklist
from opennrm.records.sessions import Session, reading

NOTE = "SELECT nrm.note_list_saved(%s, %s)"
MOST_PAGES = 20


def whole_list(viewer: Session, *, at: datetime, reason: str) -> list[WorklistRow]:
    """Return up to 500 lines of the list, next due first; the code of the reason is kept."""
    rows: list[WorklistRow] = []
    with reading(viewer.token) as cursor:
        for number in range(1, MOST_PAGES + 1):
            found = worklist(viewer, at=at, page=number)
            rows.extend(found.rows)
            if number >= found.pages:
                break
        cursor.execute(NOTE, [reason, len(rows)])
    return rows
