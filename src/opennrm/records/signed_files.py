"""Takes referrals in that come as signed files, and keeps the keys that may sign them.

Whoever brings a file works in her own name: the file passes the same checks as her own referral,
and the case is her house's. A reference is taken once in each house.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, connections
from django.db.utils import DatabaseError
from pydantic import ValidationError

from opennrm.casework.delivery import Delivery, deliver_referral
from opennrm.casework.permissions import require
from opennrm.casework.reasons import found
from opennrm.casework.refusals import EntryMalformed, MoveRefused
from opennrm.exchange.crossborder.keys import KeyMalformed, imported, thumbprint
from opennrm.exchange.signed_file import (
    FileFault,
    FileRefused,
    SignedFile,
    opened,
    require_current,
)
from opennrm.records.abroad.keys import server_keys
from opennrm.records.cases import RecordedCases
from opennrm.records.desk import at_work
from opennrm.records.sessions import Session, note_refusal, reading, sqlstate
from opennrm.records.shapes import shape_of, taken_from

KEY = "SELECT nrm.file_key(%s)"
OWN = "SELECT key_id, name, made_at FROM nrm.own_file_keys()"
ADD = "SELECT nrm.add_file_key(%s, %s, %s)"
END = "SELECT nrm.end_file_key(%s)"
BEFORE = "SELECT digest, reference FROM nrm.file_before(%s)"
KEEP = "SELECT nrm.keep_file_taken(%s, %s, %s)"


class FileKeyRefused(Exception):
    """A key is not registered like this; the message says what to do."""


@dataclass(frozen=True, slots=True)
class FileKey:
    """A key that may sign files of an organisation: its fingerprint and its name."""

    key_id: str
    name: str
    made_at: datetime


def add_key(viewer: Session, name: str, text: str) -> None:
    """Register the public key of a system of the viewer's organisation.

    :raises FileKeyRefused: when it is no public Ed25519 key, or the viewer is no officer.
    """
    try:
        told = json.loads(text)
        if set(told) < {"kty", "crv", "x"} or "d" in told or told["crv"] != "Ed25519":
            raise KeyMalformed
        kept = {part: told[part] for part in ("kty", "crv", "x")}
        imported(kept)
    except (KeyMalformed, ValueError, TypeError, KeyError, RecursionError) as fault:
        raise FileKeyRefused(
            "This is no public key of the kind Ed25519, written as a JSON Web Key."
        ) from fault
    _ask(viewer, ADD, [thumbprint(kept), name, kept["x"]])


def end_key(viewer: Session, key_id: str) -> None:
    """Take nothing more that a key signed.

    :raises FileKeyRefused: when the viewer is no officer.
    """
    _ask(viewer, END, [key_id])


def own_keys(viewer: Session) -> list[FileKey]:
    """List the keys that may sign files of the viewer's organisation, if she is an officer."""
    with reading(viewer.token) as cursor:
        cursor.execute(OWN)
        return [FileKey(*row) for row in cursor.fetchall()]


def installation() -> str:
    """Return what a file names as its receiver: the fingerprint of this installation's key."""
    return server_keys().public.sign_id


def take_file(session: Session, text: str, *, at: datetime) -> tuple[UUID, bool]:
    """Take a referral in from a signed file; return its case, and whether it came before.

    :raises Refused: when it is not signed by a key of her house, is over, dated ahead, addressed
        elsewhere, malformed, or a check of the referral in it refuses.
    """
    require("deliver_referral", actor=session.actor, at=at)
    try:
        one = opened(text, key_of=lambda key_id: _key(session, key_id))
        if one.sender != session.actor.organisation or one.receiver != installation():
            raise FileRefused(FileFault.ELSEWHERE)
        require_current(one, at=at)
    except FileRefused as no:
        note_refusal(session.token, no.fault.value)
        raise MoveRefused(found(no.fault.value)) from no
    delivery = _delivery(one)
    try:
        return _taken(session, one, delivery, at=at)
    except IntegrityError:  # Two brought it at the same moment.
        return _taken(session, one, delivery, at=at)


def _delivery(one: SignedFile) -> Delivery:
    try:
        sent = shape_of(Delivery).model_validate_json(json.dumps(one.delivery))
    except ValidationError as fault:
        field = ".".join(str(part) for part in fault.errors()[0]["loc"])
        raise EntryMalformed(found("malformed"), f"delivery.{field}"[:200]) from None
    delivery: Delivery = taken_from(Delivery, sent)
    return delivery


def _taken(
    session: Session, one: SignedFile, delivery: Delivery, *, at: datetime
) -> tuple[UUID, bool]:
    with at_work(session, at=at) as desk, connections["recorder"].cursor() as cursor:
        cursor.execute(BEFORE, [one.file_ref])
        before = cursor.fetchone()
        if before is None:
            made = deliver_referral(delivery=delivery, actor=session.actor, at=at, desk=desk)
            cast("RecordedCases", desk.cases).send()  # It is noted with a case that is there.
            cursor.execute(KEEP, [one.file_ref, one.digest, made])
            return made, False
        if bytes(before[0]) != one.digest:
            raise MoveRefused(found(FileFault.CHANGED.value))
        return before[1], True


def _key(session: Session, key_id: str) -> Mapping[str, str] | None:
    with reading(session.token) as cursor:
        cursor.execute(KEY, [key_id])
        (x,) = cursor.fetchone()
    return {"kty": "OKP", "crv": "Ed25519", "x": x} if x else None


def _ask(viewer: Session, statement: str, values: list[Any]) -> None:
    try:
        with reading(viewer.token) as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        if sqlstate(error) == "NR403":
            raise FileKeyRefused(str(error).splitlines()[0]) from error
        raise
