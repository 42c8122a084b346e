"""Deadlines of privacy: a record whose time is over, data that got out."""

from collections.abc import Iterator
from datetime import datetime

from opennrm.lifecycle.deadline import Clock, Deadline
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.incidents import TERM, data_breaches, person_told, was_reported
from opennrm.lifecycle.retention import closing, hold_in_force, retention_situation
from opennrm.rights import registry

TELL = "data_breach_tell_person"


def retention(clock: Clock) -> Iterator[Deadline]:
    """Find when the record of a closed case is erased, or its legal hold looked at (T17)."""
    case = clock.case
    closed, hold = closing(case), hold_in_force(case)
    until = day(closed, "retention_until") if closed else None
    if closed is None or until is None or not registry.is_active("R50"):
        return
    if hold is not None:
        review = day(hold, "review_on") or until
        yield Deadline("T17", "D1", clock.end_of(review), hold.organisation, hold.fact_ref)
    elif not retention_situation(case).was_proposed:
        due = clock.calendar.start_of(until)
        yield Deadline("T17", "D1", due, closed.organisation, closed.fact_ref)


def data_breach(clock: Clock) -> Iterator[Deadline]:
    """Find the data breaches to be reported (T18B) and those of which she is to be told (T18P)."""
    if not registry.is_active("R52"):
        return
    for breach in data_breaches(clock.case):
        if not was_reported(clock.case, breach):
            yield _due("T18B", TERM, breach, clock)
        if breach.flag("high_risk") and not person_told(clock.case, breach):
            yield _due("T18P", TELL, breach, clock)


def known_since(breach: Fact, clock: Clock) -> datetime:
    """Return since when a data breach was known: when recorded, or the start of an earlier day."""
    found_on = day(breach, "found_on")
    is_earlier = found_on is not None and found_on < clock.calendar.local_day(breach.at)
    return clock.calendar.start_of(found_on) if found_on and is_earlier else breach.at


def _due(kind: str, preset: str, breach: Fact, clock: Clock) -> Deadline:
    since = known_since(breach, clock)
    due = clock.calendar.due(since, clock.presets.value(preset, clock.calendar.local_day(since)))
    return Deadline(kind, "D1", due, breach.organisation, breach.fact_ref)
