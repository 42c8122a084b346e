"""Two invented sides of a border, and what they say to each other, for tests."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from opennrm.exchange.crossborder.content import Bound, Package, Particulars, Preview, seal_content
from opennrm.exchange.crossborder.keys import PrivateKeys, new_keys
from opennrm.exchange.crossborder.message import LASTS, WITH_CONTENT, Message
from opennrm.vocabulary.hand_over import HandOverWord

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SPACE = UUID(int=7)
THREAD = uuid5(SPACE, "hand-over")
REASONS = {"refused": "no_place", "revoked": "plan_changed", "confirmed": "deleted"}


@dataclass
class Side:
    """One installation with one focal point."""

    name: str
    server: PrivateKeys = field(default_factory=new_keys)
    house: PrivateKeys = field(default_factory=new_keys)

    @property
    def ref(self) -> UUID:
        """Return the reference of its organisation."""
        return uuid5(SPACE, self.name)


HERE, THERE, ELSEWHERE = Side("Here"), Side("There"), Side("Elsewhere")
PREVIEW = Preview(
    movement="return",
    purpose="safe_return",
    age_group="adult",
    reply_by=date(2026, 3, 9),
    until=date(2026, 9, 1),
    parts=("D2S", "D8S"),
    sex="female",
    language="sq",
    week="2026-W12",
)
PACKAGE = Package(
    assessed_on=date(2026, 3, 1),
    risk_valid_until=date(2026, 4, 1),
    consent=uuid5(SPACE, "consent"),
    particulars=Particulars(names="Lina Example", birthdate="1 May 2000", citizenship=("AL",)),
    summaries=(("D8S", "Afraid of one man in the old town."),),
)


def bound(word: HandOverWord, message: UUID, *, of: Side = HERE, to: Side = THERE) -> Bound:
    """Bind a content to its message."""
    return Bound(message, THREAD, word, of.ref, to.ref)


def said(word: str, number: int = 1, *, of: Side = HERE, to: Side = THERE, **more: Any) -> Message:
    """Make a message of one side to the other."""
    spoken = HandOverWord(word)
    message = uuid5(SPACE, f"{word} {number} {of.name}")
    content = None
    if spoken in WITH_CONTENT:
        told = PREVIEW if spoken is HandOverWord.OFFERED else PACKAGE
        tied = bound(spoken, message, of=of, to=to)
        content = seal_content(told, tied, signer=of.house, reader=to.house.public)
    known: dict[str, Any] = {"issued": NOW, "expires": NOW + LASTS, "hand_over": THREAD}
    return Message(
        **(
            known
            | {"message": message, "number": number, "word": spoken, "sender": of.ref}
            | {"receiver": to.ref, "reason": REASONS.get(word), "content": content}
            | more
        )
    )
