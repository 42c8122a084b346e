"""Use cases of criminal proceedings: their steps, steps against the person, what compelled her.

A step moves the criminal track only: never identification, help or residence (R17).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move, unkept
from opennrm.casework.breach import MUST_ACT, Breach, breach_facts
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import open_to_all, written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.lifecycle.proceedings import (
    AGAINST_HER,
    CHARGING,
    STEP,
    SUSPECT,
    has_sign,
    is_assessed_act,
    only,
    proceedings,
    steps_against_her,
    unassessed,
)
from opennrm.rights.justice import CompulsionSituation
from opennrm.vocabulary.roles import Role

CRIMINAL = "D6"
WARNED_OF_PUNISHMENT = (Role.PR, Role.LA, Role.CM, Role.VW, Role.GU, Role.CA)
TOLD_OF_ASSESSMENTS = (Role.PR, Role.LE, Role.LA, Role.CM, Role.VW, Role.GU)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriminalStep:
    """A step of one proceeding, and what she is in it; without a proceeding, one begins."""

    step: str
    step_on: date
    proceeding: UUID | None = None
    capacity: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability:
    """What was done to her for an unlawful act: suspected, fined, charged, convicted, dropped."""

    liability: str
    recorded_on: date
    act: str | None = None
    proceeding: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompulsionAssessment:
    """Whether she was compelled; without a step named, it is about the oldest one that waits."""

    finding: str
    assessed_on: date
    reasons: str
    step: UUID | None = None


def record_criminal_step(
    *,
    case_ref: UUID,
    step: CriminalStep,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a step of criminal proceedings; each proceeding is judged by itself.

    :raises MoveRefused: when there is no such proceeding, or the step does not follow in it.
    """
    require("record_criminal_step", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    also = {"proceeding": proceeding_named(case, step.proceeding)}
    within = written(case, actor=actor, at=at) & {CRIMINAL}
    fact = new_fact(STEP, step, within=within, basis="public_task", also=also)
    require_move(only(case, also["proceeding"]), fact, actor=actor)
    situation = CompulsionSituation(SUSPECT, has_sign(case), is_assessed=False)
    is_broken = step.capacity == SUSPECT and unkept(
        "R54", situation, local_day(case.jurisdiction, at)
    )
    notices = warned(case, fact.fact_ref, actor=actor, at=at, desk=desk) if is_broken else ()
    change = Change(facts=(fact,), notices=notices, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_criminal_step", actor.account, at))
    return fact.fact_ref


def record_liability(
    *,
    case_ref: UUID,
    liability: Liability,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what was done to her for an unlawful act; it can always be recorded.

    With a sign of trafficking the prosecutor, her lawyer and the co-ordinators are warned; a
    charge before any assessment counts as a breach (R54).

    :raises AccessMissing: when nothing of the case is open to the actor.
    """
    require("record_liability", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = open_to_all(case, CRIMINAL, actor=actor, at=at)
    fact = new_fact("liability_recorded", liability, within=within, basis="own_record")
    on = local_day(case.jurisdiction, at)
    is_broken = unkept("R54", compulsion(case, liability), on) is not None
    breach = charge_breach(case, liability) if is_broken else ()
    notices = warned(case, fact.fact_ref, actor=actor, at=at, desk=desk) if is_broken else ()
    if breach:
        notices += tell_holders(case, "breach_observed", roles=MUST_ACT, actor=actor, at=at)
    change = Change(facts=(fact, *breach), notices=notices, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_liability", actor.account, at))
    return fact.fact_ref


def assess_compulsion(
    *,
    case_ref: UUID,
    assessment: CompulsionAssessment,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record the trafficking assessment of an unlawful act, made by the competent authority (R54).

    :raises MoveRefused: when nothing was done to her, or reasons are missing.
    """
    require("assess_compulsion", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if not assessment.reasons.strip():
        raise MoveRefused(found("reason_needed"))
    also = {"answers": step_to_assess(case, assessment.step).fact_ref}
    within = open_to_all(case, CRIMINAL, actor=actor, at=at)
    fact = new_fact(
        "compulsion_assessed", assessment, within=within, basis="public_task", also=also
    )
    told = tell_holders(case, "compulsion_assessed", roles=TOLD_OF_ASSESSMENTS, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("assess_compulsion", actor.account, at))
    return fact.fact_ref


def proceeding_named(case: Case, proceeding: UUID | None) -> UUID:
    """Find a proceeding of this case, or begin one.

    :raises MoveRefused: when there is none of this reference.
    """
    if proceeding is None:
        return uuid4()
    if proceeding not in {one.proceeding for one in proceedings(case)}:
        raise MoveRefused(found("proceeding_not_found"))
    return proceeding


def compulsion(case: Case, liability: Liability) -> CompulsionSituation:
    """Say what R54 looks at: the step, a sign of trafficking, an assessment of the same act."""
    act = str(liability.proceeding) if liability.proceeding else liability.act
    against = liability.liability if liability.liability in AGAINST_HER else None
    return CompulsionSituation(against, has_sign(case), is_assessed_act(case, act))


def charge_breach(case: Case, liability: Liability) -> tuple[NewFact, ...]:
    """Build the breach of a charge before any assessment, where there is a sign (R54)."""
    if liability.liability not in CHARGING or not has_sign(case):
        return ()
    breach = Breach(
        breach="charged_without_assessment",
        observed_on=liability.recorded_on,
        rule="R54",
    )
    return breach_facts(breach)


def warned(
    case: Case, about: UUID, *, actor: Actor, at: datetime, desk: Desk
) -> tuple[Notice, ...]:
    """Warn the prosecutor, her lawyer, those beside her and the national co-ordinators (R54)."""
    kind = "possible_non_punishment"
    told = tell_holders(case, kind, roles=WARNED_OF_PUNISHMENT, actor=actor, at=at)
    jurisdiction = case.jurisdiction or actor.jurisdiction
    co_ordinators = desk.directory.with_role(Role.NCO, jurisdiction)
    return (*told, *(Notice(one, kind, about, Role.NCO) for one in co_ordinators))


def step_to_assess(case: Case, step: UUID | None) -> Fact:
    """Find the step against her that an assessment is about.

    :raises MoveRefused: when there is none.
    """
    against = steps_against_her(case)
    waiting = (*unassessed(case), *reversed(against))
    named = [fact for fact in waiting if step in (None, fact.fact_ref)]
    if not named:
        raise MoveRefused(found("no_step_against_her"))
    return named[0]
