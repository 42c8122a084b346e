"""Tells the systems of an organisation that there is news: a kind, a reference, a moment, signed.

Nothing of a case goes along: what is new the system asks the door for programs, in a name.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.db import connections, transaction
from django.db.utils import DatabaseError

from opennrm.records.posting import calling
from opennrm.records.posting.waiting import next_attempt
from opennrm.records.server_keys import factor_keys
from opennrm.records.sessions import Session, reading, sqlstate

ADD = "SELECT nrm.add_hook(%s, %s, %s)"
END = "SELECT nrm.end_hook(%s)"
OWN = "SELECT hook_ref, address, made_at, ended_at, heard_at, fault FROM nrm.own_hooks()"
DUE = (
    "SELECT post_ref, hook_ref, address, locked_secret, notice_ref, kind, about, at, attempts "
    "FROM nrm.due_hooks(%s)"
)
NOTE = "SELECT nrm.note_hook(%s, %s, %s, %s)"
PREFIX = "hook_"

Caller = Callable[[str, bytes, Mapping[str, str]], calling.Answer]


class HookRefused(Exception):
    """A system is not told like this; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A system that is told: where, since when, when it last answered, what went wrong since."""

    hook_ref: UUID
    address: str
    made_at: datetime
    ended_at: datetime | None
    heard_at: datetime | None
    fault: str | None


def add(viewer: Session, address: str) -> str:
    """Let a system be told, and return the secret it knows our calls by; it is shown once.

    :raises HookRefused: when the viewer is no officer, or the address is not one to call.
    """
    try:
        calling.require_callable(address)
    except calling.AddressRefused as no:
        raise HookRefused(str(no)) from no
    ref, secret = uuid4(), PREFIX + base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
    locked = factor_keys().lock(secret.encode(), purpose(ref))
    _ask(viewer, ADD, [ref, address, locked])
    return secret


def end(viewer: Session, hook: UUID) -> None:
    """Tell a system no more, from this moment on.

    :raises HookRefused: when the viewer is no officer.
    """
    _ask(viewer, END, [hook])


def own(viewer: Session) -> list[Hook]:
    """List the systems of the viewer's organisation that are told, if she is an officer."""
    with reading(viewer.token) as cursor:
        cursor.execute(OWN)
        return [Hook(*row) for row in cursor.fetchall()]


def send_due(*, at: datetime, call: Caller = calling.post) -> int:
    """Tell what is due, and return how much of it was heard."""
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        cursor.execute(DUE, [at])
        rows = cursor.fetchall()
    return sum(_was_heard(row, call, at=at) for row in rows)


def signature(secret: str, moment: int, body: bytes) -> str:
    """Return the sign by which a system knows that a call is ours (HMAC-SHA-256)."""
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def purpose(hook: UUID) -> bytes:
    """Name what a locked secret of a system is for."""
    return f"opennrm hook 1|{hook}".encode()


def _was_heard(row: tuple[Any, ...], call: Caller, *, at: datetime) -> bool:
    post, hook, address, locked, notice, kind, about, happened, attempts = row
    secret = factor_keys().unlock(bytes(locked), purpose(hook)).decode()
    told = {"id": str(notice), "event": kind, "about": str(about), "at": happened.isoformat()}
    body, moment = json.dumps(told).encode(), int(at.timestamp())
    headers = {
        "Content-Type": "application/json",
        "OpenNRM-Timestamp": str(moment),
        "OpenNRM-Signature": signature(secret, moment, body),
    }
    fault = _fault(call, address, body, headers)
    values = [post, at, next_attempt(attempts, at=at), fault]
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        cursor.execute(NOTE, values)
    return fault is None


def _fault(call: Caller, address: str, body: bytes, headers: Mapping[str, str]) -> str | None:
    try:
        answer = call(address, body, headers)
    except calling.NotReached:
        return "not_reached"
    except calling.AddressRefused:
        return "address_refused"
    is_good = HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
    return None if is_good else f"answered_{answer.status}"


def _ask(viewer: Session, statement: str, values: list[Any]) -> None:
    try:
        with reading(viewer.token) as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        if sqlstate(error) == "NR403":
            raise HookRefused(str(error).splitlines()[0]) from error
        raise
