"""What a person has begun to write: kept locked under her own key, and sent once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections

from opennrm.casework.ports import Desk
from opennrm.records.desk import at_work
from opennrm.records.sealing import SealBroken, branch, lock, unlock
from opennrm.records.sessions import Session, SignedOut, reading
from opennrm.records.sql_text import READER

KEY = b"opennrm draft key 1"
LARGEST = 600_000 - 64

Written = Mapping[str, Any]


class DraftTooLarge(Exception):
    """More was written than a draft can hold; send what is there, or shorten it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person has written so far; once sent, the receipt in its place."""

    draft_ref: UUID
    version: int
    written: Written
    saved_at: datetime
    sent_at: datetime | None = None

    @property
    def is_sent(self) -> bool:
        """Tell whether it took effect."""
        return self.sent_at is not None


def own_drafts(viewer: Session) -> list[Draft]:
    """Return the viewer's drafts, newest first; one her key no longer opens is left out."""
    with reading(viewer.token) as cursor:
        cursor.execute(READER.own_drafts)
        rows = cursor.fetchall()
    opened = (_opened(viewer, row) for row in rows)
    return [draft for draft in opened if draft is not None]


def own_draft(viewer: Session, draft_ref: UUID) -> Draft | None:
    """Return one of the viewer's drafts, or nothing."""
    with reading(viewer.token) as cursor:
        cursor.execute(READER.own_draft, [draft_ref])
        row = cursor.fetchone()
    return _opened(viewer, row) if row else None


def unsent_drafts(viewer: Session) -> int:
    """Count what the viewer began and did not send."""
    with reading(viewer.token) as cursor:
        cursor.execute(READER.unsent_drafts)
        return int(cursor.fetchone()[0])


def keep_draft(viewer: Session, draft_ref: UUID, *, seen: int, written: Written) -> int:
    """Keep what was written over the version that was seen; answer with the new version.

    It answers with 0, and keeps what stands, where the draft was saved elsewhere since, or sent.

    :raises DraftTooLarge: when it is too much.
    """
    locked = _locked(viewer, draft_ref, written)
    if len(locked) > LARGEST:
        raise DraftTooLarge
    with reading(viewer.token) as cursor:
        cursor.execute(READER.keep_draft, [draft_ref, seen, locked])
        return int(cursor.fetchone()[0] or 0)


def drop_draft(viewer: Session, draft_ref: UUID) -> None:
    """Delete a draft that was not sent."""
    with reading(viewer.token) as cursor:
        cursor.execute(READER.drop_draft, [draft_ref])


@contextmanager
def sending(
    viewer: Session, draft_ref: UUID, *, at: datetime
) -> Iterator[tuple[Desk, dict[str, Any]]]:
    """Open the transaction in which a whole draft takes effect, once or not at all.

    What is put into the receipt stands in the draft's place when it has.

    :raises AlreadySent: when it took effect before.
    """
    receipt: dict[str, Any] = {}
    with at_work(viewer, at=at, form_key=draft_ref) as desk:
        yield desk, receipt
        with connections["recorder"].cursor() as cursor:
            cursor.execute(READER.draft_sent, [draft_ref, _locked(viewer, draft_ref, receipt)])


def _opened(viewer: Session, row: Sequence[Any]) -> Draft | None:
    draft_ref, version, content, saved_at, sent_at = row
    try:
        plain = unlock(bytes(content), _key(viewer), _purpose(viewer, draft_ref))
    except SealBroken:
        return None
    return Draft(draft_ref, version, json.loads(plain), saved_at, sent_at)


def _locked(viewer: Session, draft_ref: UUID, written: Written) -> bytes:
    plain = json.dumps(dict(written)).encode()
    return lock(plain, _key(viewer), _purpose(viewer, draft_ref))


def _key(viewer: Session) -> bytes:
    if viewer.keyring is None:
        raise SignedOut("You are signed out. Sign in again.")
    return branch(viewer.keyring.own, KEY)


def _purpose(viewer: Session, draft_ref: UUID) -> bytes:
    return f"opennrm draft 1|{viewer.actor.account}|{draft_ref}".encode()
