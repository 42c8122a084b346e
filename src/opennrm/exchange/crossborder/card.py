"""The card of a focal point: who it is, where it is reached, which keys are its own.

Cards are given from hand to hand; the fingerprint is read out over the telephone, and only then
are the keys pinned.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from opennrm.exchange.crossborder.keys import KeyMalformed, PublicKeys, public_keys
from opennrm.exchange.crossborder.message import canonical

FORMAT = "opennrm-card-1"
MEMBERS = frozenset(
    {"format", "organisation", "name", "state", "focal_points", "address", "server", "house"}
)
STATE = re.compile(r"[A-Z]{2}")
ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9/_-]*)?")
LONGEST = 8192
GROUPS = 10


class CardRefused(ValueError):
    """This is not a card; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Card:
    """One organisation that is a focal point, on one installation."""

    organisation: UUID
    name: str
    state: str
    focal_points: tuple[str, ...]
    address: str
    server: PublicKeys
    house: PublicKeys

    def told(self) -> dict[str, object]:
        """Return its members."""
        return {
            "format": FORMAT,
            "organisation": str(self.organisation),
            "name": self.name,
            "state": self.state,
            "focal_points": list(self.focal_points),
            "address": self.address,
            "server": self.server.told(),
            "house": self.house.told(),
        }

    def text(self) -> str:
        """Return the card as a file."""
        return json.dumps(self.told(), indent=1, ensure_ascii=False) + "\n"

    @property
    def fingerprint(self) -> str:
        """Return what two people compare on the telephone: ten groups of four signs.

        It covers every member: a changed address or name is another card.
        """
        digest = hashlib.sha256(canonical(self.told())).hexdigest()
        return " ".join(digest[4 * n : 4 * n + 4] for n in range(GROUPS))


def read_card(text: str) -> Card:
    """Read a card.

    :raises CardRefused: when it is none, or somebody added or left out something.
    """
    try:
        return _card(json.loads(text) if len(text) <= LONGEST else None)
    except (ValueError, TypeError, KeyError, RecursionError, KeyMalformed) as fault:
        raise CardRefused(
            "This is no card of a focal point. Ask for the file again, unchanged."
        ) from fault


def same_fingerprint(typed: str, card: Card) -> bool:
    """Tell whether what was typed is the fingerprint of a card, whatever the blanks and case."""
    return "".join(typed.lower().split()) == card.fingerprint.replace(" ", "")


def _card(told: Any) -> Card:
    if not isinstance(told, Mapping) or set(told) != MEMBERS or told["format"] != FORMAT:
        raise ValueError
    people = told["focal_points"]
    if not isinstance(people, list) or not people:
        raise ValueError
    return Card(
        organisation=UUID(told["organisation"]),
        name=_short(told["name"]),
        state=_like(told["state"], STATE),
        focal_points=tuple(_short(one) for one in people),
        address=_like(told["address"], ADDRESS) if told["address"] else "",
        server=public_keys(told["server"]),
        house=public_keys(told["house"]),
    )


def _short(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= 200:
        raise ValueError
    return value.strip()


def _like(value: object, shape: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise ValueError
    return value
