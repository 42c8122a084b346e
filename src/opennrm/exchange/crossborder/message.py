"""One message of a hand-over: what it claims, written strictly and read strictly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from opennrm.exchange.crossborder.refusals import Fault, Refused
from opennrm.vocabulary.hand_over import EndDone, HandOverRefusal, HandOverWord, Revocation

VERSION = 1
LASTS = timedelta(hours=24)
# Clocks of two installations may be minutes apart.
CLOCKS = timedelta(minutes=10)
REASONS: Mapping[HandOverWord, frozenset[str]] = {
    HandOverWord.REFUSED: frozenset(HandOverRefusal),
    HandOverWord.REVOKED: frozenset(Revocation),
    HandOverWord.CONFIRMED: frozenset(EndDone),
}
WITH_CONTENT = frozenset({HandOverWord.OFFERED, HandOverWord.HANDED_OVER})
MEMBERS = frozenset(
    {
        *("version", "message", "hand_over", "number", "word", "sender", "receiver"),
        *("reason", "content", "issued", "expires", "head"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One word of a hand-over, numbered within it and its direction, from 1."""

    message: UUID
    hand_over: UUID
    number: int
    word: HandOverWord
    sender: UUID
    receiver: UUID
    issued: datetime
    expires: datetime
    reason: str | None = None
    content: str | None = None
    # The newest seal of the sender's record, which the receiver keeps for it.
    head: Mapping[str, Any] | None = None

    @property
    def digest(self) -> bytes:
        """Return what stays the same however often it is sent: all but its dates and the seal."""
        told = {name: value for name, value in self.told().items() if name not in CHANGING}
        return hashlib.sha256(canonical(told)).digest()

    def told(self) -> dict[str, object]:
        """Return its members."""
        return {
            "version": VERSION,
            "message": str(self.message),
            "hand_over": str(self.hand_over),
            "number": self.number,
            "word": self.word.value,
            "sender": str(self.sender),
            "receiver": str(self.receiver),
            "reason": self.reason,
            "content": self.content,
            "issued": _seconds(self.issued),
            "expires": _seconds(self.expires),
            "head": dict(self.head) if self.head is not None else None,
        }

    def payload(self) -> bytes:
        """Return the bytes that are signed."""
        return canonical(self.told())

    def issued_anew(self, at: datetime) -> Message:
        """Return the same message, dated from now, as each attempt to send it is."""
        return replace(self, issued=at, expires=at + LASTS)

    def with_head(self, head: Mapping[str, Any]) -> Message:
        """Return the same message with the newest seal of the sender's record."""
        return replace(self, head=head)


CHANGING = frozenset({"issued", "expires", "head"})


def canonical(told: object) -> bytes:
    """Write JSON in the one form that is signed and compared."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def strictly(payload: bytes, members: frozenset[str]) -> dict[str, Any]:
    """Read an object that has exactly these members.

    :raises Refused: when it is none, or has one more, less or twice.
    """
    try:
        told = json.loads(payload, object_pairs_hook=_once)
    except (ValueError, RecursionError) as fault:
        raise Refused(Fault.MALFORMED) from fault
    if not isinstance(told, dict) or set(told) != members:
        raise Refused(Fault.MALFORMED)
    return told


def read(payload: bytes) -> Message:
    """Read a message from the bytes that were signed.

    :raises Refused: when a member is missing, unknown, of the wrong form, or does not belong
        with the word.
    """
    told = strictly(payload, MEMBERS)
    try:
        message = _formed(told)
    except (ValueError, TypeError, OverflowError) as fault:
        raise Refused(Fault.MALFORMED) from fault
    allowed = REASONS.get(message.word)
    fits = (message.reason in allowed if allowed else message.reason is None) and (
        message.content is not None
    ) == (message.word in WITH_CONTENT)
    if not fits or message.number < 1 or told["version"] != VERSION:
        raise Refused(Fault.MALFORMED)
    return message


def require_current(message: Message, *, at: datetime) -> None:
    """Refuse a message that is over, ahead of time, or made to live for long.

    :raises Refused: when it is.
    """
    if message.issued > at + CLOCKS:
        raise Refused(Fault.FROM_THE_FUTURE)
    if message.expires - message.issued > LASTS or message.expires <= message.issued:
        raise Refused(Fault.LIVES_TOO_LONG)
    if message.expires + CLOCKS <= at:
        raise Refused(Fault.EXPIRED)


def _formed(told: Mapping[str, Any]) -> Message:
    if type(told["number"]) is not int or not isinstance(told["head"], dict | None):
        raise ValueError
    return Message(
        message=_uuid(told["message"]),
        hand_over=_uuid(told["hand_over"]),
        number=told["number"],
        word=HandOverWord(told["word"]),
        sender=_uuid(told["sender"]),
        receiver=_uuid(told["receiver"]),
        reason=_text_or_none(told["reason"]),
        content=_text_or_none(told["content"]),
        issued=_moment(told["issued"]),
        expires=_moment(told["expires"]),
        head=told["head"],
    )


def _uuid(value: object) -> UUID:
    if not isinstance(value, str) or str(UUID(value)) != value:
        raise ValueError
    return UUID(value)


def _text_or_none(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError
    return value


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(value: object) -> datetime:
    if type(value) is not int:
        raise ValueError
    return datetime.fromtimestamp(value, UTC)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError
    return told
