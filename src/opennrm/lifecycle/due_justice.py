"""Deadlines of justice and redress: assessments, hearings, the day after, limits of claims."""

from collections.abc import Iterator
from datetime import timedelta

from opennrm.lifecycle.claims import GRANTED, claims, last_day, limits, touched_at
from opennrm.lifecycle.deadline import Clock, Deadline
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.proceedings import HELD, has_sign, hearings, protection_for, unassessed
from opennrm.rights.months import months_after
from opennrm.rights.registry import is_active


def trafficking_assessment(clock: Clock) -> Iterator[Deadline]:
    """Find the trafficking assessments that come before the charging decision (R54)."""
    if not is_active("R54") or not has_sign(clock.case):
        return
    for step in unassessed(clock.case):
        due = clock.due(step, "trafficking_assessment")
        yield Deadline("T54", "D6", due, step.organisation, step.fact_ref)


def protection(clock: Clock) -> Iterator[Deadline]:
    """Find the hearings before which nobody has assessed what protection is needed (R56)."""
    if not is_active("R56"):
        return
    for one in hearings(clock.case):
        if not one.is_over and protection_for(clock.case, one.fact) is None:
            lead = clock.presets.value("protection_assessment_lead", one.on).number
            due = clock.end_of(one.on - timedelta(days=lead))
            yield Deadline("T56", "D6", due, one.fact.organisation, one.fact.fact_ref)


def hearing_day(clock: Clock) -> Iterator[Deadline]:
    """Find the days of hearings, until somebody says what became of them (T57)."""
    for one in hearings(clock.case):
        if not one.is_over:
            due = clock.end_of(one.on)
            yield Deadline("T57", "D6", due, one.fact.organisation, one.fact.fact_ref)


def next_day(clock: Clock) -> Iterator[Deadline]:
    """Find the checks on the day after a hearing that were agreed in her plan. Source: stage 8."""
    case = clock.case
    for one in hearings(case):
        plan = _plan_for(clock, one.fact)
        was_held = one.ended is not None and one.ended.text("hearing_outcome") == HELD
        checked = case.answering(one.fact.fact_ref, "witness_checked")
        if plan and was_held and not checked:
            due = clock.end_of(one.on + timedelta(days=1))
            yield Deadline("T56D", "D6", due, plan.organisation, one.fact.fact_ref)


def claim_limits(clock: Clock) -> Iterator[Deadline]:
    """Find the last days to claim, and before each the next day to look at it again (T12)."""
    if not is_active("R58"):
        return
    for limit in limits(clock.case):
        last = last_day(limit, clock.presets)
        if last is None:
            continue
        yield Deadline("T12", "D13", clock.end_of(last), limit.organisation, limit.fact_ref)
        touched = touched_at(clock.case, limit.text("route")) or limit
        ahead = clock.presets.value("claim_alerts", last).numbers
        alerts = sorted(clock.calendar.start_of(months_after(last, -months)) for months in ahead)
        coming = [alert for alert in alerts if alert > touched.at]
        for alert in coming[:1]:
            yield Deadline("T12A", "D13", alert, limit.organisation, limit.fact_ref)


def appeals(clock: Clock) -> Iterator[Deadline]:
    """Find until when a decision on a claim can be appealed; looking at it ends this (T12)."""
    for claim in claims(clock.case):
        decided = claim.decided
        until = day(decided, "appeal_until") if decided else None
        looked = touched_at(clock.case, claim.route)
        if (
            decided is None
            or until is None
            or decided.text("claim_outcome") in GRANTED - {"awarded_in_part"}
        ):
            continue
        if looked is None or looked.position < decided.position:
            due = clock.end_of(until)
            yield Deadline("T12B", "D13", due, decided.organisation, decided.fact_ref)


def _plan_for(clock: Clock, hearing: Fact) -> Fact | None:
    named = clock.case.naming("hearing_ref", hearing.fact_ref, "witness_plan_made")
    return next((plan for plan in reversed(named) if plan.flag("next_day_check")), None)


ALWAYS = (trafficking_assessment, protection, hearing_day, next_day, claim_limits, appeals)
