"""Deadlines of support: the plan, the risks, the consents, the follow-up."""

from collections.abc import Iterator

from opennrm.lifecycle.deadline import Clock, Deadline
from opennrm.lifecycle.grounds import day, grounds
from opennrm.rights.months import months_after

ACCEPTED = "accepted"


def plan(clock: Clock) -> Iterator[Deadline]:
    """Find the first plan that is awaited once help was accepted (T07)."""
    case = clock.case
    back = case.newest("case_reopened")
    since = back.position if back else -1
    answers = (one for one in case.of_kind("offer_answered") if one.text("answer") == ACCEPTED)
    accepted = next((one for one in answers if one.position > since), None)
    agreed = [one for one in case.of_kind("plan_agreed") if one.position > since]
    offer = case.fact(accepted.reference("answers")) if accepted else None
    if accepted and not agreed:
        owner = offer.organisation if offer else accepted.organisation
        due = clock.due(accepted, "first_plan")
        yield Deadline("T07", "D9", due, owner, accepted.fact_ref)


def plan_review(clock: Clock) -> Iterator[Deadline]:
    """Find when the plan is looked at again, as agreed in it (T07R)."""
    agreed = clock.case.newest("plan_agreed")
    review = day(agreed, "review_on") if agreed else None
    if agreed and review:
        due = clock.end_of(review)
        yield Deadline("T07R", "D9", due, agreed.organisation, agreed.fact_ref)


def risk(clock: Clock) -> Iterator[Deadline]:
    """Find when the risks are looked at again (T08)."""
    assessed = clock.case.newest("risk_assessed")
    if assessed:
        review = day(assessed, "review_on")
        due = clock.end_of(review) if review else clock.due(assessed, "risk_review")
        yield Deadline("T08", "D8", due, assessed.organisation, assessed.fact_ref)


def consent_review(clock: Clock) -> Iterator[Deadline]:
    """Find when each consent is asked again; on that day sharing under it stops (T13)."""
    owners = {fact.fact_ref: fact.organisation for fact in clock.case.standing}
    newest = {
        (ground.recipient, ground.recipient_role, ground.purpose): (ground.ground, until)
        for ground in grounds(clock.case)
        if not ground.is_duty and ground.withdrawn_at is None and (until := ground.until_on)
    }
    for consent, until in newest.values():
        due = clock.calendar.start_of(until)
        yield Deadline("T13", "D10", due, owners[consent], consent)


def consent_recheck(clock: Clock) -> Iterator[Deadline]:
    """Find when she is asked whether a consent that stands still says what she wants (T13R)."""
    case = clock.case
    for given in case.of_kind("consent_given"):
        if case.naming("consent", given.fact_ref, "consent_withdrawn"):
            continue
        asked = case.naming("consent", given.fact_ref, "consent_rechecked")
        due = day(asked[-1], "next_on") if asked else day(given, "recheck_on")
        until = day(given, "until")
        if due and (until is None or due < until):
            start = clock.calendar.start_of(due)
            yield Deadline("T13R", "D10", start, given.organisation, given.fact_ref)


def follow_up(clock: Clock) -> Iterator[Deadline]:
    """Find the next follow-up after closing, only where she agreed to it (T16)."""
    case = clock.case
    closed = case.newest("case_closed")
    agreed = any(
        ground.purpose == "follow_up" and ground.withdrawn_at is None for ground in grounds(case)
    )
    if not (closed and case.is_closed and agreed):
        return
    done = [one for one in case.of_kind("outcome_recorded") if one.position > closed.position]
    left_on = clock.calendar.local_day(closed.at)
    months = clock.presets.value("follow_up_after_exit", left_on).numbers[len(done) :]
    for number in months[:1]:
        due = clock.end_of(months_after(left_on, number))
        yield Deadline("T16", "D9", due, closed.organisation, closed.fact_ref)
