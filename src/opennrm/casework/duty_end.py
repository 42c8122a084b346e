"""Use case of a legal duty that is ended before its term; what it opened closes at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.hold_endings import closed_first, given_up, orphaned, told_of_end
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, MoveRefused
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEnd:
    """Which duty ends, on which day, and why."""

    duty: UUID
    ended_on: date
    reason: str | None = None


def end_legal_duty(
    *,
    case_ref: UUID,
    end: DutyEnd,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """End a legal duty early, by who relied on it; its rows close and their holder is told.

    :raises AccessMissing: when another organisation relied on it.
    :raises MoveRefused: when there is no such duty, or it was ended before.
    """
    require("end_legal_duty", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    duty = standing_duty(case, end.duty)
    if duty.organisation != actor.organisation:
        raise AccessMissing(found("duty_of_another"))
    within = written(case, actor=actor, at=at)
    also = {"duty": duty.fact_ref}
    fact = new_fact("legal_duty_ended", end, within=within, basis=duty.basis, also=also)
    lost = orphaned(case, duty.fact_ref, at=at)
    change = Change(
        facts=(fact, *given_up(lost)),
        closes=closed_first(case, lost, duty.fact_ref),
        notices=(*told_of(case, duty), *told_of_end(lost)),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("end_legal_duty", actor.account, at))
    return fact.fact_ref


def standing_duty(case: Case, duty: UUID) -> Fact:
    """Find a legal duty that was not ended early.

    :raises MoveRefused: when there is none.
    """
    fact = case.fact(duty)
    if fact is None or fact.kind != "legal_duty_relied_on":
        raise MoveRefused(found("duty_not_found"))
    if case.naming("duty", fact.fact_ref, "legal_duty_ended"):
        raise MoveRefused(found("duty_not_found"))
    return fact


def told_of(case: Case, duty: Fact) -> tuple[Notice, ...]:
    """Tell who holds something on the duty, by the reference it knows."""
    rows = [row for row in case.access if row.basis_fact == duty.fact_ref]
    known = {(row.organisation, row.role): row.offer_fact or duty.fact_ref for row in rows}
    return tuple(
        Notice(house, "legal_duty_ended", about, role=role)
        for (house, role), about in known.items()
    )
