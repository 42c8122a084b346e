"""Takes a message of a partner in, once, and answers with a receipt that only its sender opens.

Whoever is not a trusted partner learns nothing: not which key, name or hand-over is known here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connections, transaction

from opennrm.exchange.crossborder.card import Card
from opennrm.exchange.crossborder.content import Bound
from opennrm.exchange.crossborder.envelope import MESSAGE, RECEIPT, opened, sealed
from opennrm.exchange.crossborder.message import Message, read, require_current
from opennrm.exchange.crossborder.receipt import Receipt
from opennrm.exchange.crossborder.refusals import Fault, Refused
from opennrm.exchange.crossborder.story import BY_SENDER, ENDS, require_next
from opennrm.records.abroad.hand_overs import story_of, worded
from opennrm.records.abroad.keys import public_of_house, server_keys
from opennrm.records.abroad.partners import card_of
from opennrm.vocabulary.hand_over import EndDone, HandOverWord, PartnerStatus

OF_KEY = "SELECT organisation, card, status FROM nrm.partner WHERE sign_key = %s"
LOCK = "SELECT partner, is_sender, case_ref FROM nrm.lock_hand_over(%s, %s)"
KNOWN = "SELECT digest FROM nrm.hand_over_word WHERE message = %s AND ours = %s AND NOT is_sent"
HEARD = "SELECT message FROM nrm.hand_over_word WHERE hand_over = %s AND ours = %s AND NOT is_sent"
KEEP = "SELECT nrm.keep_heard(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s)"
CONFIRM = "SELECT nrm.confirm_unopened(%s, %s, %s, %s, %s, %s)"
AGREED = "SELECT nrm.agreement_in_force(%s)"
STANDS = frozenset({PartnerStatus.TRUSTED, PartnerStatus.SUSPENDED})
NEED_TRUST = frozenset(HandOverWord) - ENDS - {HandOverWord.CONFIRMED}
NEED_AGREEMENT = frozenset({HandOverWord.OFFERED, HandOverWord.HANDED_OVER})
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class _Sender:
    """A partner whose key signed: its card, and whether it is trusted now."""

    card: Card
    status: str


def receive(text: str, *, at: datetime) -> str:
    """Take a message in and return its receipt, signed and sealed to the sender.

    :raises NotAccepted: when no partner that stands sent it to this installation.
    """
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        senders: dict[UUID, _Sender] = {}

        def pinned(key_id: str) -> Mapping[str, str] | None:
            senders.update(_senders(cursor, key_id))
            return next(iter(senders.values())).card.server.sign if senders else None

        _who, payload = opened(text, reader=server_keys(), signer_of=pinned, kind=MESSAGE)
        digest = hashlib.sha256(text.encode()).digest()
        try:
            message = read(payload)
            receipt = _taken(cursor, message, senders, digest, at=at)
        except Refused as no:
            receipt = Receipt(_message_in(payload), digest, problem=no.problem)
        card = next(iter(senders.values())).card
        return sealed(receipt.payload(), signer=server_keys(), reader=card.server, kind=RECEIPT)


def _senders(cursor: Any, key_id: str) -> dict[UUID, _Sender]:
    """Return the partners of a signing key; none where one of them is compromised."""
    cursor.execute(OF_KEY, [key_id])
    rows = cursor.fetchall()
    if any(status == PartnerStatus.COMPROMISED for _ref, _card, status in rows):
        return {}
    return {ref: _Sender(card_of(card), status) for ref, card, status in rows if status in STANDS}


def _taken(
    cursor: Any,
    message: Message,
    senders: Mapping[UUID, _Sender],
    digest: bytes,
    *,
    at: datetime,
) -> Receipt:
    """Keep a message that may be kept, or find that it was kept before.

    :raises Refused: when it may not.
    """
    sender = senders.get(message.sender)
    if sender is None:
        raise Refused(Fault.NOT_YOURS)
    if public_of_house(cursor, message.receiver) is None:
        raise Refused(Fault.NOT_FOR_US)
    require_current(message, at=at)
    cursor.execute(LOCK, [message.hand_over, message.receiver])
    kept = cursor.fetchone()
    if not _was_kept(cursor, message):
        _require_standing(cursor, message, sender)
        _require_of_sender(kept, message)
        story = story_of(cursor, message.hand_over, message.receiver)
        require_next(story, message.word, message.number)
        _keep(cursor, message, at=at)
        if message.word in ENDS and (kept is None or kept[2] is None):
            _confirm_unopened(cursor, message, at=at)
    cursor.execute(HEARD, [message.hand_over, message.receiver])
    return Receipt(message.message, digest, tuple(ref for (ref,) in cursor.fetchall()))


def _was_kept(cursor: Any, message: Message) -> bool:
    cursor.execute(KNOWN, [message.message, message.receiver])
    row = cursor.fetchone()
    if row is not None and bytes(row[0]) != message.digest:
        raise Refused(Fault.CHANGED)
    return row is not None


def _require_standing(cursor: Any, message: Message, sender: _Sender) -> None:
    """Refuse what begins or carries on where the partner is suspended or not under agreement."""
    if message.word in NEED_TRUST and sender.status != PartnerStatus.TRUSTED:
        raise Refused(Fault.SUSPENDED)
    cursor.execute(AGREED, [message.sender])
    if message.word in NEED_AGREEMENT and not cursor.fetchone()[0]:
        raise Refused(Fault.SUSPENDED)


def _require_of_sender(kept: tuple[Any, ...] | None, message: Message) -> None:
    """Refuse a word in a hand-over of somebody else, or a word of the side that is ours."""
    if kept is None:
        if message.word not in BY_SENDER:
            raise Refused(Fault.UNKNOWN_HAND_OVER)
        return
    partner, is_ours, _case = kept
    if partner != message.sender:
        raise Refused(Fault.UNKNOWN_HAND_OVER)
    if is_ours is (message.word in BY_SENDER):
        raise Refused(Fault.NOT_NOW)


def _keep(cursor: Any, message: Message, *, at: datetime) -> None:
    values = [message.hand_over, message.receiver, message.sender, message.message]
    said = [message.word.value, message.word in BY_SENDER, message.number, message.reason]
    head = json.dumps(message.head) if message.head is not None else None
    cursor.execute(KEEP, [*values, *said, message.digest, message.content, head, at])


def _confirm_unopened(cursor: Any, message: Message, *, at: datetime) -> None:
    """Tell the sender that nothing was opened here and nothing is left."""
    story = story_of(cursor, message.hand_over, message.receiver)
    number = 1 + max((one.number for one in story if not one.by_sender), default=0)
    bound = Bound(
        uuid4(), message.hand_over, HandOverWord.CONFIRMED, message.receiver, message.sender
    )
    reason = EndDone.NOTHING_OPENED.value
    digest = worded(bound, number, reason=reason, content=None, at=at).digest
    values = [message.hand_over, message.receiver, bound.message, number, digest, at]
    cursor.execute(CONFIRM, values)


def _message_in(payload: bytes) -> UUID:
    """Return the reference a message gave itself, as far as it can be read."""
    try:
        return UUID(json.loads(payload)["message"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return NOBODY
