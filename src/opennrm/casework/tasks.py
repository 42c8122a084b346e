"""Use cases of tasks: what an organisation on the case does for the plan, by a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import held, written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, MoveRefused
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case

PLAN = "D9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done, by which organisation on the case, until when."""

    to: UUID
    due_on: date
    task: str
    about: str | None = None
    conference: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEnding:
    """How a task ended."""

    task: UUID
    task_end: str
    words: str = ""


def set_task(
    *,
    case_ref: UUID,
    task: Task,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Give a task to an organisation that may read the plan, the own one included.

    A task opens nothing to anybody.

    :raises AccessMissing: when the plan is not open to that organisation.
    """
    require("set_task", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_on_the_plan(case, (task.to,), at=at)
    fact = new_fact("task_set", task, within=written(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("set_task", actor.account, at))
    return fact.fact_ref


def end_task(
    *,
    case_ref: UUID,
    ending: TaskEnding,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Say that a task is done, or why it is not: by who was to do it, or by who gave it.

    :raises MoveRefused: when there is no such task, or it has ended.
    """
    require("end_task", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    _require_own_open_task(case, ending.task, actor=actor)
    fact = new_fact("task_ended", ending, within=read_plan(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("end_task", actor.account, at))
    return fact.fact_ref


def read_plan(case: Case, *, actor: Actor, at: datetime) -> frozenset[str]:
    """Return the part of the plan, to which whoever reads it may add what her kind of fact says.

    :raises AccessMissing: when the plan is not open to the actor.
    """
    if PLAN not in held(case, actor=actor, at=at):
        raise AccessMissing(found("compartment_not_open"))
    return frozenset({PLAN})


def require_on_the_plan(case: Case, houses: tuple[UUID, ...], *, at: datetime) -> None:
    """Refuse where an organisation that is named may not read the plan.

    :raises AccessMissing: when one of them may not.
    """
    readers = {
        row.organisation
        for row in case.access
        if row.compartment == PLAN and row.state == "open" and row.is_live(at)
    }
    if not readers.issuperset(houses):
        raise AccessMissing(found("not_on_the_plan"))


def open_tasks(case: Case, organisation: UUID) -> tuple[UUID, ...]:
    """List the tasks not ended yet that an organisation was given, or gave."""
    return tuple(
        one.fact_ref
        for one in case.of_kind("task_set")
        if organisation in (one.organisation, one.reference("to"))
        and not case.naming("task", one.fact_ref, "task_ended")
    )


def _require_own_open_task(case: Case, task: UUID, *, actor: Actor) -> None:
    if task not in open_tasks(case, actor.organisation):
        raise MoveRefused(found("task_not_open"))
