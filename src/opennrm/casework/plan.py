"""Use cases of the plan: needs, danger, and what she wants to do about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.writing import new_fact


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsAssessment:
    """What she needs and what of it is urgent."""

    domains: tuple[str, ...]
    urgent: tuple[str, ...] = ()
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessment:
    """How great the danger is, where from, and when it is looked at again.

    `own_access`: a page of her own, which she opens by herself, would put her in no danger.
    """

    level: str
    review_on: date
    topics: tuple[str, ...] = ()
    reasons: str = ""
    own_access: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Her plan: goals, her own words, when it was talked over with her."""

    goals: tuple[str, ...]
    review_on: date
    discussed_on: date | None = None
    language: str | None = None
    seen_by_person: bool = False
    own_words: str = ""
    plan: str = ""


def assess_needs(
    *,
    case_ref: UUID,
    assessment: NeedsAssessment,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record an assessment of needs."""
    require("assess_needs", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    fact = new_fact("needs_assessed", assessment, within=written(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("assess_needs", actor.account, at))
    return fact.fact_ref


def assess_risk(
    *,
    case_ref: UUID,
    assessment: RiskAssessment,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record an assessment of danger."""
    require("assess_risk", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    fact = new_fact("risk_assessed", assessment, within=written(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("assess_risk", actor.account, at))
    return fact.fact_ref


def agree_plan(
    *,
    case_ref: UUID,
    plan: Plan,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record the plan; the case page warns where nothing in it is hers, or it was not discussed.

    Source: R10, R12.
    """
    require("agree_plan", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    also = {
        "own_entry": bool(plan.own_words.strip() or plan.plan.strip()),
        "discussed": plan.discussed_on is not None,
    }
    fact = new_fact("plan_agreed", plan, within=written(case, actor=actor, at=at), also=also)
    require_move(case, fact, actor=actor)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("agree_plan", actor.account, at))
    return fact.fact_ref
