"""Deadlines of acts that wait for a second person, and of what the person must be told."""

from collections.abc import Iterator
from datetime import datetime

from opennrm.lifecycle.deadline import Clock, Deadline
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.holds import awaits_opinion, holds_of


def opinion(clock: Clock) -> Iterator[Deadline]:
    """Find the opinions awaited (T20); late ones come back to whoever asked (T20E)."""
    for hold in holds_of(clock.case):
        if awaits_opinion(clock.case, hold):
            due = _answer_by(clock, hold)
            yield Deadline("T20", "D14", due, hold.reference("to"), hold.fact_ref)
            later = clock.calendar.due(due, clock.presets.value("hold_escalation", due.date()))
            yield Deadline("T20E", "D14", later, hold.organisation, hold.fact_ref)


def telling(clock: Clock) -> Iterator[Deadline]:
    """Find what she must still be told of: a rule that gave way, a legal duty relied on (T19)."""
    for fact in clock.case.of_kind("rule_overridden", "legal_duty_relied_on"):
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
