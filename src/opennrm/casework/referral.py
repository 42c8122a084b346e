"""Use cases of referral: sent with consent or under a legal duty, and answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDuty:
    """A duty relied on where no consent is asked: a child, or imminent danger to life."""

    duty: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A short text for one extract compartment, such as D4S."""

    compartment: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """To whom, why, on which basis, and what goes with it."""

    to: UUID
    to_role: str
    purpose: str
    until: date
    reply_by: date
    consent: UUID | None = None
    duty: LegalDuty | None = None
    urgency: str | None = None
    services: tuple[str, ...] = ()
    compartments: tuple[str, ...] = ()
    account: UUID | None = None
    summaries: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAnswer:
    """What the addressee answers: accepted, declined or asks."""

    referral: UUID
    answer: str
    reason: str | None = None


def refer(
    *,
    case_ref: UUID,
    referral: Referral,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Refer the person: offered rows with pending keys until the addressee answers."""
    raise NotImplementedError


def acknowledge_referral(
    *,
    case_ref: UUID,
    answer: ReferralAnswer,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Answer a referral: accepting opens it, declining closes it and tells the sender."""
    raise NotImplementedError
