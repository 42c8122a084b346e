"""Use cases of the victim-witness co-ordinator: the plan for court, and the day after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.justice_hearing import BESIDE_HER, hearing_named, read_by, require_hearing
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact

URGENT = frozenset({"in_danger", "needs_support"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessPlan:
    """What was explained to her and in which language, and who goes with her."""

    explained: tuple[str, ...]
    explained_on: date
    language: str
    hearing_ref: UUID | None = None
    accompanied: bool = False
    next_day_check: bool = False
    wishes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtDay:
    """What is arranged for the day in court; the way goes from the meeting point, never a home."""

    hearing_ref: UUID
    arranged: tuple[str, ...] = ()
    not_needed: tuple[str, ...] = ()
    route: str = ""
    meeting_point: str = ""
    companion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessCheck:
    """How she was on the day after a hearing."""

    hearing: UUID
    checked_on: date
    after_hearing: str
    words: str = ""


def plan_for_witness(
    *,
    case_ref: UUID,
    plan: WitnessPlan,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record the plan for court made with her. Source: lifecycle reference, stage 8.

    :raises MoveRefused: when there is no such hearing.
    """
    require("plan_for_witness", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_hearing(case, plan.hearing_ref)
    within = read_by(case, actor=actor, at=at)
    fact = new_fact("witness_plan_made", plan, within=within, basis="own_record")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("plan_for_witness", actor.account, at))
    return fact.fact_ref


def plan_court_day(
    *,
    case_ref: UUID,
    day: CourtDay,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what is arranged for the day in court; those beside her are told.

    :raises AccessMissing: when the criminal part is not open to the actor.
    :raises MoveRefused: when there is no such hearing.
    """
    require("plan_court_day", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    hearing_named(case, day.hearing_ref)
    within = read_by(case, actor=actor, at=at)
    fact = new_fact("court_day_planned", day, within=within, basis="own_record")
    told = tell_holders(case, fact.kind, roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("plan_court_day", actor.account, at))
    return fact.fact_ref


def check_on_witness(
    *,
    case_ref: UUID,
    check: WitnessCheck,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record how she was on the day after; where she needs it, those beside her are told.

    :raises MoveRefused: when there is no such hearing.
    """
    require("check_on_witness", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    also = {"answers": hearing_named(case, check.hearing).fact_ref}
    within = read_by(case, actor=actor, at=at)
    fact = new_fact("witness_checked", check, within=within, basis="own_record", also=also)
    is_urgent = check.after_hearing in URGENT
    kind = "support_after_hearing"
    told = tell_holders(case, kind, roles=BESIDE_HER, actor=actor, at=at) if is_urgent else ()
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("check_on_witness", actor.account, at))
    return fact.fact_ref
