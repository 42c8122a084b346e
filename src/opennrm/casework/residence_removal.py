"""Use cases of removal, detention and transfer: recorded by anyone, authorised under the rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.holding import carried_out
from opennrm.casework.overrides import refusal_of
from opennrm.casework.own_part import own_part, require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.removal_questions import require_country
from opennrm.casework.return_of_child import require_for_child
from opennrm.casework.return_questions import (
    assessment_situation,
    hold_for,
    outcome_situation,
    remedies_situation,
    removal_situation,
    sign_situation,
)
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.removing import TAKES_AWAY, authorisation_of
from opennrm.lifecycle.returning import assessment_for, open_return
from opennrm.vocabulary.holds import HeldAct
from opennrm.vocabulary.roles import Role

MUST_HEAR = (Role.CA, Role.LA, Role.CM, Role.GU, Role.CP)
RESIDENCE = "D7"
Question = tuple[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalTask:
    """A removal, detention or transfer that somebody asks for or plans."""

    act: str
    noted_on: date
    country: str | None = None
    planned_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalAuthorisation:
    """Which task is authorised, and on which second opinions."""

    task: UUID
    hold: UUID | None = None
    remedies_hold: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalStop:
    """That a task was stopped or given up."""

    task: UUID
    stopped_on: date
    note: str = ""


def record_removal_task(
    *,
    case_ref: UUID,
    task: RemovalTask,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that somebody wants to remove, detain or transfer her, and tell who must act (R21).

    Nothing is permitted by it: the authority is alerted, and only `authorise_removal_task` can
    let the task out.

    :raises AccessMissing: when nothing of the case is open to the actor.
    """
    require("record_removal_task", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(task.noted_on, "noted_on", on=local_day(case.jurisdiction, at))
    within = own_part(case, RESIDENCE, actor=actor, at=at)
    fact = new_fact("removal_task_recorded", task, within=within, basis="own_record")
    told = tell_holders(case, fact.kind, roles=MUST_HEAR, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_removal_task", actor.account, at))
    return fact.fact_ref


def authorise_removal_task(
    *,
    case_ref: UUID,
    authorisation: RemovalAuthorisation,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Let a removal, detention or transfer out, after every rule that stands before it.

    :raises MoveRefused: when there is no such task, or it was authorised or stopped before.
    :raises RuleBroken: while the recovery period protects her (R26), or without a safe, fresh
        assessment by another body (R61, R64); for a child also R34 and R35.
    :raises HoldStands: while signs or open remedies wait for a second person (R21, R63).
    """
    require("authorise_removal_task", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    task = waiting_task(case, authorisation.task)
    on = local_day(case.jurisdiction, at)
    act = task.text("act") or ""
    if act in TAKES_AWAY:
        require_country(task.text("country"))
    authorisation = with_holds(case, authorisation, by=actor.account)
    for rule, situation in removal_questions(case, task, authorisation, actor=actor, on=on):
        require_rule(rule, situation, on, refusal=refusal_of(rule))
    presets = desk.presets(case.jurisdiction or actor.jurisdiction)
    require_for_child(case, act, presets, on=on)
    also = {"answers": task.fact_ref, "act": act}
    within = written(case, actor=actor, at=at)
    fact = new_fact(
        "removal_task_authorised", authorisation, within=within, basis="public_task", also=also
    )
    used = (*carried_out(authorisation.hold), *carried_out(authorisation.remedies_hold))
    told = tell_holders(case, fact.kind, roles=MUST_HEAR, actor=actor, at=at)
    change = Change(facts=(fact, *used), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("authorise_removal_task", actor.account, at))
    return fact.fact_ref


def stop_removal_task(
    *,
    case_ref: UUID,
    stop: RemovalStop,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that a removal, detention or transfer was stopped or given up.

    :raises MoveRefused: when there is no such task, or it was stopped before.
    """
    require("stop_removal_task", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    task = task_named(case, stop.task)
    require_past(stop.stopped_on, "stopped_on", on=local_day(case.jurisdiction, at))
    within = own_part(case, RESIDENCE, actor=actor, at=at)
    also = {"answers": task.fact_ref}
    fact = new_fact("removal_task_stopped", stop, within=within, basis="own_record", also=also)
    told = tell_holders(case, fact.kind, roles=(*MUST_HEAR, Role.MI), actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("stop_removal_task", actor.account, at))
    return fact.fact_ref


def with_holds(
    case: Case, authorisation: RemovalAuthorisation, *, by: UUID
) -> RemovalAuthorisation:
    """Add the second opinions that were given on this task, where none is named."""
    marked, remedies = HeldAct.REMOVAL_OF_MARKED_PERSON, HeldAct.RETURN_WITH_OPEN_REMEDIES
    task = authorisation.task
    found_hold = authorisation.hold or hold_for(case, marked, about=task, by=by)
    found_other = authorisation.remedies_hold or hold_for(case, remedies, about=task, by=by)
    return replace(authorisation, hold=found_hold, remedies_hold=found_other)


def removal_questions(
    case: Case, task: Fact, authorisation: RemovalAuthorisation, *, actor: Actor, on: date
) -> Iterator[Question]:
    """List the rules that stand before a task, each with what it looks at."""
    by, marked = actor.account, HeldAct.REMOVAL_OF_MARKED_PERSON
    yield "R26", removal_situation(case, on=on)
    yield (
        "R21",
        sign_situation(case, authorisation.hold, act=marked, by=by, about=task.fact_ref),
    )
    if task.text("act") not in TAKES_AWAY:
        return
    assessment = assessment_for(case, task.text("country"))
    removers = frozenset({actor.organisation, task.organisation})
    yield "R61", assessment_situation(assessment, removers=removers)
    yield "R64", outcome_situation(assessment)
    hold = authorisation.remedies_hold
    opened, about = open_return(case), task.fact_ref
    yield "R63", remedies_situation(case, opened, hold, about=about, by=by, on=on)


def task_named(case: Case, task: UUID) -> Fact:
    """Find a task that was not stopped.

    :raises MoveRefused: when there is none.
    """
    fact = case.fact(task)
    if fact is None or fact.kind != "removal_task_recorded":
        raise MoveRefused(found("task_not_found"))
    if case.answering(fact.fact_ref, "removal_task_stopped"):
        raise MoveRefused(found("task_stopped"))
    return fact


def waiting_task(case: Case, task: UUID) -> Fact:
    """Find a task that was not stopped and has no authorisation that stands.

    :raises MoveRefused: when there is none.
    """
    fact = task_named(case, task)
    if authorisation_of(case, fact) is not None:
        raise MoveRefused(found("task_authorised"))
    return fact
