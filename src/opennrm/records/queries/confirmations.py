"""Who was asked to delete or return what it has of a case, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.utils import DatabaseError

from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing
from opennrm.records.sessions import Session, reading, sqlstate

ASKED = "SELECT organisation, role, kind, asked_at, how, answered_at FROM nrm.asked_to_delete(%s)"
# The words in which an answer can be given, as the database checks them.
ANSWERS = ("deleted", "returned", "kept_by_law")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That an organisation was asked to delete or return, and how it answered; None: not yet."""

    organisation: UUID
    role: str | None
    kind: str
    asked_at: datetime
    how: str | None
    answered_at: datetime | None


def asked_to_delete(viewer: Session, case_ref: UUID) -> tuple[Confirmation, ...]:
    """List who was asked, newest first; nothing for a viewer who does not keep her consents."""
    with reading(viewer.token) as cursor:
        cursor.execute(ASKED, [case_ref])
        return tuple(Confirmation(*row) for row in cursor.fetchall())


def answer_notice(viewer: Session, notice: UUID, how: str) -> None:
    """Say for the viewer's organisation that it deleted or returned what it had, once.

    :raises AccessMissing: when somebody else was asked, or nothing was.
    """
    try:
        with reading(viewer.token) as cursor:
            cursor.execute("SELECT nrm.answer_notice(%s, %s)", [notice, how])
    except DatabaseError as error:
        if sqlstate(error) in ("NR403", "23514"):
            raise AccessMissing(found("not_the_addressee")) from error
        raise
