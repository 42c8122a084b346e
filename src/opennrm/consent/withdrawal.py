"""What taking a consent back closes, whom it tells, and what it never ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.consent.consents import Ground


@dataclass(frozen=True, slots=True)
class Opened:
    """Something that stands on a ground: an access row of one organisation."""

    ground: UUID
    organisation: UUID


@dataclass(frozen=True, slots=True)
class Ended:
    """The effect of a withdrawal: rows of which ground close, who is told; services go on."""

    closes: tuple[UUID, ...]
    tells: frozenset[UUID]
    ends_services: bool = False


def withdrawn(ground: Ground, opened: Iterable[Opened], *, at: datetime) -> Ended:
    """Return what closes when a ground is taken back; nothing when it did not stand any more.

    No row outlives its ground: rows that stand on another ground stay. Source: R41.
    """
    if not ground.is_live(at):
        return Ended((), frozenset())
    on_it = frozenset(row.organisation for row in opened if row.ground == ground.ground)
    named = frozenset({ground.recipient} if ground.recipient else ())
    return Ended((ground.ground,), on_it | named)


def lapsed(grounds: Iterable[Ground], *, at: datetime) -> tuple[UUID, ...]:
    """Return the grounds whose end has come; their rows close like those of a withdrawal."""
    return tuple(
        ground.ground
        for ground in grounds
        if ground.until_on is not None
        and at.date() >= ground.until_on
        and ground.withdrawn_at is None
    )
