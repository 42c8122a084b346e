"""What a focal point sees of its hand-overs: lists, stories, and what came, opened by its keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from opennrm.casework.hand_over_received import Received
from opennrm.casework.reasons import found
from opennrm.casework.refusals import CaseNotFound, MoveRefused
from opennrm.exchange.crossborder.content import Bound, Package, Preview, open_content
from opennrm.exchange.crossborder.keys import PrivateKeys
from opennrm.exchange.crossborder.refusals import NotAccepted, Refused
from opennrm.exchange.crossborder.story import Told, state
from opennrm.records.abroad.keys import house_keys
from opennrm.records.abroad.partners import card_of
from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading
from opennrm.vocabulary.hand_over import HandOverState, HandOverWord

# One row for each word of a hand-over, so that one question brings them all.
ROWS = (
    "SELECT kept.hand_over, kept.is_sender, kept.case_ref, kept.begun_at, partner.card, "
    "partner.status, said.message, said.word, said.is_sent, said.reason, said.at, "
    "said.has_arrived, said.problem, said.by_sender, said.number, said.digest FROM {kept} AS kept "
    "JOIN nrm.partner ON partner.organisation = kept.partner "
    "JOIN nrm.hand_over_word AS said ON said.hand_over = kept.hand_over AND said.ours = kept.ours "
    "ORDER BY kept.begun_at DESC, kept.hand_over, said.at, said.number"
)
LIST = ROWS.format(kept="(SELECT * FROM nrm.hand_over ORDER BY begun_at DESC LIMIT 200)")
ONE = ROWS.format(kept="(SELECT * FROM nrm.hand_over WHERE hand_over = %s)")
CARD = 4
CONTENTS = "SELECT message, word, content FROM nrm.contents_of_hand_over(%s)"
AGAIN = "SELECT nrm.send_word_again(%s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Line:
    """One word of a hand-over as this side knows it."""

    message: UUID
    word: str
    is_sent: bool
    reason: str | None
    at: datetime
    has_arrived: bool | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """One hand-over as a focal point sees it."""

    hand_over: UUID
    reference: str
    is_sender: bool
    case_ref: UUID | None
    begun_at: datetime
    partner_name: str
    partner_state: str
    partner_status: str
    stands: HandOverState
    lines: tuple[Line, ...]
    story: tuple[Told, ...]

    def has(self, word: HandOverWord) -> bool:
        """Tell whether a word was said."""
        return any(one.word == word.value for one in self.lines)


def own_hand_overs(viewer: Session) -> list[HandOverPage]:
    """List the hand-overs of the viewer's focal point, the newest first."""
    with reading(viewer.token) as cursor:
        cursor.execute(LIST)
        rows = cursor.fetchall()
    return [_page(list(one)) for _ref, one in groupby(rows, key=itemgetter(0))]


def hand_over(viewer: Session, ref: UUID) -> HandOverPage:
    """Show one hand-over.

    :raises CaseNotFound: when there is none of the viewer's focal point.
    """
    with reading(viewer.token) as cursor:
        cursor.execute(ONE, [ref])
        rows = cursor.fetchall()
    if not rows:
        raise CaseNotFound()
    return _page(rows)


def opened_preview(viewer: Session, ref: UUID) -> Preview | None:
    """Open the preview of a hand-over; None where it is not kept any more."""
    found_ = _opened(viewer, ref).get(HandOverWord.OFFERED)
    return found_ if isinstance(found_, Preview) else None


def opened_content(viewer: Session, ref: UUID) -> Received:
    """Open everything that came, to begin a case with it.

    :raises MoveRefused: when nothing was handed over, or it cannot be opened.
    """
    contents = _opened(viewer, ref)
    preview = contents.get(HandOverWord.OFFERED)
    package = contents.get(HandOverWord.HANDED_OVER)
    if not isinstance(preview, Preview) or not isinstance(package, Package):
        raise MoveRefused(found("hand_over_not_now"))
    return Received(hand_over=ref, preview=preview, package=package)


def send_again(viewer: Session, ref: UUID, message: UUID, *, at: datetime) -> None:
    """Send a word that was not taken once more."""
    with reading(viewer.token) as cursor:
        cursor.execute(AGAIN, [ref, message, at])


def _opened(viewer: Session, ref: UUID) -> dict[HandOverWord, Preview | Package]:
    with reading(viewer.token) as cursor:
        cursor.execute(ONE, [ref])
        row = cursor.fetchone()
        if row is None:
            raise CaseNotFound()
        card = card_of(row[CARD])
        own = house_keys(cursor, viewer)
        cursor.execute(CONTENTS, [ref])
        rows = cursor.fetchall()
    ours = viewer.actor.organisation
    contents = {}
    for message, word, text in rows:
        spoken = HandOverWord(word)
        bound = Bound(message, ref, spoken, card.organisation, ours)
        contents[spoken] = _with_any(text, bound, own, card)
    return contents


def _with_any(text: str, bound: Bound, own: list[PrivateKeys], card: Any) -> Preview | Package:
    """Open a content with the key it was sealed to, the newest or an older one.

    :raises MoveRefused: when none of them opens it.
    """
    for keys in own:
        try:
            return open_content(text, bound, reader=keys, sender=card.house)
        except (NotAccepted, Refused):
            continue
    raise MoveRefused(found("content_unreadable"))


def _page(rows: list[tuple[Any, ...]]) -> HandOverPage:
    ref, is_sender, case_ref, begun_at, card, status = rows[0][:6]
    known = card_of(card)
    lines = tuple(Line(*row[6:13]) for row in rows)
    story = tuple(
        Told(
            one.message,
            HandOverWord(one.word),
            row[13],
            row[14],
            bytes(row[15]),
            one.reason,
            one.at,
        )
        for one, row in zip(lines, rows, strict=True)
        if one.has_arrived is not False
    )
    return HandOverPage(
        hand_over=ref,
        reference=reference(ref),
        is_sender=is_sender,
        case_ref=case_ref,
        begun_at=begun_at,
        partner_name=known.name,
        partner_state=known.state,
        partner_status=status,
        stands=state(story),
        lines=lines,
        story=story,
    )
