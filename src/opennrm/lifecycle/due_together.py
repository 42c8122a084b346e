"""Deadlines of working together: tasks, and the case conference that was called."""

from collections.abc import Iterator

from opennrm.lifecycle.deadline import Clock, Deadline
from opennrm.lifecycle.grounds import day


def tasks(clock: Clock) -> Iterator[Deadline]:
    """Find the tasks that nobody has ended yet, due from the house they were given to (T07T)."""
    case = clock.case
    for task in case.of_kind("task_set"):
        due_on = day(task, "due_on")
        if due_on and not case.naming("task", task.fact_ref, "task_ended"):
            due = clock.end_of(due_on)
            yield Deadline("T07T", "D9", due, task.reference("to"), task.fact_ref)


def conference(clock: Clock) -> Iterator[Deadline]:
    """Find the conferences called and not held yet, due from the house that called (T07C)."""
    case = clock.case
    for called in case.of_kind("conference_called"):
        held_on = day(called, "held_on")
        if held_on and not case.naming("conference", called.fact_ref, "conference_held"):
            due = clock.end_of(held_on)
            yield Deadline("T07C", "D9", due, called.organisation, called.fact_ref)


WHILE_OPEN = (tasks, conference)
