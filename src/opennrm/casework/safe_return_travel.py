"""Use cases of the day of travel: set it, note what happens; what goes wrong is told at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.own_part import own_part
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reasons import found
from opennrm.casework.refusals import EntryMalformed, MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import NewFact
from opennrm.lifecycle.returning import open_return
from opennrm.lifecycle.travel import ALARMS, travel_day
from opennrm.vocabulary.roles import Role

SAFETY, WHEREABOUTS = "D8", "D3"
BESIDE_HER = (Role.CM, Role.LA, Role.GU, Role.CP, Role.TF)
SAID = ("meeting_place", "code_word", "flight", "escort", "receiver", "call_if_wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfTravel:
    """When she is met; the place, the code word and who meets her go to named people only."""

    meet_at: datetime
    meeting_place: str = ""
    code_word: str = ""
    flight: str = ""
    escort: str = ""
    receiver: str = ""
    call_if_wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """What happened on the day of travel, in one code; words can follow."""

    travel_event: str
    happened_at: datetime | None = None
    note: str = ""


def set_travel_day(
    *,
    case_ref: UUID,
    day: DayOfTravel,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Set when and where she is met for a return that was authorised (R61).

    :raises MoveRefused: when no authorised return stands.
    :raises EntryMalformed: when the hour is past.
    """
    require("set_travel_day", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    opened = open_return(case)
    if opened is None or opened.authorisation is None:
        raise MoveRefused(found("return_not_authorised"))
    if day.meet_at <= at:
        raise EntryMalformed(found("hour_past"), "meet_at")
    within = own_part(case, SAFETY, actor=actor, at=at)
    also = {
        "answers": opened.proposal.fact_ref,
        "meet_at": day.meet_at.isoformat(),
        "has_code_word": bool(day.code_word.strip()),
    }
    fact = new_fact("travel_day_set", day, within=within, basis="own_record", also=also)
    facts = (fact, *described(case, day, fact, actor=actor, at=at))
    told = tell_holders(case, fact.kind, roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=facts, notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("set_travel_day", actor.account, at))
    return fact.fact_ref


def record_travel_event(
    *,
    case_ref: UUID,
    event: OnTheWay,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Note what happened on the day of travel; what went wrong is told to all beside her at once.

    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when no day of travel was set.
    """
    require("record_travel_event", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = own_part(case, SAFETY, actor=actor, at=at)
    day = travel_day(case)
    if day is None:
        raise MoveRefused(found("travel_day_not_set"))
    also = {
        "answers": day.planned.fact_ref,
        "happened_at": (event.happened_at or at).isoformat(),
    }
    fact = new_fact("travel_day_event", event, within=within, basis="vital_interest", also=also)
    kind = "travel_alarm" if event.travel_event in ALARMS else fact.kind
    told = tell_holders(case, kind, roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_travel_event", actor.account, at))
    return fact.fact_ref


def described(
    case: Case, day: DayOfTravel, planned: NewFact, *, actor: Actor, at: datetime
) -> tuple[NewFact, ...]:
    """Build what only named people see: the place, the code word, who meets her."""
    if not any(getattr(day, name) for name in SAID):
        return ()
    within = own_part(case, WHEREABOUTS, actor=actor, at=at)
    also = {"travel_day": planned.fact_ref}
    return (new_fact("travel_day_described", day, within=within, basis="own_record", also=also),)
