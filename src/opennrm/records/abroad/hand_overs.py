"""The port of hand-overs made real: words kept with what they say sealed, and put in the post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.utils import DatabaseError

from opennrm.casework.ports import HandOver
from opennrm.casework.reasons import found
from opennrm.casework.refusals import (
    AccessMissing,
    CaseNotFound,
    MoveRefused,
    PermissionMissing,
    Refused,
)
from opennrm.exchange.crossborder.content import Bound, Package, Preview, seal_content
from opennrm.exchange.crossborder.message import LASTS, Message
from opennrm.exchange.crossborder.story import Told
from opennrm.records.abroad.keys import house_keys
from opennrm.records.abroad.partners import card_of
from opennrm.records.sessions import Session, sqlstate
from opennrm.vocabulary.hand_over import HandOverWord

BEGIN = "SELECT nrm.begin_hand_over(%s, %s, %s, %s)"
NEXT = "SELECT ours, partner, is_sender, number FROM nrm.next_hand_over_word(%s, %s)"
KEEP = "SELECT nrm.keep_said(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
TAKE = "SELECT nrm.take_hand_over(%s, %s)"
ONE = "SELECT partner, is_sender, case_ref FROM nrm.hand_over WHERE hand_over = %s AND ours = %s"
STORY = (
    "SELECT message, word, by_sender, number, digest, reason, at FROM nrm.hand_over_word "
    "WHERE hand_over = %s AND ours = %s AND has_arrived IS NOT false ORDER BY at, number"
)
CARD = "SELECT card FROM nrm.partner WHERE organisation = %s"
REFUSALS: dict[str, tuple[type[Refused], str]] = {
    "NR426": (PermissionMissing, "partner_not_trusted"),
    "NR403": (AccessMissing, "access_missing"),
}


class RecordedHandOvers:
    """Hand-overs, as one reader may use them within one transaction.

    What waits to be written of a case is written first: the database asks what stands there.
    """

    def __init__(
        self, cursor: Any, session: Session, at: datetime, *, write_first: Callable[[], None]
    ) -> None:
        self._cursor, self._session, self._at = cursor, session, at
        self._write_first = write_first

    def begin(self, ref: UUID, *, partner: UUID, case_ref: UUID, consent: UUID) -> None:
        """Begin a hand-over to a partner, resting on one consent."""
        self._ask(BEGIN, [ref, partner, case_ref, consent])

    def load(self, ref: UUID) -> HandOver:
        """Find a hand-over of the reader's organisation.

        :raises CaseNotFound: when it is another's, or there is none.
        """
        ours = self._session.actor.organisation
        self._cursor.execute(ONE, [ref, ours])
        row = self._cursor.fetchone()
        if row is None:
            raise CaseNotFound()
        partner, is_sender, case_ref = row
        return HandOver(
            hand_over=ref,
            ours=ours,
            partner=partner,
            is_sender=is_sender,
            story=story_of(self._cursor, ref, ours),
            case_ref=case_ref,
        )

    def say(
        self,
        ref: UUID,
        word: HandOverWord,
        *,
        reason: str | None = None,
        content: Preview | Package | None = None,
    ) -> None:
        """Keep a word and put it in the post, what it says sealed to the other side.

        :raises PermissionMissing: when the partner is not trusted now, or keys are missing.
        """
        (row,) = self._ask(NEXT, [ref, word.value])
        ours, partner, _is_sender, number = row
        bound = Bound(uuid4(), ref, word, ours, partner)
        sealed = self._sealed(content, bound) if content is not None else None
        message = worded(bound, number, reason=reason, content=sealed, at=self._at)
        values = [ref, ours, bound.message, word.value, number, reason]
        self._ask(KEEP, [*values, message.digest, sealed, self._at])

    def take_over(self, ref: UUID, case_ref: UUID) -> None:
        """Bind what came to the one case that was started with it.

        :raises MoveRefused: when another case was started with it before.
        """
        (row,) = self._ask(TAKE, [ref, case_ref])
        if not row[0]:
            raise MoveRefused(found("hand_over_taken_before"))

    def _sealed(self, content: Preview | Package, bound: Bound) -> str:
        signer = house_keys(self._cursor, self._session)[0]
        self._cursor.execute(CARD, [bound.receiver])
        card = card_of(self._cursor.fetchone()[0])
        return seal_content(content, bound, signer=signer, reader=card.house)

    def _ask(self, statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        self._write_first()
        try:
            with transaction.atomic(using="recorder"):
                self._cursor.execute(statement, values)
                rows: list[tuple[Any, ...]] = self._cursor.fetchall()
                return rows
        except DatabaseError as error:
            if sqlstate(error) in REFUSALS:
                kind, reason = REFUSALS[sqlstate(error)]
                raise kind(found(reason)) from error
            raise


def worded(
    bound: Bound, number: int, *, reason: str | None, content: str | None, at: datetime
) -> Message:
    """Build the message of a word that is kept here."""
    return Message(
        message=bound.message,
        hand_over=bound.hand_over,
        number=number,
        word=bound.word,
        sender=bound.sender,
        receiver=bound.receiver,
        reason=reason,
        content=content,
        issued=at,
        expires=at + LASTS,
    )


def story_of(cursor: Any, ref: UUID, ours: UUID) -> tuple[Told, ...]:
    """Return everything that was said in a hand-over, as this side knows it."""
    cursor.execute(STORY, [ref, ours])
    return tuple(
        Told(message, HandOverWord(word), by_sender, number, bytes(digest), reason, at)
        for message, word, by_sender, number, digest, reason, at in cursor.fetchall()
    )
