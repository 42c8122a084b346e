"""Use cases of age: assessed with the margin in her favour, settled by two, turning 18."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.child_acts import require_held
from opennrm.casework.child_rules import require_child, require_past
from opennrm.casework.holding import carried_out, second_opinion
from opennrm.casework.overrides import refusal_of
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import formed, new_fact
from opennrm.lifecycle import child_file
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.lifecycle.holds import answer_of, holds_of, is_ended
from opennrm.lifecycle.told import SETTLED, says_child
from opennrm.rights.children import AgeAssessmentSituation, AgeSettlement
from opennrm.vocabulary.holds import HeldAct
from opennrm.vocabulary.roles import Role

BESIDE_CHILD = (Role.GU, Role.CP, Role.CM, Role.LA, Role.CA)
SKELETON = frozenset({"D1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeAssessment:
    """How old she may be, by several professions: the lower and upper end, in years."""

    youngest: int
    assessed_on: date
    oldest: int | None = None
    doubts: tuple[str, ...] = ()
    disciplines: tuple[str, ...] = ()
    guardian_agreed: bool | None = None
    child_agreed: bool | None = None
    report: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledAge:
    """Whether she is a child or an adult, on which ground; an adult's needs a held act.

    Where no held act is named, the newest one on her age that has not ended is meant.
    """

    age_status: str
    basis: str
    settled_on: date
    grounds: str = ""
    hold: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingOfAge:
    """The month in which the child turns 18, and how that is known; never a day of birth."""

    turns_18: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuityPlan:
    """How help goes on when the child turns 18."""

    agreed_on: date
    goals: tuple[str, ...] = ()
    child_agreed: bool | None = None
    own_words: str = ""
    plan: str = ""


def record_age_assessment(
    *,
    case_ref: UUID,
    assessment: AgeAssessment,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record an age assessment made on serious doubt, by several, with both consents (R31).

    It settles nothing by itself. That an assessment was made otherwise is recorded as a breach.

    :raises RuleBroken: when doubt, professions or a consent is missing (R31).
    :raises MoveRefused: when it is no child, or the day lies ahead.
    """
    require("record_age_assessment", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    require_child(case)
    require_past(assessment.assessed_on, on=on)
    situation = AgeAssessmentSituation(
        doubts=frozenset(assessment.doubts),
        disciplines=frozenset(assessment.disciplines),
        guardian_agreed=assessment.guardian_agreed,
        child_agreed=assessment.child_agreed,
    )
    require_rule("R31", situation, on)
    within = written(case, actor=actor, at=at)
    fact = new_fact("age_assessed", assessment, within=within, basis="legal_duty")
    told = tell_holders(case, fact.kind, roles=BESIDE_CHILD, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_age_assessment", actor.account, at))
    return fact.fact_ref


def settle_age(
    *,
    case_ref: UUID,
    age: SettledAge,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Settle an age: a child by one person, an adult on a ground and by two (R31).

    :raises HoldStands: when no second person has agreed that she is an adult, or the ground does
        not carry it (R31).
    :raises MoveRefused: when the age stands so already, or the day lies ahead.
    """
    require("settle_age", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    require_held(case, actor=actor, at=at)
    require_past(age.settled_on, on=on)
    if case.age_settled is not None and case.age_status == age.age_status:
        raise MoveRefused(found("age_stands"))
    age = replace(age, hold=hold_for(case, age))
    situation = settlement(case, age, actor=actor, on=on)
    require_rule("R31", situation, on, refusal=refusal_of("R31"))
    facts = settled_facts(age)
    told = tell_holders(case, facts[0].kind, roles=BESIDE_CHILD, actor=actor, at=at)
    change = Change(facts=facts, notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("settle_age", actor.account, at))
    return facts[0].fact_ref


def note_coming_of_age(
    *,
    case_ref: UUID,
    month: ComingOfAge,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Note the month in which a child turns 18, so that help goes on without a gap (T21).

    :raises MoveRefused: when it is no child.
    """
    require("note_coming_of_age", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_child(case)
    within = written(case, actor=actor, at=at)
    fact = new_fact("coming_of_age_noted", month, within=within, basis="legal_duty")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("note_coming_of_age", actor.account, at))
    return fact.fact_ref


def agree_continuity_plan(
    *,
    case_ref: UUID,
    plan: ContinuityPlan,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record how help goes on when the child turns 18; nothing ends on that day.

    :raises MoveRefused: when the day lies ahead, or the plan is missing.
    """
    require("agree_continuity_plan", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(plan.agreed_on, on=local_day(case.jurisdiction, at))
    if not plan.plan.strip():
        raise MoveRefused(found("reason_needed"))
    within = written(case, actor=actor, at=at)
    fact = new_fact("continuity_plan_agreed", plan, within=within, basis="legal_duty")
    told = tell_holders(case, fact.kind, roles=BESIDE_CHILD, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("agree_continuity_plan", actor.account, at))
    return fact.fact_ref


def hold_for(case: Case, age: SettledAge) -> UUID | None:
    """Find the held act an adult's age rests on; the one who acts may not see it herself.

    That she is a child rests on none.
    """
    if age.age_status != "adult":
        return None
    if age.hold is not None:
        return age.hold
    waiting = [one for one in holds_of(case) if one.text("act") == HeldAct.ADULT_AGE]
    standing = [one.fact_ref for one in waiting if not is_ended(case, one)]
    return standing[-1] if standing else None


def opinion_on_age(case: Case, hold: UUID | None, *, actor: Actor, on: date) -> str | None:
    """Return what a second person said of her being an adult, as long as it counts.

    It is of another organisation than who proposed it and who settles it. It counts until
    somebody speaks of a child again, or her age is settled.
    """
    held = case.fact(hold)
    given = answer_of(case, held) if held is not None else None
    if held is None or given is None or spoken_since(case, held):
        return None
    if given.organisation in (held.organisation, actor.organisation):
        return None
    return second_opinion(case, hold, act=HeldAct.ADULT_AGE, by=actor.account, on=on)


def spoken_since(case: Case, held: Fact) -> bool:
    """Tell whether somebody spoke of a child, or her age was settled, after it was proposed."""
    return any(
        case.age_said_at[fact.fact_ref] > held.position
        for fact in case.standing
        if says_child(fact.open) or fact.kind == SETTLED
    )


def settlement(case: Case, age: SettledAge, *, actor: Actor, on: date) -> AgeSettlement:
    """Return what R31 looks at when an age is settled."""
    assessed = case.newest("age_assessed")
    youngest = assessed.open.get("youngest") if assessed else None
    return AgeSettlement(
        age_status=age.age_status,
        basis=age.basis,
        has_grounds=bool(age.grounds.strip()),
        second_opinion=opinion_on_age(case, age.hold, actor=actor, on=on),
        youngest=youngest if isinstance(youngest, int) else None,
        has_turned_18=child_file.has_turned_18(case, on),
    )


def settled_facts(age: SettledAge) -> tuple[NewFact, ...]:
    """Build the facts of a settled age: what it is, and beside it, sealed, the grounds."""
    settled = new_fact("age_settled", age, within=SKELETON, basis="public_task")
    used = carried_out(age.hold)
    if not age.grounds.strip():
        return (settled, *used)
    also = {"settled": str(settled.fact_ref)}
    given = formed("age_grounds_given", also, {"grounds": age.grounds}, basis="public_task")
    return (settled, given, *used)
