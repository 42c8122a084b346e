"""Use case of screening: indicators in, advice with its reasons out; never a no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Indicators as told, seen or not asked, and how the talk was held."""

    population: str
    told: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    presumed: bool = False
    reason: str = ""
    notes: str = ""
    forms: tuple[str, ...] = ()
    scope_of_trafficking: str | None = None
    alone: bool = False
    language: str | None = None
    interpreter: bool = False


def record_screening(
    *,
    case_ref: UUID,
    screening: Screening,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a screening with the advice of the indicators; it can never say no (R19)."""
    raise NotImplementedError
