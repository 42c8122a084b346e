"""Use cases of services: offered, answered by person and provider, delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.duty import LegalDuty
from opennrm.casework.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOffer:
    """A service asked of one provider, on which basis, and whether she agreed."""

    service: str
    provider: UUID
    provider_role: str
    until: date
    reply_by: date
    consent: UUID | None = None
    duty: LegalDuty | None = None
    person_agreed: bool = False
    child_assent: bool | None = None
    compartments: tuple[str, ...] = ()
    account: UUID | None = None
    request: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferReply:
    """An answer to an offer, by the provider or by the person."""

    offer: UUID
    by: str
    answer: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A service delivered; imminent danger may stand in for the agreement, with its reason."""

    service: str
    delivered_from: date
    offer: UUID | None = None
    delivered_until: date | None = None
    note: str = ""
    imminent: bool = False
    imminent_reason: str = ""


def offer_service(
    *,
    case_ref: UUID,
    offer: ServiceOffer,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Offer a service through a provider; co-operation, scope and nationality play no part."""
    raise NotImplementedError


def answer_offer(
    *,
    case_ref: UUID,
    reply: OfferReply,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Answer an offer: a provider accepting opens its rows, declining closes them."""
    raise NotImplementedError


def record_delivery(
    *,
    case_ref: UUID,
    delivery: Delivery,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a service delivered, agreed to by the person and accepted by the provider (R11)."""
    raise NotImplementedError
