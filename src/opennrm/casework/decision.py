"""Use cases of the competent authority: decisions, the recovery period, reconsideration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision with its standard, reasons, language and remedy."""

    outcome: str
    standard: str
    decided_on: date
    reasons: str = ""
    reasons_codes: tuple[str, ...] = ()
    language: str | None = None
    remedy: str | None = None
    remedy_until: date | None = None
    second_reader: UUID | None = None
    second_reader_organisation: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPeriod:
    """The day she was told of it, in which language, and how long it lasts."""

    told_on: date
    language: str
    days: int | None = None
    extension_of: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconsideration:
    """A request to look at a decision again; late requests are kept too."""

    decision: UUID
    grounds: str
    asked_on: date
    grounds_text: str = ""


def decide_reasonable_grounds(
    *,
    case_ref: UUID,
    decision: Decision,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record the preliminary decision, on reasonable grounds and no higher standard (R16)."""
    raise NotImplementedError


def open_recovery_period(
    *,
    case_ref: UUID,
    period: RecoveryPeriod,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Open the recovery and reflection period, from the day the person was told of it (R25)."""
    raise NotImplementedError


def identify(
    *,
    case_ref: UUID,
    decision: Decision,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record the formal identification decision."""
    raise NotImplementedError


def ask_reconsideration(
    *,
    case_ref: UUID,
    request: Reconsideration,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that a decision is to be looked at again; late requests are marked, not refused."""
    raise NotImplementedError
