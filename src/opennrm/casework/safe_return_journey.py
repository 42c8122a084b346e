"""Use cases of the journey: departure and arrival are facts, and are always recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.breach import MUST_ACT, Breach, breach_facts
from opennrm.casework.own_part import own_part, require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.return_questions import assessment_situation
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import NewFact
from opennrm.lifecycle.returning import Return, departed, open_return
from opennrm.rights.registry import stopped_by
from opennrm.vocabulary.roles import Role

SAFETY, WHEREABOUTS = "D8", "D3"
HEAR_OF_IT = (Role.CM, Role.LA, Role.GU, Role.CP, Role.TF, Role.MI)
RETURNED = "removed_or_returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """That she left, and on which day; the journey itself goes to named people only."""

    departed_on: date
    itinerary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """That she arrived, and whether she was received."""

    arrived_on: date
    was_received: bool | None = None


def record_departure(
    *,
    case_ref: UUID,
    departure: Departure,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that she left; without an authorisation that stood that day it is a breach as well.

    What happened is never refused, and those who must act are told. Source: rights rules,
    introduction.

    :raises AccessMissing: when nothing of the case is open to the actor.
    """
    require("record_departure", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(departure.departed_on, "departed_on", on=local_day(case.jurisdiction, at))
    opened = open_return(case)
    lawful = was_authorised(opened, on=departure.departed_on)
    also = {
        "was_authorised": lawful,
        "answers": opened.proposal.fact_ref if opened else None,
    }
    within = own_part(case, SAFETY, actor=actor, at=at)
    left = new_fact("departure_recorded", departure, within=within, basis="own_record", also=also)
    facts = (left, *journey(case, departure, left, actor=actor, at=at), *breach(departure, lawful))
    roles = HEAR_OF_IT if lawful else (*HEAR_OF_IT, *MUST_ACT)
    told = tell_holders(case, left.kind, roles=roles, actor=actor, at=at)
    change = Change(facts=facts, notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_departure", actor.account, at))
    return left.fact_ref


def record_arrival(
    *,
    case_ref: UUID,
    arrival: Arrival,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that she arrived, and whether someone received her.

    :raises MoveRefused: when no departure was recorded.
    """
    require("record_arrival", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(arrival.arrived_on, "arrived_on", on=local_day(case.jurisdiction, at))
    left = departed(case)
    if left is None:
        raise MoveRefused(found("departure_not_recorded"))
    within = own_part(case, SAFETY, actor=actor, at=at)
    also = {"departure": left.fact_ref}
    fact = new_fact("arrival_recorded", arrival, within=within, basis="own_record", also=also)
    told = tell_holders(case, fact.kind, roles=HEAR_OF_IT, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_arrival", actor.account, at))
    return fact.fact_ref


def was_authorised(opened: Return | None, *, on: date) -> bool:
    """Tell whether a return was authorised and its assessment still carried it that day (T15)."""
    if opened is None or opened.authorisation is None:
        return False
    situation = assessment_situation(
        opened.assessment, removers=frozenset({opened.authorisation.organisation})
    )
    return stopped_by("R61", situation, on) is None


def journey(
    case: Case, departure: Departure, left: NewFact, *, actor: Actor, at: datetime
) -> tuple[NewFact, ...]:
    """Build the journey, kept where only named people see it."""
    if not departure.itinerary:
        return ()
    within = own_part(case, WHEREABOUTS, actor=actor, at=at)
    also = {"departure": left.fact_ref}
    return (
        new_fact("journey_described", departure, within=within, basis="own_record", also=also),
    )


def breach(departure: Departure, lawful: bool) -> tuple[NewFact, ...]:
    """Build the breach that a departure without an authorisation is."""
    if lawful:
        return ()
    return breach_facts(Breach(breach=RETURNED, observed_on=departure.departed_on, rule="R61"))
