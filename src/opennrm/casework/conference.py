"""Use cases of the case conference: she sees the agenda first, and dissent is written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused, RuleBroken
from opennrm.casework.tasks import read_plan, require_on_the_plan
from opennrm.casework.writing import formed, new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.lifecycle.grounds import day
from opennrm.vocabulary.together import TakingPart

HEALTH_SUMMARY = "D5S"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceCall:
    """When a conference is held, with whom, and what about."""

    held_on: date
    invited: tuple[UUID, ...]
    conference_topics: tuple[str, ...]
    agenda: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaShowing:
    """How the person saw the agenda, and how she wants to take part."""

    conference: UUID
    shown_on: date
    agenda_shown: str
    taking_part: str
    language: str | None = None
    own_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceRecord:
    """What a conference agreed, who was there, and who disagreed; health by summary only."""

    conference: UUID
    held_on: date
    took_part: tuple[UUID, ...]
    taking_part: str
    agreed: str
    dissent: str = ""
    own_words: str = ""
    health: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """What an organisation that reads the plan sees otherwise."""

    conference: UUID
    dissent: str


def call_conference(
    *,
    case_ref: UUID,
    call: ConferenceCall,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Call those who read the plan and need to be there; it opens nothing to anybody.

    :raises AccessMissing: when the plan is not open to one of those invited.
    """
    require("call_conference", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_on_the_plan(case, call.invited, at=at)
    fact = new_fact("conference_called", call, within=written(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("call_conference", actor.account, at))
    return fact.fact_ref


def show_agenda(
    *,
    case_ref: UUID,
    showing: AgendaShowing,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that the person saw the agenda, what she adds, and whether she agrees to it at all.

    :raises MoveRefused: when no such conference waits.
    :raises RuleBroken: when the day is still to come.
    """
    require("show_agenda", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    _waiting(case, showing.conference)
    _require_past(case, showing.shown_on, at=at)
    fact = new_fact("agenda_shown", showing, within=written(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("show_agenda", actor.account, at))
    return fact.fact_ref


def hold_conference(
    *,
    case_ref: UUID,
    record: ConferenceRecord,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what was agreed and who disagreed; what is said of health goes to its summary.

    Source: lifecycle reference, stage 6; R49 (health stays apart).

    :raises MoveRefused: when no such conference waits, or she has not seen the agenda before.
    :raises RuleBroken: when she does not agree that it is held, or the day is still to come.
    """
    require("hold_conference", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    _waiting(case, record.conference)
    _require_past(case, record.held_on, at=at)
    _require_agenda_seen(case, record)
    require_on_the_plan(case, record.took_part, at=at)
    within = written(case, actor=actor, at=at)
    also = {
        "has_dissent": bool(record.dissent.strip()),
        "health_by_summary": bool(record.health.strip()),
    }
    held = new_fact("conference_held", record, within=within, also=also)
    change = Change(facts=(held, *_health(record, within)), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("hold_conference", actor.account, at))
    return held.fact_ref


def note_dissent(
    *,
    case_ref: UUID,
    dissent: Dissent,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Note that an organisation on the plan disagrees with what a conference agreed.

    :raises MoveRefused: when no such conference was held.
    """
    require("note_dissent", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if dissent.conference not in {one.fact_ref for one in held_conferences(case)}:
        raise MoveRefused(found("conference_not_found"))
    fact = new_fact("dissent_noted", dissent, within=read_plan(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("note_dissent", actor.account, at))
    return fact.fact_ref


def waiting_conferences(case: Case) -> tuple[Fact, ...]:
    """List the conferences that were called and not held yet."""
    return tuple(
        one
        for one in case.of_kind("conference_called")
        if not case.naming("conference", one.fact_ref, "conference_held")
    )


def held_conferences(case: Case) -> tuple[Fact, ...]:
    """List the conferences that were held, as they were called."""
    waiting = {one.fact_ref for one in waiting_conferences(case)}
    called = case.of_kind("conference_called")
    return tuple(one for one in called if one.fact_ref not in waiting)


def _waiting(case: Case, conference: UUID) -> Fact:
    waits = (one for one in waiting_conferences(case) if one.fact_ref == conference)
    found_one = next(waits, None)
    if found_one is None:
        raise MoveRefused(found("conference_not_found"))
    return found_one


def _require_agenda_seen(case: Case, record: ConferenceRecord) -> None:
    """Ask that the agenda was shown to her by that day, and what she last said of it."""
    shown = [
        one
        for one in case.naming("conference", record.conference, "agenda_shown")
        if (day(one, "shown_on") or record.held_on) <= record.held_on
    ]
    if not shown:
        raise MoveRefused(found("agenda_not_shown"))
    if shown[-1].text("taking_part") == TakingPart.NOT_AGREED:
        raise RuleBroken(found("conference_not_agreed"))


def _require_past(case: Case, on: date, *, at: datetime) -> None:
    if on > local_day(case.jurisdiction, at):
        raise RuleBroken(found("not_yet_happened"))


def _health(record: ConferenceRecord, within: frozenset[str]) -> tuple[NewFact, ...]:
    """Put what was said of health where only those with consent for its summary read it."""
    if not record.health.strip():
        return ()
    if HEALTH_SUMMARY not in within:
        raise RuleBroken(found("health_not_here", "R49"))
    opened = {"scope": HEALTH_SUMMARY.rstrip("S")}
    return (formed("summary_shared", opened, {"text": record.health}, basis="consent"),)
