"""Sends what was said to partners, over the line or as lines of a file; hears their receipts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from opennrm.exchange.crossborder.card import Card
from opennrm.exchange.crossborder.content import Bound
from opennrm.exchange.crossborder.envelope import MESSAGE, RECEIPT, opened, sealed
from opennrm.exchange.crossborder.receipt import Receipt, read_receipt
from opennrm.exchange.crossborder.refusals import NotAccepted
from opennrm.records.abroad.hand_overs import worded
from opennrm.records.abroad.keys import server_keys
from opennrm.records.abroad.partners import card_of
from opennrm.records.posting import calling
from opennrm.records.posting.waiting import next_attempt
from opennrm.records.seals import newest_seal
from opennrm.vocabulary.hand_over import HandOverWord

PATH = "between/v1/messages"
MEDIA_TYPE = "application/jose"
LONG_AGO = timedelta(days=3660)
DUE = (
    "SELECT post_ref, message, hand_over, number, word, reason, content, sender, receiver, card, "
    "attempts FROM nrm.due_words(%s, %s)"
)
ATTEMPT = "SELECT nrm.note_attempt(%s, %s, %s, %s)"
HEARD = "SELECT nrm.note_receipt(%s, %s, %s, %s)"
CARDS = "SELECT card FROM nrm.partner WHERE sign_key = %s AND status <> 'compromised'"

Line = Callable[[str, str], str]


class LineCut(Exception):
    """The other side was not reached, or its answer did not come; it is tried again."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many words went and were taken, and how many wait."""

    taken: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class _Letter:
    """One word that is due, written for its reader."""

    post: UUID
    text: str = field(repr=False)
    card: Card
    attempts: int

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.text.encode()).digest()


def to_partners() -> calling.Line:
    """Return what this installation shows on the line, and the certificates it expects there."""
    pins = (pin.partition("=") for pin in settings.OPENNRM_PARTNER_PINS)
    return calling.Line(
        settings.OPENNRM_PARTNER_CERTIFICATE,
        frozenset((host.lower(), digest.replace(":", "").lower()) for host, _sign, digest in pins),
    )


def over_https(address: str, text: str) -> str:
    """Post a message to a partner's installation and return what it answers.

    :raises LineCut: when it is not reached, or answers anything but a receipt.
    """
    try:
        answer = calling.post(
            address.rstrip("/") + "/" + PATH,
            text.encode(),
            {"Content-Type": MEDIA_TYPE},
            to_partners(),
        )
    except (calling.NotReached, calling.AddressRefused) as fault:
        raise LineCut(str(fault)) from fault
    if answer.status != HTTPStatus.OK:
        raise LineCut("The partner's installation did not take the message.")
    return answer.body.decode("ascii", "replace")


def send_due(*, at: datetime, line: Line = over_https) -> Sent:
    """Send what is due to each partner that has an address, in order, until the line is cut."""
    taken = waiting = 0
    cut: set[str] = set()
    for letter in _due(at):
        if not letter.card.address or letter.card.address in cut:
            waiting += 1
        elif _was_taken(letter, line, at=at):
            taken += 1
        else:
            cut.add(letter.card.address)
            waiting += 1
    return Sent(taken, waiting)


def as_lines(partner: UUID, *, at: datetime) -> tuple[str, ...]:
    """Write everything that waits for a partner, one line each, to be carried as a file.

    What follows something that has not arrived goes with the next file.
    """
    lines = []
    for letter in _due(at + LONG_AGO, partner, issued=at):
        _note(letter, letter.digest, next_attempt(letter.attempts, at=at), "as_a_file")
        lines.append(letter.text)
    return tuple(lines)


def hear(text: str, *, at: datetime) -> bool:
    """Take in a receipt that was carried back; False when it answers nothing of ours.

    :raises NotAccepted: when no partner wrote it to this installation.
    """
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:

        def pinned(key_id: str) -> Any:
            cursor.execute(CARDS, [key_id])
            row = cursor.fetchone()
            return card_of(row[0]).server.sign if row else None

        _who, payload = opened(text, reader=server_keys(), signer_of=pinned, kind=RECEIPT)
        return _kept(cursor, read_receipt(payload), at=at)


def _was_taken(letter: _Letter, line: Line, *, at: datetime) -> bool:
    again = next_attempt(letter.attempts, at=at)
    # Noted before it goes, so that a receipt is known even when this process ends meanwhile.
    _note(letter, letter.digest, again, "line_cut")
    try:
        answer = line(letter.card.address, letter.text)
        pinned = {letter.card.server.sign_id: letter.card.server.sign}
        _who, payload = opened(answer, reader=server_keys(), signer_of=pinned.get, kind=RECEIPT)
        receipt = read_receipt(payload)
    except (LineCut, NotAccepted):
        return False
    if receipt.digest != letter.digest:
        return False
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        return _kept(cursor, receipt, at=at) and receipt.problem is None


def _kept(cursor: Any, receipt: Receipt, *, at: datetime) -> bool:
    problem = receipt.problem
    again = next_attempt(3, at=at) if problem and problem.may_help_later else None
    fault = problem.fault.value if problem else None
    cursor.execute(HEARD, [receipt.digest, fault, again, list(receipt.held)])
    return bool(cursor.fetchone()[0])


def _due(
    moment: datetime, partner: UUID | None = None, *, issued: datetime | None = None
) -> Iterator[_Letter]:
    """Yield what is due, each written anew and dated from now."""
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        cursor.execute(DUE, [moment, partner])
        rows = cursor.fetchall()
    for post, message, ref, number, word, reason, content, sender, receiver, card, tries in rows:
        bound = Bound(message, ref, HandOverWord(word), sender, receiver)
        told = worded(bound, number, reason=reason, content=content, at=issued or moment)
        yield _Letter(post, _written(told, card_of(card)), card_of(card), tries)


def _written(told: Any, card: Card) -> str:
    seal = newest_seal()
    dated = told.with_head(seal.told()) if seal else told
    return sealed(dated.payload(), signer=server_keys(), reader=card.server, kind=MESSAGE)


def _note(letter: _Letter, digest: bytes, again: datetime, fault: str) -> None:
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        cursor.execute(ATTEMPT, [letter.post, digest, again, fault])
