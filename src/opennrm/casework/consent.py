"""Use cases of consent: taken for one recipient and purpose, taken back at any time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """One consent: who may have what, for which purpose, until when, how explained."""

    purpose: str
    recipient: UUID
    recipient_role: str
    scopes: tuple[str, ...]
    until: date
    language: str
    form: str
    given_on: date
    recipient_account: UUID | None = None
    interpreter: bool = False
    explained_by: UUID | None = None
    guardian: bool = False
    assent: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One consent taken back; no reason is owed."""

    consent: UUID
    withdrawn_on: date
    reason: str | None = None
    note: str = ""


def take_consent(
    *,
    case_ref: UUID,
    consent: ConsentGiven,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a consent of the person, or of the guardian with the child's assent."""
    raise NotImplementedError


def withdraw_consent(
    *,
    case_ref: UUID,
    withdrawal: Withdrawal,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Take a consent back: its rows close at once, its recipients are told, no service ends."""
    raise NotImplementedError
