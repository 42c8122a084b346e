"""Use cases of outcomes: how she stands, closing with the door open, coming back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How she stands, as pairs of domain and level such as housing_stability.better."""

    outcomes: tuple[str, ...]
    self_assessed: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """How support ended and what was done before the case is closed."""

    exit_kind: str
    retention_until: date
    plan_reviewed: bool = False
    claims_listed: bool = False
    safety_plan: bool = False
    return_contact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """Why a person comes back; no new proof is asked (R13)."""

    reason: str


def record_outcome(
    *,
    case_ref: UUID,
    outcome: Outcome,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record how the person stands."""
    raise NotImplementedError


def close_case(
    *,
    case_ref: UUID,
    closure: Closure,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Close a case once the plan is reviewed, claims listed and a way back given."""
    raise NotImplementedError


def reopen_case(
    *,
    case_ref: UUID,
    reopening: Reopening,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Open a closed case again; nothing has to be proven anew (R13)."""
    raise NotImplementedError
