"""Use cases of services: offered, answered by person and provider, delivered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from opennrm.casework import places
from opennrm.casework.actors import Actor
from opennrm.casework.agreement import require_agreed
from opennrm.casework.asking import require_move, require_rule
from opennrm.casework.child_rules import require_child_not_refused, require_place_for
from opennrm.casework.doors import require_door_open
from opennrm.casework.duty import LegalDuty
from opennrm.casework.grounds import Asked
from opennrm.casework.offers import offer_named
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import own_rows, written
from opennrm.casework.reasons import found
from opennrm.casework.recipients import role_named
from opennrm.casework.refusals import (
    AccessMissing,
    ConsentMissing,
    EntryMalformed,
    MoveRefused,
)
from opennrm.casework.sharing import Share, share
from opennrm.casework.writing import new_fact
from opennrm.lifecycle import places as places_kept
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.rights.access import HelpSituation

PLAN_PARTS = frozenset({"D9", "D9S"})
EMERGENCY_BASIS = "vital_interest"
UNCONDITIONAL = ("R01", "R02", "R03", "R06", "R07", "R08")
SERVICE_PURPOSES = frozenset(
    {
        "assistance",
        "service",
        "safety",
        "child_protection",
        "health_care",
        "legal_advice",
        "compensation",
        "safe_return",
        "residence",
        "asylum",
        "disclosure",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOffer:
    """A service asked of one provider, on which basis, and whether she agreed.

    `listed` names the service in the directory, whose places may be given one by one.
    `child_assent` is the child's own answer; None when the child was not asked.
    """

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
    listed: UUID | None = None
    urgency: str | None = None
    language: str | None = None
    place_kind: str | None = None
    request: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferReply:
    """An answer to an offer, by the provider or by the person.

    `passes_over` says why a place goes to her although others wait for it.
    """

    offer: UUID
    by: str
    answer: str
    reason: str | None = None
    passes_over: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A service delivered; imminent danger may stand in for the agreement, with its reason.

    `cost` is in the smallest unit of `currency`.
    """

    service: str
    delivered_from: date
    offer: UUID | None = None
    delivered_until: date | None = None
    result: str | None = None
    cost: int | None = None
    currency: str | None = None
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
    """Offer a service through a provider; co-operation, scope and nationality play no part.

    :raises RuleBroken: when the provider enforces immigration law (R43).
    :raises MoveRefused: when the provider lists no such service.
    :raises ConsentMissing: when no live consent or legal duty covers what would go (R41).
    :raises AccessMissing: when a part is not the actor's to share.
    """
    require("offer_service", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_unconditional(case, offer.service, is_given=True, on=local_day(case.jurisdiction, at))
    require_place_for(case, offer.service, offer.place_kind, on=local_day(case.jurisdiction, at))
    places.require_listed(offer.listed, offer.provider, offer.service, desk=desk)
    package = share(case, asked_of(case, offer), actor=actor, at=at, desk=desk)
    fact = offered_fact(offer, package, within=written(case, actor=actor, at=at))
    require_move(case, fact, actor=actor)
    role = package.asked.role
    change = Change(
        facts=(*package.facts, fact),
        grants=package.grants(fact.fact_ref),
        notices=(Notice(offer.provider, "service_offered", fact.fact_ref, role=role),),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("offer_service", actor.account, at))
    return fact.fact_ref


def answer_offer(
    *,
    case_ref: UUID,
    reply: OfferReply,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Answer an offer: a provider accepting opens its rows, declining closes them.

    Where places are given one by one, accepting gives her the lowest that is free.

    :raises MoveRefused: when there is no such offer, it was answered, a reason is missing, no
        place is free or others wait for it before her.
    :raises AccessMissing: when neither a provider's answer nor hers can come from the actor.
    :raises RuleBroken: when the reason is one that help may never rest on (R01, R06, R08), or
        a person who comes back would have to prove something again (R13).
    """
    require("answer_offer", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    offer = offer_named(case, reply.offer)
    require_answerable(case, offer, reply, actor=actor, at=at)
    also = {"answers": offer.fact_ref}
    within = frozenset({offer.compartment})
    fact = new_fact("offer_answered", reply, within=within, basis=offer.basis, also=also)
    require_move(case, fact, actor=actor)
    accepted = reply.answer == "accepted"
    change = Change(
        facts=(fact, *places.place_on_accepting(case, offer, reply, desk=desk)),
        opens=(offer.fact_ref,) if accepted and reply.by == "provider" else (),
        declines=() if accepted else (offer.fact_ref,),
        notices=(notice_of_reply(offer, reply),),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("answer_offer", actor.account, at))
    return fact.fact_ref


def record_delivery(
    *,
    case_ref: UUID,
    delivery: Delivery,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a service delivered, agreed to by the person and accepted by the provider (R11).

    Emergency medical care in imminent danger may come first, with its reason.

    :raises RuleBroken: when she has not agreed or the provider has not accepted (R11).
    :raises MoveRefused: when there is no such offer, or the reason of an emergency is missing.
    :raises EntryMalformed: when a cost has no currency.
    :raises AccessMissing: when the actor neither provides the service nor writes the plan.
    """
    require("record_delivery", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if delivery.cost is not None and not delivery.currency:
        raise EntryMalformed(found("cost_needs_currency"), "currency")
    within = written(case, actor=actor, at=at)
    is_unasked = delivery.imminent and delivery.offer is None
    offer = None if is_unasked else offer_named(case, delivery.offer)
    require_agreed(case, offer, delivery, on=local_day(case.jurisdiction, at))
    facts = delivery_facts(delivery, offer, actor=actor, within=within)
    notices = (
        (Notice(offer.organisation, "service_delivered", offer.fact_ref),)
        if offer and offer.organisation != actor.organisation
        else ()
    )
    change = Change(facts=facts, notices=notices, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_delivery", actor.account, at))
    return facts[-1].fact_ref


def require_unconditional(
    case: Case, service: str, *, is_given: bool, on: date, grounds: frozenset[str] = frozenset()
) -> None:
    """Refuse a decision on help that rests on what help may never rest on.

    The situation has no field for co-operation, a criminal case, scope or origin; a refusal is
    looked at by its reason only.

    :raises RuleBroken: when a reason is forbidden (R01, R02, R06, R07, R08), or emergency help
        is refused to a presumed person without one (R03).
    """
    situation = HelpSituation(service, is_given, grounds, case.identification)
    for rule in UNCONDITIONAL:
        require_rule(rule, situation, on)


def asked_of(case: Case, offer: ServiceOffer) -> Asked:
    """Say what an offer asks to share; the plan always goes along, for it holds the offer."""
    consent = case.fact(offer.consent)
    purpose = consent.text("purpose") if consent else None
    return Asked(
        to=offer.provider,
        role=role_named(offer.provider_role),
        purpose=purpose if purpose in SERVICE_PURPOSES else "service",
        until=offer.until,
        consent=offer.consent,
        duty=offer.duty,
        compartments=(*offer.compartments, "D9") if offer.compartments else (),
        account=offer.account,
    )


def offered_fact(offer: ServiceOffer, package: Share, *, within: frozenset[str]) -> NewFact:
    """Build the fact that a service was offered, where the provider can see it.

    :raises ConsentMissing: when nothing of the plan goes to the provider (R41).
    """
    seen = within & package.compartments & PLAN_PARTS
    if not seen:
        raise ConsentMissing(found("plan_not_covered", "R41"))
    also = {"basis_fact": package.basis_fact}
    return new_fact("service_offered", offer, within=seen, basis=package.basis, also=also)


def require_answerable(
    case: Case, offer: Fact, reply: OfferReply, *, actor: Actor, at: datetime
) -> None:
    """Refuse an answer from the wrong side, a second or late one, or a refusal without reason.

    :raises AccessMissing: when the answer cannot come from the actor.
    :raises MoveRefused: when it was answered, comes too late, or a reason is missing.
    :raises RuleBroken: when help would rest on what it may never rest on.
    """
    on = local_day(case.jurisdiction, at)
    rows = [row for row in own_rows(case, actor=actor, at=at) if row.offer_fact == offer.fact_ref]
    if reply.by == "provider":
        states: set[str] = {row.state for row in rows}
        waits = places_kept.waits(case, offer.fact_ref)
        require_provider_may_answer(offer, reply, rows_states=states, on=None if waits else on)
    elif not rows and offer.compartment not in written(case, actor=actor, at=at):
        raise AccessMissing(found("compartment_not_open"))
    if reply.by == "provider" and reply.answer == "accepted":
        require("accept_offer", actor=actor, at=at)
    if reply.by == "provider" and reply.answer == "declined":
        require_door_open(case, reply.reason, on=on)
        grounds = frozenset({reply.reason or ""})
        require_child_not_refused(case, reply.reason, on=on)
        service = offer.text("service") or ""
        require_unconditional(case, service, is_given=False, on=on, grounds=grounds)


def require_provider_may_answer(
    offer: Fact, reply: OfferReply, *, rows_states: set[str], on: date | None
) -> None:
    """Refuse a provider's answer where none was asked, twice, too late, or without a reason.

    Who waits for a place is answered when one is free: then no day is given.

    :raises AccessMissing: when another organisation was asked.
    :raises MoveRefused: when it was answered, comes too late, or a reason is missing.
    """
    if not rows_states:
        raise AccessMissing(found("not_the_addressee"))
    if "offered" not in rows_states:
        raise MoveRefused(found("offer_already_answered"))
    due = offer.text("reply_by")
    if reply.answer == "accepted" and due and on and on > date.fromisoformat(due[:10]):
        raise MoveRefused(found("offer_expired"))
    if reply.answer == "declined" and not reply.reason:
        raise MoveRefused(found("reason_needed"))


def notice_of_reply(offer: Fact, reply: OfferReply) -> Notice:
    """Tell the other side: the one who offered of the provider's answer, the provider of hers."""
    if reply.by == "provider":
        return Notice(offer.organisation, f"offer_{reply.answer}", offer.fact_ref)
    provider = offer.reference("provider") or offer.organisation
    return Notice(provider, f"offer_{reply.answer}_by_person", offer.fact_ref)


def delivery_facts(
    delivery: Delivery, offer: Fact | None, *, actor: Actor, within: frozenset[str]
) -> tuple[NewFact, ...]:
    """Build the fact of a delivery; emergency care without an offer brings one along."""
    basis = EMERGENCY_BASIS if delivery.imminent or offer is None else offer.basis
    told = replace(delivery, note=f"{delivery.imminent_reason}\n{delivery.note}".strip())
    if offer is not None:
        also = {"answers": offer.fact_ref, "service": offer.text("service")}
        seen = frozenset({offer.compartment})
        return (new_fact("service_delivered", told, within=seen, basis=basis, also=also),)
    asked = {"provider": actor.organisation, "person_agreed": False}
    first = new_fact("service_offered", delivery, within=within, basis=basis, also=asked)
    also = {"answers": first.fact_ref}
    second = new_fact("service_delivered", told, within=within, basis=basis, also=also)
    return (first, second)
