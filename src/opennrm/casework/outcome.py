"""Use cases of outcomes: how she stands, closing with the door open, coming back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move
from opennrm.casework.overrides import Overriding, require_rule_unless
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.redress import routes_situation
from opennrm.casework.refusals import RuleBroken
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.vocabulary.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How she stands, as pairs of domain and level such as housing_stability.better."""

    outcomes: tuple[str, ...]
    self_assessed: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """How support ended and what was done before the case is closed."""

    exit_kind: str
    retention_until: date
    plan_reviewed: bool = False
    claims_listed: bool = False
    safety_plan: bool = False
    return_contact: bool = False
    overriding: Overriding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """Why a person comes back; no new proof is asked (R13)."""

    reason: str


def record_outcome(
    *,
    case_ref: UUID,
    outcome: Outcome,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record how the person stands."""
    require("record_outcome", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    fact = new_fact("outcome_recorded", outcome, within=written(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_outcome", actor.account, at))
    return fact.fact_ref


def close_case(
    *,
    case_ref: UUID,
    closure: Closure,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Close a case once the plan is reviewed, claims listed and a way back given.

    The end of a trial, of a budget year or of co-operation is no way to close: the kinds of exit
    are a closed list. Source: lifecycle reference, stage 11.

    :raises RuleBroken: when something has to be done first, such as a route to compensation
        that nobody answered (R58).
    :raises MoveRefused: when the case is closed already.
    """
    require("close_case", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    today = local_day(case.jurisdiction, at)
    require_ready(closure, on=today)
    examined = require_rule_unless(
        "R58",
        routes_situation(case),
        today,
        closure.overriding,
        case=case,
        actor=actor,
        at=at,
        desk=desk,
    )
    within = written(case, actor=actor, at=at)
    fact = new_fact("case_closed", closure, within=within, basis="own_record")
    require_move(case, fact, actor=actor)
    told = tell_holders(case, "case_closed", roles=Role, actor=actor, at=at)
    change = Change(
        facts=(fact, *examined.facts), notices=(*told, *examined.notices), expected=expected
    )
    desk.cases.append(case_ref, change, audit=Entry("close_case", actor.account, at))
    return fact.fact_ref


def reopen_case(
    *,
    case_ref: UUID,
    reopening: Reopening,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Open a closed case again; nothing has to be proven anew (R13).

    :raises MoveRefused: when the case is not closed.
    """
    require("reopen_case", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = written(case, actor=actor, at=at)
    fact = new_fact("case_reopened", reopening, within=within, basis="own_record")
    require_move(case, fact, actor=actor)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("reopen_case", actor.account, at))
    return fact.fact_ref


def require_ready(closure: Closure, *, on: date) -> None:
    """Refuse to close before the plan, the claims, her safety and the way back are seen to.

    :raises RuleBroken: when one of them is missing, or no day of retention lies ahead.
    """
    done = (
        closure.plan_reviewed,
        closure.claims_listed,
        closure.safety_plan,
        closure.return_contact,
        closure.retention_until > on,
    )
    if not all(done):
        raise RuleBroken(found("closing_not_ready"))
