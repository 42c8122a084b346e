"""Lists what is due from the viewer's organisation in all cases open to her, without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading

MOST = 2000
# The policies leave only deadlines of parts that are open to the reader.
DUE = (
    "SELECT case_ref, kind, fact_ref, due_at FROM nrm.deadline "
    "WHERE case_ref IN (SELECT case_ref FROM nrm.access WHERE state = 'open') "
    "AND (organisation IS NULL OR organisation = (SELECT nrm.reader_organisation())) "
    "ORDER BY due_at LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One thing due: which kind, since which fact, when, and the short reference of the case."""

    kind: str
    fact_ref: UUID
    due_at: datetime
    reference: str


def agenda(viewer: Session) -> list[AgendaEntry]:
    """List what is due from the viewer's organisation, the earliest first."""
    with reading(viewer.token) as cursor:
        cursor.execute(DUE, [MOST])
        return [
            AgendaEntry(kind, fact_ref, due_at, reference(case_ref))
            for case_ref, kind, fact_ref, due_at in cursor.fetchall()
        ]
