"""Programs that work in the name of a person: let in with a secret, bound, and shut out again.

The secret opens a session like the one a browser carries: her key stands in it locked under the
secret, so a program opens what she can open, within the parts she named, and nothing without it.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import IntegrityError, connections

from opennrm.casework.ports import Desk
from opennrm.records import sessions, statements
from opennrm.records.desk import at_work
from opennrm.records.sessions import Session, reading
from opennrm.records.sql_text import READER

TOKEN = b"opennrm program token 1"
T = TypeVar("T")
PREFIX = "nrm_"
LONGEST = timedelta(days=92)


class KeyMissing(Exception):
    """The person has no key open, so a program could read nothing in her name."""


class KeyUsedOtherwise(Exception):
    """The key of this call was used before, for another call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What a program may do: called what, for which purpose, which steps and parts, until when."""

    name: str
    purpose: str
    steps: tuple[str, ...]
    parts: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Program:
    """A program as the person who let it in sees it."""

    program_ref: UUID
    name: str
    purpose: str
    steps: tuple[str, ...]
    parts: tuple[str, ...]
    made_at: datetime
    until: datetime
    ended_at: datetime | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class ProgramSession:
    """A program at work: the session of the person it works for, and what it is bound to."""

    session: Session = field(repr=False)
    program_ref: UUID
    purpose: str
    steps: frozenset[str]
    parts: frozenset[str]
    until: datetime


def let_in(viewer: Session, admission: Admission) -> str:
    """Let a program in and return its secret, which is shown once and kept nowhere.

    :raises KeyMissing: when the viewer has no key open.
    """
    if viewer.keyring is None:
        raise KeyMissing("Sign in with your passphrase first; a program needs your key.")
    account = viewer.actor.account
    secret = PREFIX + base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
    values = [
        uuid4(),
        sessions.token_of(secret, TOKEN),
        sessions.locked_for(secret, viewer.keyring.own, account),
        admission.name,
        admission.purpose,
        list(admission.steps),
        list(admission.parts),
        admission.until,
    ]
    with reading(viewer.token) as cursor:
        cursor.execute(READER.let_program_in, values)
    return secret


def shut_out(viewer: Session, program_ref: UUID) -> None:
    """End a program of the viewer's at once; what it was given opens nothing any more."""
    with reading(viewer.token) as cursor:
        cursor.execute(READER.shut_program_out, [program_ref])


def own_programs(viewer: Session) -> list[Program]:
    """List the programs the viewer has let in, the newest first, ended ones too."""
    with reading(viewer.token) as cursor:
        cursor.execute(READER.own_programs)
        rows = cursor.fetchall()
    return [
        Program(row[0], row[1], row[2], tuple(row[3]), tuple(row[4]), *row[5:]) for row in rows
    ]


def at_the_door(secret: str, *, at: datetime) -> ProgramSession | None:
    """Take up the work of a program; None when its secret opens nothing, or no longer."""
    if not secret.startswith(PREFIX):
        return None
    session = sessions.resume(secret, at=at, label=TOKEN)
    if session is None:
        return None
    with reading(session.token) as cursor:
        cursor.execute(READER.this_program)
        row = cursor.fetchone()
    if row is None:
        return None
    return ProgramSession(session, row[0], row[1], frozenset(row[2]), frozenset(row[3]), row[4])


def done_once(
    session: Session,
    key: UUID | None,
    body: bytes,
    act: Callable[[Desk], UUID],
    *,
    at: datetime,
) -> tuple[UUID, bool]:
    """Do a step of a case once for a key; return its reference, and whether it was done before.

    :raises KeyUsedOtherwise: when the key belongs to a call that said something else.
    """
    return once(partial(at_work, session, at=at), key, body, act, alias="recorder")


def once(
    opened: Callable[[], AbstractContextManager[T]],
    key: UUID | None,
    body: bytes,
    act: Callable[[T], UUID],
    *,
    alias: str,
) -> tuple[UUID, bool]:
    """Do something once for a key, in the transaction that `opened` opens with a database.

    The answer is kept in the same transaction as what was done. Of two calls with one key at the
    same moment the later finds the answer of the earlier.

    :raises KeyUsedOtherwise: when the key belongs to a call that said something else.
    """
    digest = hashlib.sha256(body).digest()
    try:
        made, known = _done(opened, key, digest, act, alias)
    except IntegrityError:
        made, known = _done(opened, key, digest, act, alias)
    if known not in (None, digest):
        raise KeyUsedOtherwise("This key was used before for another call. Make a new key.")
    return made, known is not None


def _done(
    opened: Callable[[], AbstractContextManager[T]],
    key: UUID | None,
    digest: bytes,
    act: Callable[[T], UUID],
    alias: str,
) -> tuple[UUID, bytes | None]:
    """Return what was made, with the digest of the call that made it where that was before."""
    with opened() as desk, connections[alias].cursor() as cursor:
        known = _answered(cursor, key) if key else None
        if known is not None:
            return known[1], known[0]
        made = act(desk)
        if key:
            cursor.execute(statements.KEEP_ANSWER, [key, digest, made])
        return made, None


def _answered(cursor: Any, key: UUID) -> tuple[bytes, UUID] | None:
    cursor.execute(statements.ANSWERED_BEFORE, [key])
    row = cursor.fetchone()
    return (bytes(row[0]), row[1]) if row else None
