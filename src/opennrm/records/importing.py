"""Marks imported rows, so that a file imported twice makes no case twice; the marks are sealed."""

from __future__ import annotations

from uuid import UUID

from django.db import connections

from opennrm.records import search
from opennrm.records.sealing import branch
from opennrm.records.search import SearchEntry
from opennrm.records.sessions import Session, reading

PURPOSE = b"opennrm import mark 1"


class MarksImpossible(Exception):
    """This account holds no search key, so an import could not be told from a second one."""


def mark_key(session: Session) -> bytes:
    """Return the key under which this organisation marks rows; a mark tells nothing without it.

    :raises MarksImpossible: when the account holds no search key.
    """
    if session.keyring is None or session.keyring.search is None:
        raise MarksImpossible("This account cannot import: it may not find people by name.")
    return branch(session.keyring.search, PURPOSE)


def keep_mark(session: Session, case_ref: UUID, mark: str) -> None:
    """Keep the mark of the row a case was made from, in the running transaction."""
    with connections["recorder"].cursor() as cursor:
        search.keep(cursor, session, SearchEntry(case_ref, None, (), source=mark))


def kept_marks(session: Session) -> frozenset[str]:
    """Return the marks of all rows this organisation has imported and can still open."""
    with reading(session.token) as cursor:
        opened = search.opened_entries(cursor, session)
        return frozenset(entry.source for entry in opened if entry.source)
