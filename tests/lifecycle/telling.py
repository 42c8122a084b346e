"""Tells a case fact by fact, for tests that need one standing somewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from opennrm.lifecycle.case import AccessRow, Case
from opennrm.lifecycle.facts import Fact, NewFact, recorded
from opennrm.lifecycle.fields import OpenValue

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def ref(name: str) -> UUID:
    """Make the same reference for the same name, in every run."""
    return uuid5(NAMESPACE_URL, f"https://telling.example/{name}")


HELPLINE, HOUSE, AUTHORITY = ref("helpline"), ref("house"), ref("authority")


@dataclass
class Telling:
    """A case being told; each fact an hour after the one before, unless a moment is given."""

    facts: list[Fact] = field(default_factory=list)
    access: list[AccessRow] = field(default_factory=list)

    def tell(
        self,
        kind: str,
        parts: Mapping[str, OpenValue] | None = None,
        *,
        by: UUID = HELPLINE,
        at: datetime | None = None,
        corrects: UUID | None = None,
        extract: bool = False,
    ) -> UUID:
        """Record one fact and return its reference."""
        new = NewFact(kind, dict(parts or {}), corrects=corrects, extract=extract)
        position = len(self.facts) + 1
        self.facts.append(
            recorded(
                new,
                case_ref=ref("case"),
                position=position,
                sequence=position,
                at=at or START + timedelta(hours=position),
                actor=ref("worker"),
                organisation=by,
            )
        )
        return new.fact_ref

    @property
    def case(self) -> Case:
        """Return the case as told so far."""
        return Case(ref("case"), tuple(self.facts), tuple(self.access))


def told(*steps: tuple[str, Mapping[str, OpenValue]]) -> Case:
    """Return the case these steps tell."""
    telling = Telling()
    for kind, parts in steps:
        telling.tell(kind, parts)
    return telling.case
