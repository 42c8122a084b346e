"""What is due in a case, when and by whom: the deadlines that follow from its facts.

None of them ends help: an end of a timer is shown, and nothing happens by itself.
"""

from collections.abc import Callable, Iterator

from opennrm.lifecycle import due_children, due_justice, due_return, due_together
from opennrm.lifecycle.calendars import Calendar, calendar_for
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.deadline import TIMERS, Clock, Deadline
from opennrm.lifecycle.due_decisions import (
    conclusive,
    notice,
    preliminary,
    reconsideration,
    recovery,
)
from opennrm.lifecycle.due_early import answer, child_protection, immediate_needs, referral
from opennrm.lifecycle.due_holds import emergency, opinion, telling
from opennrm.lifecycle.due_privacy import data_breach, retention
from opennrm.lifecycle.due_support import (
    consent_recheck,
    consent_review,
    follow_up,
    plan,
    plan_review,
    risk,
)
from opennrm.rights.jurisdictions import Presets

__all__ = ["TIMERS", "Deadline", "deadlines"]

Timer = Callable[[Clock], Iterator[Deadline]]
WHILE_OPEN: tuple[Timer, ...] = (
    immediate_needs,
    child_protection,
    referral,
    answer,
    preliminary,
    recovery,
    plan,
    plan_review,
    *due_together.WHILE_OPEN,
    risk,
    conclusive,
    *due_children.WHILE_OPEN,
    *due_return.WHILE_OPEN,
    notice,
)
ALWAYS: tuple[Timer, ...] = (
    reconsideration,
    consent_review,
    consent_recheck,
    follow_up,
    emergency,
    opinion,
    telling,
    *due_children.ALWAYS,
    retention,
    data_breach,
    *due_return.ALWAYS,
    *due_justice.ALWAYS,
)


def deadlines(
    case: Case, presets: Presets, *, calendar: Calendar | None = None
) -> tuple[Deadline, ...]:
    """Return every deadline that stands, earliest first; a closed case keeps only a few."""
    clock = Clock(case, presets, calendar or calendar_for(presets))
    timers = ALWAYS if case.is_closed else (*WHILE_OPEN, *ALWAYS)
    found = [deadline for timer in timers for deadline in timer(clock)]
    return tuple(sorted(found, key=lambda one: (one.due_at, one.kind, str(one.fact_ref))))
