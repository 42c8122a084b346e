"""Where a removal, detention or transfer stands: wanted, authorised, fallen, stopped."""

from collections.abc import Iterator

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.recovery import opens_protection
from opennrm.lifecycle.returning import SAFE, assessment_country
from opennrm.vocabulary.residence import RemovalAct

RECORDED = "removal_task_recorded"
STOPPED = "removal_task_stopped"
AUTHORISED = "removal_task_authorised"
TAKES_AWAY = frozenset({RemovalAct.REMOVAL, RemovalAct.DUBLIN_TRANSFER})


def wanted(case: Case) -> tuple[Fact, ...]:
    """Return the tasks that were not stopped, authorised or not."""
    tasks = case.of_kind(RECORDED)
    return tuple(one for one in tasks if not case.answering(one.fact_ref, STOPPED))


def waiting(case: Case) -> tuple[Fact, ...]:
    """Return the tasks that wait: not stopped, and without an authorisation that stands."""
    return tuple(one for one in wanted(case) if authorisation_of(case, one) is None)


def let_out(case: Case) -> tuple[Fact, ...]:
    """Return the tasks that were authorised once and not stopped, whether it stands or fell."""
    return tuple(one for one in wanted(case) if case.answering(one.fact_ref, AUTHORISED))


def authorisation_of(case: Case, task: Fact) -> Fact | None:
    """Return the authorisation of a task that stands: what was found after it takes it away.

    It falls when grounds are found or a recovery period opens (R26), and, where she would be
    taken to another country, when the risks there are assessed as anything but safe (R64).
    """
    given = case.answering(task.fact_ref, AUTHORISED)
    if not given or any(_against(case, task, after=given[-1].position)):
        return None
    return given[-1]


def _against(case: Case, task: Fact, *, after: int) -> Iterator[Fact]:
    yield from (one for one in opens_protection(case) if one.position > after)
    if task.text("act") not in TAKES_AWAY:
        return
    for one in case.of_kind("return_assessed"):
        there = assessment_country(case, one) == task.text("country")
        said_later = case.versions(one.fact_ref)[-1].position > after
        if there and said_later and one.text("outcome") != SAFE:
            yield one
