"""Use cases of places: given one by one, free again, waited for in an order with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.agreement import answer_by
from opennrm.casework.offers import offer_named
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import own_rows, written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, MoveRefused
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.lifecycle.places import place_of


class Answered(Protocol):
    """What is looked at of an answer to an offer."""

    @property
    def by(self) -> str:
        """Who answered."""
        ...

    @property
    def answer(self) -> str:
        """What was answered."""
        ...

    @property
    def passes_over(self) -> str | None:
        """Why others who wait come later."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWanted:
    """A place to be given on an accepted offer; `passes_over` says why others come later."""

    offer: UUID
    passes_over: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFree:
    """A place that is free again, and why."""

    offer: UUID
    reason: str
    released_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAwaited:
    """An offer that waits for a place, and why before others."""

    offer: UUID
    because: str


def hold_place(
    *,
    case_ref: UUID,
    place: PlaceWanted,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Give the lowest free place to who was accepted and has none, once and to nobody else.

    :raises MoveRefused: when she was not accepted, has a place, none is free, others wait before
        her, or places are not given here.
    :raises AccessMissing: when another house was asked.
    """
    require("hold_place", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    offer = offer_named(case, place.offer)
    require_asked(case, offer, actor=actor, at=at)
    if answer_by(case, offer, "provider") is not True:
        raise MoveRefused(found("not_accepted_yet"))
    if place_of(case, offer.fact_ref):
        raise MoveRefused(found("has_a_place"))
    if not is_given_here(offer, desk=desk):
        raise MoveRefused(found("places_not_given_here"))
    fact = given_place(offer, place.passes_over, desk=desk)
    change = Change(
        facts=(fact,),
        notices=(Notice(offer.organisation, "place_held", offer.fact_ref),),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("hold_place", actor.account, at))
    return fact.fact_ref


def release_place(
    *,
    case_ref: UUID,
    release: PlaceFree,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that a place is free again; no help ends by it.

    :raises MoveRefused: when no place is held on this offer.
    :raises AccessMissing: when the actor neither provides the service nor writes the plan.
    """
    require("release_place", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    offer = offer_named(case, release.offer)
    require_side_of(case, offer, actor=actor, at=at)
    held = place_of(case, offer.fact_ref)
    if held is None:
        raise MoveRefused(found("no_place_held"))
    also = {"answers": offer.fact_ref, "held": held.fact_ref}
    fact = of_offer("place_released", release, offer, also)
    change = Change(facts=(fact,), notices=told(offer, "place_released", actor), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("release_place", actor.account, at))
    return fact.fact_ref


def await_place(
    *,
    case_ref: UUID,
    waiting: PlaceAwaited,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Put an offer on the waiting list of its service, with the reason for its order.

    Said again with another reason, she keeps the moment since which she waits.

    :raises MoveRefused: when places are not given here, the offer was declined or a place is held.
    :raises AccessMissing: when the actor neither provides the service nor writes the plan.
    """
    require("await_place", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    offer = offer_named(case, waiting.offer)
    require_side_of(case, offer, actor=actor, at=at)
    if place_of(case, offer.fact_ref):
        raise MoveRefused(found("has_a_place"))
    if answer_by(case, offer, "provider") is False or answer_by(case, offer, "person") is False:
        raise MoveRefused(found("offer_already_answered"))
    if not is_given_here(offer, desk=desk):
        raise MoveRefused(found("places_not_given_here"))
    also = {"answers": offer.fact_ref, "listed": offer.reference("listed")}
    fact = of_offer("place_awaited", waiting, offer, also)
    change = Change(facts=(fact,), notices=told(offer, "place_awaited", actor), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("await_place", actor.account, at))
    return fact.fact_ref


def require_listed(listed: UUID | None, provider: UUID, service: str, *, desk: Desk) -> None:
    """Refuse an offer that names a listed service of another house, or of another kind.

    :raises MoveRefused: when the provider lists no such service.
    """
    known = desk.places.listed(listed) if listed else None
    if listed and (known is None or (known.organisation, known.service) != (provider, service)):
        raise MoveRefused(found("service_not_listed"))


def place_on_accepting(
    case: Case, offer: Fact, reply: Answered, *, desk: Desk
) -> tuple[NewFact, ...]:
    """Give a place with a provider's yes, where its places are given one by one.

    :raises MoveRefused: when no place is free, or others wait for it before her.
    """
    if (reply.by, reply.answer) != ("provider", "accepted"):
        return ()
    if place_of(case, offer.fact_ref) or not is_given_here(offer, desk=desk):
        return ()
    return (given_place(offer, reply.passes_over, desk=desk),)


def is_given_here(offer: Fact, *, desk: Desk) -> bool:
    """Tell whether the places of the service that was offered are given one by one."""
    listed = offer.reference("listed")
    known = desk.places.listed(listed) if listed else None
    return known is not None and known.is_given_here


def given_place(offer: Fact, passes_over: str | None, *, desk: Desk) -> NewFact:
    """Build the fact that gives the lowest free place; nobody else is told of it meanwhile.

    :raises MoveRefused: when no place is free, or others wait for it before her.
    """
    listed = offer.reference("listed") or offer.fact_ref
    number = desk.places.lowest_free(listed)
    if number is None:
        raise MoveRefused(found("no_place_free"))
    if not passes_over and desk.places.ahead(listed, offer.fact_ref):
        raise MoveRefused(found("others_wait"))
    also = {
        "answers": offer.fact_ref,
        "listed": listed,
        "number": number,
        "passes_over": passes_over,
    }
    return of_offer("place_held", None, offer, also)


def of_offer(kind: str, source: object, offer: Fact, also: Mapping[str, object]) -> NewFact:
    """Build a fact that lies where its offer lies, so that the provider sees it."""
    within = frozenset({offer.compartment})
    return new_fact(kind, source, within=within, basis=offer.basis, also=also)


def require_asked(case: Case, offer: Fact, *, actor: Actor, at: datetime) -> None:
    """Refuse what only the house that was asked does.

    :raises AccessMissing: when the actor's house was not asked.
    """
    rows = own_rows(case, actor=actor, at=at)
    if not any(row.offer_fact == offer.fact_ref for row in rows):
        raise AccessMissing(found("not_the_addressee"))


def require_side_of(case: Case, offer: Fact, *, actor: Actor, at: datetime) -> None:
    """Refuse what neither the house that was asked nor who writes the plan does.

    :raises AccessMissing: when the actor is neither.
    """
    if offer.compartment not in written(case, actor=actor, at=at):
        require_asked(case, offer, actor=actor, at=at)


def told(offer: Fact, kind: str, actor: Actor) -> tuple[Notice, ...]:
    """Tell the other side of an offer."""
    sides = (offer.organisation, offer.reference("provider"))
    others = dict.fromkeys(one for one in sides if one and one != actor.organisation)
    return tuple(Notice(one, kind, offer.fact_ref) for one in others)
