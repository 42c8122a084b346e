"""Deadlines of acts that wait for a second person, and of what the person must be told."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from opennrm.lifecycle.deadline import Clock, Deadline
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.holds import awaits_opinion, holds_of

DONE_WITHOUT_ASKING = (
    *("rule_overridden", "legal_duty_relied_on", "emergency_opened"),
    "court_package_made",
)
MORNING = timedelta(hours=12)


def emergency(clock: Clock) -> Iterator[Deadline]:
    """Find the emergency openings to be looked at the next morning, by another person (T23)."""
    case = clock.case
    for opened in case.of_kind("emergency_opened"):
        if case.answering(opened.fact_ref, "emergency_reviewed"):
            continue
        next_day = clock.calendar.local_day(opened.at) + timedelta(days=1)
        keeper = case.newest("consent_given") or case.ordered[0]
        due = clock.calendar.start_of(next_day) + MORNING
        yield Deadline("T23", "D10", due, keeper.organisation, opened.fact_ref)


def opinion(clock: Clock) -> Iterator[Deadline]:
    """Find the opinions awaited (T20); late ones come back to whoever asked (T20E)."""
    for hold in holds_of(clock.case):
        if awaits_opinion(clock.case, hold):
            due = _answer_by(clock, hold)
            yield Deadline("T20", "D14", due, hold.reference("to"), hold.fact_ref)
            later = clock.calendar.due(due, clock.presets.value("hold_escalation", due.date()))
            yield Deadline("T20E", "D14", later, hold.organisation, hold.fact_ref)


def telling(clock: Clock) -> Iterator[Deadline]:
    """Find what she must still be told of: what was done without asking her first (T19)."""
    for fact in clock.case.of_kind(*DONE_WITHOUT_ASKING):
        if not clock.case.naming("about", fact.fact_ref, "person_told"):
            said = day(fact, "tell_person_by")
            due = clock.end_of(said) if said else clock.due(fact, "tell_person")
            yield Deadline("T19", "D1", due, fact.organisation, fact.fact_ref)


def _answer_by(clock: Clock, hold: Fact) -> datetime:
    text = hold.text("answer_by") or ""
    if len(text) > len("2026-01-31"):
        return datetime.fromisoformat(text)
    said = day(hold, "answer_by")
    return clock.end_of(said) if said else clock.due(hold, "hold_answer")
