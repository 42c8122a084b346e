"""Deadlines of the recovery period's rest and help, of permits, and of safe return."""

from collections.abc import Iterator
from datetime import timedelta

from opennrm.lifecycle.deadline import Clock, Deadline
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.help_in_recovery import help_until, last_help
from opennrm.lifecycle.recovery import formally_decided, period
from opennrm.lifecycle.returning import (
    NOT_SAFE,
    SAFE,
    departed,
    follow_up_consent,
    open_return,
    valid_until,
)
from opennrm.lifecycle.travel import NO_SHOW_AFTER, travel_day
from opennrm.rights.months import months_after
from opennrm.rights.registry import is_active

ALERTS = ("T11A", "T11B", "T11C")


def recovery_warning(clock: Clock) -> Iterator[Deadline]:
    """Find when the end of the recovery period is talked about with her (T06W)."""
    found = period(clock.case)
    if found is None or found.until_on is None or formally_decided(clock.case, found):
        return
    days = clock.presets.value("recovery_period_warning", found.from_on).number
    due = clock.calendar.start_of(found.until_on - timedelta(days=days))
    yield Deadline("T06W", "D14", due, found.organisation, found.fact_ref)


def recovery_rest(clock: Clock) -> Iterator[Deadline]:
    """Find when a pause of the recovery period is looked at again (T06P)."""
    found = period(clock.case)
    if found and found.is_paused and found.review_on and found.pause:
        due = clock.end_of(found.review_on)
        yield Deadline("T06P", "D14", due, found.organisation, found.pause)


def recovery_help(clock: Clock) -> Iterator[Deadline]:
    """Find the day on which help ends before the recovery period does (T06H, R28)."""
    if not is_active("R28"):
        return
    found, until, offer = period(clock.case), help_until(clock.case), last_help(clock.case)
    if found is None or until is None or offer is None:
        return
    if found.until_on is None or until < found.until_on:
        due = clock.calendar.start_of(until)
        yield Deadline("T06H", "D9", due, offer.organisation, offer.fact_ref)


def permit(clock: Clock) -> Iterator[Deadline]:
    """Find the end of a permit, and the alerts before it (T11; T11A, T11B, T11C).

    A renewal that was asked for stops the alerts; the end itself stays until a new status is
    recorded.
    """
    granted = clock.case.newest("residence_recorded")
    ends = day(granted, "valid_until") if granted else None
    if granted is None or ends is None:
        return
    yield Deadline(
        "T11", "D7", clock.calendar.start_of(ends), granted.organisation, granted.fact_ref
    )
    asked = clock.case.newest("permit_applied")
    if asked and asked.position > granted.position:
        return
    days = clock.presets.value("permit_expiry_alerts", ends).numbers
    for kind, number in zip(ALERTS, days, strict=False):
        due = clock.calendar.start_of(ends - timedelta(days=number))
        yield Deadline(kind, "D7", due, granted.organisation, granted.fact_ref)


def assessment_of_return(clock: Clock) -> Iterator[Deadline]:
    """Find until when the risk assessment of a return can be relied on (T15)."""
    found = open_return(clock.case)
    until = valid_until(found.assessment) if found else None
    if found is None or found.assessment is None or until is None or not is_active("R61"):
        return
    if found.assessment.text("outcome") == SAFE:
        due = clock.calendar.start_of(until)
        assessor = found.assessment.organisation
        yield Deadline("T15", "D8", due, assessor, found.assessment.fact_ref)


def day_of_travel(clock: Clock) -> Iterator[Deadline]:
    """Find the day of travel, the hour after which she is looked for, and what went wrong.

    Who comes is noted, so that who does not come is missed within the hour. Source: lifecycle
    reference, stage 10; the sixty minutes are a default of the project.
    """
    found = travel_day(clock.case)
    if found is None:
        return
    planned = found.planned
    if found.is_awaited:
        yield Deadline("T15D", "D8", found.meet_at, planned.organisation, planned.fact_ref)
        missed = found.meet_at + NO_SHOW_AFTER
        yield Deadline("T15N", "D8", missed, planned.organisation, planned.fact_ref)
    if found.alarm is not None:
        alarm = found.alarm
        yield Deadline("T15S", "D8", alarm.at, planned.organisation, alarm.fact_ref)


def permit_after_unsafe_return(clock: Clock) -> Iterator[Deadline]:
    """Find the permit to be asked for because return is not safe (T15P, R64)."""
    newest = clock.case.newest("return_assessed")
    if newest is None or newest.text("outcome") != NOT_SAFE or not is_active("R64"):
        return
    if not any(_rests_on_her_situation(one) for one in clock.case.of_kind("permit_applied")):
        due = clock.due(newest, "permit_after_unsafe_return")
        yield Deadline("T15P", "D8", due, newest.organisation, newest.fact_ref)


def follow_up_after_return(clock: Clock) -> Iterator[Deadline]:
    """Find the next follow-up after a departure, only where she agreed to it (T16, R45)."""
    case = clock.case
    left = departed(case)
    left_on = day(left, "departed_on") if left else None
    if left is None or left_on is None or case.is_closed:
        return
    contacts = case.of_kind("follow_up_contacted")
    done = [one for one in contacts if one.position > left.position]
    months = clock.presets.value("follow_up_after_exit", left_on).numbers[len(done) :]
    for number in months[:1]:
        on = months_after(left_on, number)
        if not is_active("R45") or follow_up_consent(case, on):
            yield Deadline("T16", "D9", clock.end_of(on), left.organisation, left.fact_ref)


def _rests_on_her_situation(application: Fact) -> bool:
    return "personal_situation" in application.texts("grounds")


WHILE_OPEN = (
    recovery_warning,
    recovery_rest,
    recovery_help,
    permit,
    assessment_of_return,
    follow_up_after_return,
)
ALWAYS = (permit_after_unsafe_return, day_of_travel)
