"""Tells which places a case holds now, and for which it waits in which order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.vocabulary.assistance import WaitingReason

ORDER = tuple(str(reason) for reason in WaitingReason)


@dataclass(frozen=True, slots=True)
class PlaceHeld:
    """One place of a service, by its number, that a case holds."""

    fact_ref: UUID
    offer: UUID
    listed: UUID
    number: int
    since: datetime


@dataclass(frozen=True, slots=True)
class PlaceAwaited:
    """A place among those who wait: the smaller the rank and the longer ago, the sooner."""

    offer: UUID
    listed: UUID
    because: str
    rank: int
    since: datetime


def places_held(case: Case) -> tuple[PlaceHeld, ...]:
    """Return the places that were given and have not become free again.

    One becomes free when that is recorded, when she declines the service, and when the case is
    closed; never by the end of a consent, a term or an agreement.
    """
    return tuple(_held(fact) for fact in case.of_kind("place_held") if not _is_free(case, fact))


def place_of(case: Case, offer: UUID) -> PlaceHeld | None:
    """Return the place held on an offer."""
    return next((one for one in places_held(case) if one.offer == offer), None)


def places_awaited(case: Case) -> tuple[PlaceAwaited, ...]:
    """Return what the case waits for; the newest reason counts, the first moment stays."""
    found: dict[UUID, PlaceAwaited] = {}
    for fact in case.of_kind("place_awaited"):
        if _still_waits(case, fact):
            offer = _named(fact, "answers")
            since = found[offer].since if offer in found else fact.at
            found[offer] = _awaited(fact, since)
    return tuple(found.values())


def waits(case: Case, offer: UUID) -> bool:
    """Tell whether an offer waits for a place."""
    return any(one.offer == offer for one in places_awaited(case))


def _held(fact: Fact) -> PlaceHeld:
    number = fact.open["number"]
    return PlaceHeld(
        fact_ref=fact.fact_ref,
        offer=_named(fact, "answers"),
        listed=_named(fact, "listed"),
        number=number if isinstance(number, int) else 0,
        since=fact.at,
    )


def _awaited(fact: Fact, since: datetime) -> PlaceAwaited:
    because = fact.text("because") or ""
    return PlaceAwaited(
        offer=_named(fact, "answers"),
        listed=_named(fact, "listed"),
        because=because,
        rank=ORDER.index(because),
        since=since,
    )


def _is_free(case: Case, held: Fact) -> bool:
    released = case.naming("held", held.fact_ref, "place_released")
    return bool(released) or _ended_after(case, held)


def _still_waits(case: Case, awaited: Fact) -> bool:
    given = case.answering(_named(awaited, "answers"), "place_held")
    later = any(one.position > awaited.position for one in given)
    return not later and not _ended_after(case, awaited)


def _ended_after(case: Case, fact: Fact) -> bool:
    answers = case.answering(_named(fact, "answers"), "offer_answered")
    declined = (one for one in answers if one.text("answer") == "declined")
    ends = (*declined, *case.of_kind("case_closed"))
    return any(one.position > fact.position for one in ends)


def _named(fact: Fact, field: str) -> UUID:
    named = fact.reference(field)
    if named is None:
        raise ValueError(f"{fact.kind} without {field}: the form of its kind requires it.")
    return named
