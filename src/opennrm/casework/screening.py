"""Use case of screening: indicators in, advice with its reasons out; never a no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move, require_rule
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import RuleBroken
from opennrm.casework.signs import require_no_profiling
from opennrm.casework.writing import new_fact
from opennrm.indicators import advice
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.rights.identification import StatusSituation
from opennrm.vocabulary.age import AgeStatus
from opennrm.vocabulary.screening import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Indicators as told, seen or not asked, and how the talk was held."""

    population: str | None = None
    told: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    presumed: bool = False
    act_noted: bool | None = None
    reason: str = ""
    notes: str = ""
    forms: tuple[str, ...] = ()
    scope_of_trafficking: str | None = None
    alone: bool = False
    language: str | None = None
    interpreter: bool = False


def record_screening(
    *,
    case_ref: UUID,
    screening: Screening,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a screening with the advice of the indicators; it can never say no (R19).

    :raises PermissionMissing: when the training in indicators is missing.
    :raises RuleBroken: when a sign is not in the lists, or a trait would count as one (R20).
    """
    require("record_screening", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    status = StatusSituation("presumed" if screening.presumed else "none", "screening_recorded")
    require_rule("R19", status, local_day(case.jurisdiction, at))
    require_no_profiling((*screening.told, *screening.seen), on=local_day(case.jurisdiction, at))
    advised = weighed(case, screening)
    also = {
        "population": advised.population.value,
        "advice": advised.outcome.value,
        "positive_dimensions": advised.dimensions,
    }
    within = written(case, actor=actor, at=at)
    fact = new_fact("screening_recorded", screening, within=within, basis="own_record", also=also)
    require_move(case, fact, actor=actor)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_screening", actor.account, at))
    return fact.fact_ref


def weighed(case: Case, screening: Screening) -> advice.Advice:
    """Weigh the signs into advice; the lists for children serve where age is in doubt (R31).

    :raises RuleBroken: when a sign is not in the lists.
    """
    status = case.age_status
    noted = advice.Screening(
        age_status=AgeStatus(status) if status else None,
        answers=answers_of(screening),
        presumed=screening.presumed,
        act_noted=bool(screening.act_noted),
    )
    try:
        return advice.advise(noted)
    except advice.IndicatorUnknown as fault:
        raise RuleBroken(found("sign_unknown")) from fault


def answers_of(screening: Screening) -> Mapping[str, Answer]:
    """Say how each sign came to be known; what was told counts before what was seen."""
    said = (
        (screening.not_asked, Answer.NOT_ASKED),
        (screening.seen, Answer.SEEN),
        (screening.told, Answer.TOLD),
    )
    return {sign: answer for signs, answer in said for sign in signs}
