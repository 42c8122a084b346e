"""What goes to a focal point of another State: a preview of codes, then what she agreed to.

It is sealed by the sending organisation to the receiving one; neither server can read it. Every
field is allowed by name, and read as strictly as it is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from opennrm.exchange.crossborder.envelope import CONTENT, opened, sealed
from opennrm.exchange.crossborder.keys import PrivateKeys, PublicKeys
from opennrm.exchange.crossborder.message import VERSION, canonical, strictly
from opennrm.exchange.crossborder.refusals import Fault, NotAccepted, Refused
from opennrm.lifecycle import fields
from opennrm.vocabulary.age import AgeGroup
from opennrm.vocabulary.assistance import ServiceKind
from opennrm.vocabulary.hand_over import HandOverWord, Movement
from opennrm.vocabulary.person import Sex
from opennrm.vocabulary.scopes import Scope
from opennrm.vocabulary.sharing import ConsentPurpose, Purpose

WEEK = re.compile(r"20\d\d-W(0[1-9]|[1-4]\d|5[0-3])")
LANGUAGE = re.compile(fields.LANGUAGE)
COUNTRY = re.compile(fields.COUNTRY_OR_NONE)
TEXT = 4000
# Two bands are enough to find a place, and tell less than nine.
AGES = frozenset({AgeGroup.CHILD, AgeGroup.ADULT, AgeGroup.UNKNOWN})
MEMBERS = frozenset({"version", "message", "hand_over", "word", "sender", "receiver", "content"})
PREVIEW = frozenset(
    {
        *("movement", "purpose", "age_group", "sex", "language", "services"),
        *("week", "reply_by", "parts", "until"),
    }
)
PARTICULARS = frozenset({"names", "called", "birthdate", "documents", "citizenship"})
PACKAGE = frozenset({"particulars", "summaries", "assessed_on", "risk_valid_until", "consent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Enough to say yes or no, and nothing that tells who she is."""

    movement: str
    purpose: str
    age_group: str
    reply_by: date
    until: date
    parts: tuple[str, ...]
    sex: str | None = None
    language: str | None = None
    week: str | None = None
    services: tuple[str, ...] = ()

    def told(self) -> dict[str, object]:
        """Return its members."""
        return {
            "movement": self.movement,
            "purpose": self.purpose,
            "age_group": self.age_group,
            "sex": self.sex,
            "language": self.language,
            "services": list(self.services),
            "week": self.week,
            "reply_by": self.reply_by.isoformat(),
            "parts": list(self.parts),
            "until": self.until.isoformat(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """Who she is, as far as she agreed that it goes."""

    names: str = ""
    called: str = ""
    birthdate: str = ""
    documents: str = ""
    citizenship: tuple[str, ...] = ()

    def told(self) -> dict[str, object]:
        """Return its members."""
        return {
            "names": self.names,
            "called": self.called,
            "birthdate": self.birthdate,
            "documents": self.documents,
            "citizenship": list(self.citizenship),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What she agreed to: who she is, a summary of each part, how fresh the risks were."""

    assessed_on: date
    risk_valid_until: date
    # Names her consent at the sender, so that both sides mean the same one.
    consent: UUID
    particulars: Particulars | None = None
    summaries: tuple[tuple[str, str], ...] = ()

    def told(self) -> dict[str, object]:
        """Return its members."""
        return {
            "particulars": self.particulars.told() if self.particulars else None,
            "summaries": [list(one) for one in self.summaries],
            "assessed_on": self.assessed_on.isoformat(),
            "risk_valid_until": self.risk_valid_until.isoformat(),
            "consent": str(self.consent),
        }


@dataclass(frozen=True, slots=True)
class Bound:
    """The one message that a content belongs to; in another it is not opened."""

    message: UUID
    hand_over: UUID
    word: HandOverWord
    sender: UUID
    receiver: UUID

    def told(self, content: Mapping[str, object]) -> dict[str, object]:
        """Return the members around a content."""
        return {
            "version": VERSION,
            "message": str(self.message),
            "hand_over": str(self.hand_over),
            "word": self.word.value,
            "sender": str(self.sender),
            "receiver": str(self.receiver),
            "content": dict(content),
        }


def is_well_formed(content: Preview | Package) -> bool:
    """Tell whether the other side will be able to read a content."""
    read = _preview if isinstance(content, Preview) else _package
    try:
        return read(json.loads(canonical(content.told()))) == content
    except (ValueError, TypeError, KeyError):
        return False


def seal_content(
    content: Preview | Package, bound: Bound, *, signer: PrivateKeys, reader: PublicKeys
) -> str:
    """Sign and seal a content from organisation to organisation."""
    payload = canonical(bound.told(content.told()))
    return sealed(payload, signer=signer, reader=reader, kind=CONTENT)


def open_content(
    text: str, bound: Bound, *, reader: PrivateKeys, sender: PublicKeys
) -> Preview | Package:
    """Open a content that was sealed to this organisation, for exactly this message.

    :raises NotAccepted: when it was not, or another signed it.
    :raises Refused: when a member is missing, unknown or of the wrong form.
    """
    pinned = {sender.sign_id: sender.sign}
    _who, payload = opened(text, reader=reader, signer_of=pinned.get, kind=CONTENT)
    told = strictly(payload, MEMBERS)
    if told != bound.told(told["content"] if isinstance(told["content"], dict) else {}):
        raise NotAccepted
    read = _preview if bound.word is HandOverWord.OFFERED else _package
    try:
        return read(told["content"])
    except (ValueError, TypeError, KeyError) as fault:
        raise Refused(Fault.MALFORMED) from fault


def _preview(told: Mapping[str, Any]) -> Preview:
    _exactly(told, PREVIEW)
    purposes = {*Purpose, *ConsentPurpose} - {Purpose.REMOVAL, Purpose.STATISTICS}
    return Preview(
        movement=_code(told["movement"], set(Movement)),
        purpose=_code(told["purpose"], {str(one) for one in purposes}),
        age_group=_code(told["age_group"], set(AGES)),
        sex=_maybe(told["sex"], lambda value: _code(value, set(Sex))),
        language=_maybe(told["language"], lambda value: _like(value, LANGUAGE)),
        services=_several(told["services"], lambda value: _code(value, set(ServiceKind))),
        week=_maybe(told["week"], lambda value: _like(value, WEEK)),
        reply_by=date.fromisoformat(told["reply_by"]),
        parts=_several(told["parts"], _part),
        until=date.fromisoformat(told["until"]),
    )


def _package(told: Mapping[str, Any]) -> Package:
    _exactly(told, PACKAGE)
    return Package(
        particulars=_maybe(told["particulars"], _particulars),
        summaries=tuple((_part(part), _text(text)) for part, text in told["summaries"]),
        assessed_on=date.fromisoformat(told["assessed_on"]),
        risk_valid_until=date.fromisoformat(told["risk_valid_until"]),
        consent=UUID(told["consent"]),
    )


def _particulars(told: Mapping[str, Any]) -> Particulars:
    _exactly(told, PARTICULARS)
    texts = {name: _text(told[name]) for name in PARTICULARS - {"citizenship"}}
    countries = _several(told["citizenship"], lambda value: _like(value, COUNTRY))
    return Particulars(citizenship=countries, **texts)


def _exactly(told: Mapping[str, Any], members: frozenset[str]) -> None:
    if not isinstance(told, dict) or set(told) != members:
        raise ValueError


def _code(value: object, allowed: set[str]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise ValueError
    return value


def _like(value: object, shape: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise ValueError
    return value


def _part(value: object) -> str:
    text = _text(value)
    Scope(text.removesuffix("S"))
    return text


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > TEXT:
        raise ValueError
    return value


def _several(values: object, read: Callable[[Any], str]) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError
    return tuple(read(value) for value in values)


def _maybe(value: Any, read: Callable[[Any], Any]) -> Any:
    return None if value is None else read(value)
