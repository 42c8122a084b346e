"""A referral as a signed file (JWS, Ed25519): what it claims, written and read strictly."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from joserfc import jws
from joserfc.errors import JoseError

from opennrm.exchange.crossborder.keys import imported, thumbprint
from opennrm.exchange.crossborder.message import CLOCKS, strictly
from opennrm.exchange.crossborder.refusals import Refused as Unread

KIND, ALGORITHM, VERSION = "opennrm-referral-1", "Ed25519", 1
LONGEST = 512 * 1024
# A file is carried by hand, so it lives longer than a message over a line.
LASTS = timedelta(days=7)
MEMBERS = frozenset(("version", "file", "sender", "receiver", "issued", "expires", "delivery"))


class FileFault(StrEnum):
    """Why a file is not taken; only `NOT_KNOWN` is said to whoever did not sign it."""

    NOT_KNOWN = "file_not_known"
    UNREAD = "file_unread"
    ELSEWHERE = "file_for_elsewhere"
    OVER = "file_over"
    AHEAD = "file_dated_ahead"
    CHANGED = "file_changed"


class FileRefused(Exception):
    """A file is not taken, for one of the named reasons."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFile:
    """What a file says of itself, and the referral in it, unread."""

    file_ref: UUID
    sender: UUID
    receiver: str
    issued: datetime
    expires: datetime
    delivery: Mapping[str, Any]
    digest: bytes


def opened(text: str, *, key_of: Callable[[str], Mapping[str, str] | None]) -> SignedFile:
    """Open a file that a registered key signed.

    :raises FileRefused: when no such key did, or what it signed has not the form of version 1.
    """
    payload = _signed_by(text, key_of)
    try:
        told = strictly(payload, MEMBERS)
        moments = [datetime.fromisoformat(told[name]) for name in ("issued", "expires")]
        if any(one.tzinfo is None for one in moments) or told["version"] != VERSION:
            raise FileRefused(FileFault.UNREAD)
        if not isinstance(told["delivery"], dict):
            raise FileRefused(FileFault.UNREAD)
        return SignedFile(
            file_ref=UUID(told["file"]),
            sender=UUID(told["sender"]),
            receiver=str(told["receiver"]),
            issued=moments[0],
            expires=moments[1],
            delivery=told["delivery"],
            digest=hashlib.sha256(payload).digest(),
        )
    except (Unread, ValueError, TypeError, AttributeError) as fault:
        raise FileRefused(FileFault.UNREAD) from fault


def require_current(one: SignedFile, *, at: datetime) -> None:
    """Refuse a file that is over, dated ahead, or made to last for long.

    :raises FileRefused: when it is.
    """
    if one.issued > at + CLOCKS:
        raise FileRefused(FileFault.AHEAD)
    if one.expires < at - CLOCKS or one.expires - one.issued > LASTS:
        raise FileRefused(FileFault.OVER)


def signed(told: Mapping[str, Any], key: Mapping[str, str]) -> str:
    """Sign a referral as its sender's system does."""
    head = {"alg": ALGORITHM, "kid": thumbprint(key), "typ": KIND}
    payload = json.dumps(told).encode()
    text: str = jws.serialize_compact(head, payload, imported(key), algorithms=[ALGORITHM])
    return text


def _signed_by(text: str, key_of: Callable[[str], Mapping[str, str] | None]) -> bytes:
    """Return the bytes that a registered key signed; it never says what else they were."""
    try:
        if len(text) > LONGEST or text.count(".") != 2:
            raise FileRefused(FileFault.NOT_KNOWN)
        first = text.partition(".")[0]
        head = json.loads(urlsafe_b64decode(first + "=" * (-len(first) % 4)))
        key = key_of(str(head["kid"]))
        if key is None or head != {"alg": ALGORITHM, "kid": thumbprint(key), "typ": KIND}:
            raise FileRefused(FileFault.NOT_KNOWN)
        payload = jws.deserialize_compact(text, imported(key), algorithms=[ALGORITHM]).payload
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as fault:
        raise FileRefused(FileFault.NOT_KNOWN) from fault
    return bytes(payload)
