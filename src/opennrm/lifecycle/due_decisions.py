"""Deadlines of the decisions: preliminary, recovery period, formal, reconsideration."""

from collections.abc import Iterator
from datetime import timedelta

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.deadline import Clock, Deadline
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.recovery import formally_decided, period
from opennrm.rights.registry import is_active
from opennrm.vocabulary.identification import IdentificationStatus as Status

DECISIONS = ("reasonable_grounds_decided", "identification_decided")
NEGATIVE = frozenset({"negative", "not_identified"})
TO_AUTHORITY = frozenset({"identification", "referral"})


def preliminary(clock: Clock) -> Iterator[Deadline]:
    """Find the reasonable-grounds decision that is awaited, from the referral on (T05)."""
    case = clock.case
    if case.identification != Status.REASONABLE_GROUNDS_PENDING:
        return
    final = [fact.position for fact in case.of_kind(*DECISIONS) if _is_final(fact)]
    decided = max(final, default=-1)
    waiting = [
        fact
        for fact in case.of_kind("referral_sent")
        if fact.position > decided and _asks_authority(fact) and not _is_declined(clock, fact)
    ]
    for sent in waiting[:1]:
        due = clock.due(sent, "preliminary_decision_target")
        yield Deadline("T05", "D14", due, sent.reference("to"), sent.fact_ref)


def recovery(clock: Clock) -> Iterator[Deadline]:
    """Find the end of the recovery period that runs; its end never ends help (T06).

    While the period rests its days stand still, and it has no end yet.
    """
    found = period(clock.case)
    if found and found.until_on and not formally_decided(clock.case, found):
        due = clock.calendar.start_of(found.until_on)
        yield Deadline("T06", "D14", due, found.organisation, found.fact_ref)


def conclusive(clock: Clock) -> Iterator[Deadline]:
    """Find the formal decision that is awaited after the recovery period (T09, first alert)."""
    found = period(clock.case)
    awaited = clock.case.identification == Status.REASONABLE_GROUNDS_POSITIVE
    if found and found.until_on and awaited:
        until = found.until_on
        first = clock.presets.value("conclusive_decision_alerts", until).numbers[0]
        due = clock.end_of(until + timedelta(days=first - 1))
        yield Deadline("T09", "D14", due, found.organisation, found.fact_ref)


def reconsideration(clock: Clock) -> Iterator[Deadline]:
    """Find until when a negative decision can be asked to be looked at again (T10).

    It is the person's own time, so no organisation must act, and a late request is kept too.
    """
    if clock.case.identification not in (
        Status.REASONABLE_GROUNDS_NEGATIVE,
        Status.NOT_IDENTIFIED,
    ):
        return
    negative = [f for f in clock.case.of_kind(*DECISIONS) if f.text("outcome") in NEGATIVE]
    for decision in negative[-1:]:
        until = day(decision, "remedy_until")
        own = clock.end_of(until) if until else clock.due(decision, "reconsideration_window")
        yield Deadline("T10", "D14", own, None, decision.fact_ref)


def notice(clock: Clock) -> Iterator[Deadline]:
    """Find until when help goes on in any case after a no (T22, R09); nobody must act on it."""
    if not is_active("R09"):
        return
    for decision in standing_no(clock.case):
        due = clock.due(decision, "help_notice_period")
        yield Deadline("T22", "D14", due, None, decision.fact_ref)


def standing_no(case: Case) -> tuple[Fact, ...]:
    """Return the negative decision that stands, if one does; none while only asked anew."""
    after_no = {Status.REASONABLE_GROUNDS_NEGATIVE, Status.NOT_IDENTIFIED}
    before = case.standings["identification"].before
    is_looked_at = case.identification == Status.RECONSIDERATION_PENDING
    state = before.state if is_looked_at and before else case.identification
    negative = [f for f in case.of_kind(*DECISIONS) if f.text("outcome") in NEGATIVE]
    return tuple(negative[-1:]) if state in after_no else ()


def _is_final(fact: Fact) -> bool:
    return fact.text("outcome") != "pending"


def _asks_authority(fact: Fact) -> bool:
    return fact.text("to_role") == "CA" and fact.text("purpose") in TO_AUTHORITY


def _is_declined(clock: Clock, sent: Fact) -> bool:
    answers = clock.case.answering(sent.fact_ref, "referral_acknowledged")
    return any(answer.text("answer") == "declined" for answer in answers)
