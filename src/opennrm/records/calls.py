"""Calls to a helpline: a few codes of each, and sealed call backs that go after their time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db.utils import DatabaseError

from opennrm.casework.reasons import found
from opennrm.casework.refusals import EntryMalformed, PermissionMissing
from opennrm.records import statements
from opennrm.records.sealing import SealBroken, seal, unseal
from opennrm.records.sessions import Session, reading, sqlstate
from opennrm.vocabulary.roles import Role

KEEP = "SELECT nrm.keep_call(%s, %s, %s::jsonb)"
KEEP_BACK = "SELECT nrm.keep_call_back(%s, %s, %s, %s)"
BACKS = "SELECT call_back_ref, from_at, until_at, sealed FROM nrm.call_backs(%s)"
DROP = "SELECT nrm.drop_call_back(%s)"
COUNTED = "SELECT answers, calls FROM nrm.counted_calls(%s, %s)"
LONGEST = timedelta(days=31)
HELPLINE = Role.HL.value


@dataclass(frozen=True, slots=True)
class CallBack:
    """When the caller can be reached, and what she said for it, where the key is held."""

    ref: UUID
    from_at: datetime
    until_at: datetime
    told: Mapping[str, str]
    is_sealed: bool


def keep_call(viewer: Session, answers: Mapping[str, str], *, month: date) -> None:
    """Keep that a call came, in codes, with its month and nothing nearer.

    :raises PermissionMissing: when the viewer is of no helpline.
    """
    content = json.dumps(dict(answers))
    _run(viewer, KEEP, [uuid4(), month.replace(day=1), content])


def keep_call_back(
    viewer: Session, told: Mapping[str, str], *, from_at: datetime, until_at: datetime
) -> None:
    """Seal what the caller said to be called back to the helpline's own key, for a safe time.

    :raises PermissionMissing: when the viewer is of no helpline.
    """
    ref, house = uuid4(), viewer.actor.organisation
    with reading(viewer.token) as cursor:
        cursor.execute(statements.PUBLIC_KEY_OF_GROUP, [house, HELPLINE])
        row = cursor.fetchone()
    if row is None:
        raise PermissionMissing(found("role_not_allowed"))
    plain = json.dumps(dict(told), ensure_ascii=False).encode()
    sealed = seal(plain, bytes(row[0]), purpose(house, ref))
    _run(viewer, KEEP_BACK, [ref, from_at, until_at, sealed])


def call_backs(viewer: Session, *, at: datetime) -> tuple[CallBack, ...]:
    """List the call backs of the viewer's helpline; those whose time is over are gone by then.

    :raises PermissionMissing: when the viewer is of no helpline.
    """
    try:
        with reading(viewer.token) as cursor:
            cursor.execute(BACKS, [at])
            rows = cursor.fetchall()
    except DatabaseError as error:
        raise _refused(error) from error
    return tuple(_opened(viewer, *row) for row in rows)


def drop_call_back(viewer: Session, ref: UUID) -> None:
    """Forget a call back.

    :raises PermissionMissing: when the viewer is of no helpline.
    """
    _run(viewer, DROP, [ref])


def counted_calls(
    viewer: Session, *, from_month: date, until_month: date
) -> list[tuple[Mapping[str, str], int]]:
    """Count the calls of some months by their codes; unprotected, so never shown as they are."""
    with reading(viewer.token) as cursor:
        cursor.execute(COUNTED, [from_month, until_month])
        return [
            (answers if isinstance(answers, dict) else json.loads(answers), calls)
            for answers, calls in cursor.fetchall()
        ]


def purpose(house: UUID, ref: UUID) -> bytes:
    """Name what a sealed call back is for, so that it opens nowhere else."""
    return f"opennrm call back 1|{house}|{ref}".encode()


def _opened(
    viewer: Session, ref: UUID, from_at: datetime, until_at: datetime, sealed: bytes
) -> CallBack:
    house = viewer.actor.organisation
    ring = None if viewer.opens_no_names else viewer.keyring
    private = ring.groups.get((house, HELPLINE), b"") if ring else b""
    try:
        plain = unseal(bytes(sealed), private, purpose(house, ref)) if private else b""
    except SealBroken:
        plain = b""
    return CallBack(ref, from_at, until_at, json.loads(plain) if plain else {}, not plain)


def _run(viewer: Session, statement: str, values: list[object]) -> None:
    try:
        with reading(viewer.token) as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        raise _refused(error) from error


def _refused(error: DatabaseError) -> Exception:
    if sqlstate(error) == "NR403":
        return PermissionMissing(found("role_not_allowed"))
    if sqlstate(error) == "23514":  # Hours that end before they begin, or a month away.
        return EntryMalformed(found("malformed"), "until_at")
    return error
