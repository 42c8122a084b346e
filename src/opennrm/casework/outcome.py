"""Use cases of outcomes: how she stands, and coming back; closing has a module of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.writing import new_fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How she stands, as pairs of domain and level such as housing_stability.better."""

    outcomes: tuple[str, ...]
    self_assessed: bool = False
    words: str = ""


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
