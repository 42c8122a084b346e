"""Reads from the journal who opened sealed parts of a case, by organisation and role (R51)."""

from __future__ import annotations

from uuid import UUID

from opennrm.casework.access_log import Seen
from opennrm.records.sessions import Session, reading

# Answers with nothing where the viewer does not keep her consents.
WHO_LOOKED = (
    "SELECT organisation, role, compartment, first_at, last_at, times FROM nrm.who_looked(%s)"
)


def who_looked(viewer: Session, case_ref: UUID) -> tuple[Seen, ...]:
    """List who opened sealed parts of a case, the latest first; workers are not named."""
    with reading(viewer.token) as cursor:
        cursor.execute(WHO_LOOKED, [case_ref])
        return tuple(Seen(*row) for row in cursor.fetchall())
