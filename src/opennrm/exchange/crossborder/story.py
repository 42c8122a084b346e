"""The story of a hand-over: which word may follow, and where it stands. Both sides use this.

The state is worked out of the set of words, so that messages which cross on the way leave both
sides with the same story.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.exchange.crossborder.refusals import Fault, Refused
from opennrm.vocabulary.hand_over import HandOverState, HandOverWord

W = HandOverWord
BY_SENDER = frozenset({W.OFFERED, W.HANDED_OVER, W.WITHDRAWN, W.REVOKED})
ENDS = frozenset({W.WITHDRAWN, W.REVOKED})
ANSWERS = frozenset({W.ACCEPTED, W.REFUSED})
# What must have been said before, one of each set; and what must not have been said yet.
AFTER: Mapping[HandOverWord, tuple[frozenset[HandOverWord], ...]] = {
    W.OFFERED: (),
    W.ACCEPTED: (frozenset({W.OFFERED}),),
    W.REFUSED: (frozenset({W.OFFERED}),),
    W.HANDED_OVER: (frozenset({W.ACCEPTED}),),
    W.TAKEN_OVER: (frozenset({W.HANDED_OVER}),),
    W.WITHDRAWN: (),
    W.REVOKED: (frozenset({W.OFFERED}),),
    W.CONFIRMED: (ENDS,),
}
BEFORE: Mapping[HandOverWord, frozenset[HandOverWord]] = {
    W.OFFERED: frozenset(W),
    W.ACCEPTED: ANSWERS,
    W.REFUSED: ANSWERS,
    W.HANDED_OVER: ENDS | {W.HANDED_OVER},
    W.TAKEN_OVER: frozenset({W.TAKEN_OVER}),
    W.WITHDRAWN: ENDS | {W.REFUSED},
    W.REVOKED: ENDS | {W.REFUSED},
    W.CONFIRMED: frozenset({W.CONFIRMED}),
}
LATEST_FIRST = (
    (W.CONFIRMED, HandOverState.CLOSED),
    (W.WITHDRAWN, HandOverState.ENDED),
    (W.REVOKED, HandOverState.ENDED),
    (W.TAKEN_OVER, HandOverState.TAKEN_OVER),
    (W.HANDED_OVER, HandOverState.HANDED_OVER),
    (W.REFUSED, HandOverState.REFUSED),
    (W.ACCEPTED, HandOverState.ACCEPTED),
    (W.OFFERED, HandOverState.OFFERED),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One word that was said: in which direction, as which number, when it was kept here."""

    message: UUID
    word: HandOverWord
    by_sender: bool
    number: int
    digest: bytes
    reason: str | None = None
    at: datetime | None = None

    @property
    def line(self) -> tuple[bool, int, str, str, str]:
        """Return what both sides must agree on."""
        who = self.by_sender
        return who, self.number, self.word.value, self.reason or "", self.digest.hex()


def state(story: Iterable[Told]) -> HandOverState:
    """Return where a hand-over stands.

    :raises ValueError: when nothing was said yet.
    """
    said = {one.word for one in story}
    for word, stands in LATEST_FIRST:
        if word in said:
            return stands
    raise ValueError("Nothing was said yet.")


def may_say(story: Iterable[Told], word: HandOverWord) -> bool:
    """Tell whether a side may say a word now; after an end only the end is confirmed."""
    said = {one.word for one in story}
    if said & ENDS and word is not W.CONFIRMED:
        return False
    return _fits(said, word)


def require_next(story: Iterable[Told], word: HandOverWord, number: int) -> None:
    """Refuse a word from the other side that is out of order or does not belong here.

    Her withdrawal overtakes everything: it is taken whatever came before, or did not come.

    :raises Refused: when it is not the next of its direction, or does not fit what was said.
    """
    told = tuple(story)
    said = {one.word for one in told}
    by_sender = word in BY_SENDER
    last = max((one.number for one in told if one.by_sender is by_sender), default=0)
    if word in ENDS:
        if said & ENDS:
            raise Refused(Fault.NOT_NOW)
        return
    if by_sender and said & ENDS:
        raise Refused(Fault.ENDED_BEFORE)
    if not said and word is not W.OFFERED:
        raise Refused(Fault.UNKNOWN_HAND_OVER)
    if number != last + 1:
        raise Refused(Fault.OUT_OF_ORDER if number > last else Fault.CHANGED)
    if not _fits(said, word):
        raise Refused(Fault.NOT_NOW)


def _fits(said: set[HandOverWord], word: HandOverWord) -> bool:
    return all(said & needed for needed in AFTER[word]) and not said & BEFORE[word]
