"""Use case of breaches: what happened against the rules can always be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What happened, when, and which rule it broke."""

    breach: str
    observed_on: date
    rule: str | None = None
    description: str = ""


def observe_breach(
    *,
    case_ref: UUID,
    breach: Breach,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a breach, by any holder of any open row, on a closed case too."""
    raise NotImplementedError
