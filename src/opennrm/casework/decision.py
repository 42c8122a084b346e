"""Use cases of the competent authority: decisions, the recovery period, reconsideration."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move, require_rule
from opennrm.casework.child_rules import require_means_not_asked
from opennrm.casework.holding import end_of
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import held, written
from opennrm.casework.reasons import found
from opennrm.casework.recovery_terms import (
    RecoveryPeriod,
    day_of,
    require_no_shorter,
    require_told_after,
    require_told_lately,
    span_of,
    understood,
)
from opennrm.casework.refusals import MoveRefused, RuleBroken
from opennrm.casework.removal_questions import told_of_fallen
from opennrm.casework.second_reader import (
    agreed_opinion,
    hold_of_no,
    require_second_person,
    signers,
)
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.lifecycle.holds import holds_of, is_ended
from opennrm.lifecycle.recovery import FOUND
from opennrm.rights.identification import NEGATIVE, DecisionSituation
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.recovery import RecoverySituation, least_until, standing_of
from opennrm.rights.second_opinion import DisbeliefSituation, SigningSituation
from opennrm.vocabulary.holds import HeldAct, HoldEnd
from opennrm.vocabulary.roles import Role

PRELIMINARY, FORMAL = "reasonable_grounds_decided", "identification_decided"
DECISIONS = (PRELIMINARY, FORMAL)
TOLD_OF_DECISIONS = (Role.CM, Role.LA, Role.GU, Role.CP)
# Those who take no step against her while the recovery period runs (R26).
KEEP_AWAY = (Role.MI, Role.AS)
DECIDED_PARTS = frozenset({"D14", "D14S"})
AFTER_GROUNDS = frozenset({"reasonable_grounds_positive", "identified"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision with its standard, reasons, language and remedy."""

    outcome: str
    standard: str
    decided_on: date
    reasons: str = ""
    reasons_codes: tuple[str, ...] = ()
    language: str | None = None
    remedy: str | None = None
    remedy_until: date | None = None
    hold: UUID | None = None
    doubted_facts: str = ""
    trauma_considered: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconsideration:
    """A request to look at a decision again; late requests are kept too."""

    decision: UUID
    grounds: str
    asked_on: date
    grounds_text: str = ""


def decide_reasonable_grounds(
    *,
    case_ref: UUID,
    decision: Decision,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record the preliminary decision, on reasonable grounds and no higher standard (R16).

    :raises RuleBroken: when the standard is too high, or a no lacks reasons or remedy (R16, R23).
    :raises SecondPersonNeeded: when a no waits for a second person (R15, R18, R23).
    :raises MoveRefused: when the case does not wait for this decision.
    """
    require("decide_reasonable_grounds", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    fact = decision_fact(PRELIMINARY, case, decision, actor=actor, at=at, desk=desk)
    change = decided(case, fact, *ends_holds(case, fact, actor=actor), actor=actor, at=at)
    change = replace(change, expected=expected)
    audit = Entry("decide_reasonable_grounds", actor.account, at)
    desk.cases.append(case_ref, change, audit=audit)
    return fact.fact_ref


def identify(
    *,
    case_ref: UUID,
    decision: Decision,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record the formal identification decision.

    :raises RuleBroken: when a no lacks reasons, language, remedy or its date (R23).
    :raises SecondPersonNeeded: when a no waits for a second person (R15, R18, R23).
    :raises MoveRefused: when the case does not wait for this decision.
    """
    require("identify", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    fact = decision_fact(FORMAL, case, decision, actor=actor, at=at, desk=desk)
    change = decided(case, fact, *ends_holds(case, fact, actor=actor), actor=actor, at=at)
    change = replace(change, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("identify", actor.account, at))
    return fact.fact_ref


def open_recovery_period(
    *,
    case_ref: UUID,
    period: RecoveryPeriod,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Open the recovery and reflection period, from the day the person was told of it (R25).

    :raises RuleBroken: when it would be shorter than the law here allows (R25).
    :raises MoveRefused: when no reasonable grounds were found yet, or a period runs already
        and this one does not make it longer.
    """
    require("open_recovery_period", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if case.identification not in AFTER_GROUNDS:
        raise MoveRefused(found("grounds_not_found_yet"))
    presets = desk.presets(case.jurisdiction or actor.jurisdiction)
    told_on, begins, ends = span_of(case, period, presets)
    minimum = presets.value("recovery_period_min", told_on)
    today = local_day(case.jurisdiction, at)
    least = least_until(begins, minimum)
    situation = RecoverySituation(
        told_on, begins, ends, least, standing_of(minimum), understood(case, period)
    )
    require_rule("R25", situation, today)
    require_told_after(case, period, on=today)
    require_told_lately(period, presets, on=today)
    require_no_shorter(case, period, ends, on=today)
    also = {"days": (ends - begins).days, "from": begins, "until": ends}
    within = written(case, actor=actor, at=at)
    fact = new_fact(
        "recovery_period_opened", period, within=within, basis="public_task", also=also
    )
    change = decided(case, fact, actor=actor, at=at)
    heard = tell_holders(
        case, fact.kind, roles=KEEP_AWAY, actor=actor, at=at, compartments=DECIDED_PARTS
    )
    change = replace(change, notices=(*change.notices, *heard), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("open_recovery_period", actor.account, at))
    return fact.fact_ref


def ask_reconsideration(
    *,
    case_ref: UUID,
    request: Reconsideration,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that a decision is to be looked at again; late requests are marked, not refused.

    :raises MoveRefused: when there is no such decision, or it was not a no.
    """
    require("ask_reconsideration", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    decision = case.fact(request.decision)
    if decision is None or decision.kind not in DECISIONS:
        raise MoveRefused(found("decision_not_found"))
    presets = desk.presets(case.jurisdiction or actor.jurisdiction)
    also = {"of": decision.fact_ref, "late": is_late(decision, request, presets)}
    within = held(case, actor=actor, at=at)
    fact = new_fact("reconsideration_asked", request, within=within, also=also)
    require_move(case, fact, actor=actor)
    notice = Notice(decision.organisation, "reconsideration_asked", decision.fact_ref, Role.CA)
    change = Change(facts=(fact,), notices=(notice,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("ask_reconsideration", actor.account, at))
    return fact.fact_ref


def decision_fact(
    kind: str, case: Case, decision: Decision, *, actor: Actor, at: datetime, desk: Desk
) -> NewFact:
    """Build the fact of a decision, once the rules have answered.

    :raises RuleBroken: when a rule stops it.
    :raises SecondPersonNeeded: when a no waits for a second person.
    """
    is_no = decision.outcome in NEGATIVE
    today = local_day(case.jurisdiction, at)
    require_means_not_asked(case, decision.outcome, decision.reasons_codes, on=today)
    hold = hold_of_no(case, decision.hold if is_no else None, kind, actor=actor)
    opinion = agreed_opinion(case, hold, actor=actor, on=today)
    said = opinion.text("opinion") if opinion else None
    require_well_decided(decision, said, on=today, is_preliminary=kind == PRELIMINARY)
    signed_by = signers(opinion, actor=actor, desk=desk)
    require_two_signers(decision, said, signed_by)
    also = {
        "second_reader": opinion.actor if opinion else None,
        "hold": hold.fact_ref if hold else None,
        "signed_by": signed_by,
    }
    within = written(case, actor=actor, at=at)
    return new_fact(kind, decision, within=within, basis="public_task", also=also)


def require_well_decided(
    decision: Decision, second_opinion: str | None, *, on: date, is_preliminary: bool
) -> None:
    """Refuse a decision without its standard, reasons or remedy, or with days that cannot be.

    :raises RuleBroken: when R16 or R23 is broken, or nothing could be done against a no.
    :raises SecondPersonNeeded: when a no waits for a second person (R23).
    """
    situation = DecisionSituation(
        is_preliminary=is_preliminary,
        outcome=decision.outcome,
        standard=decision.standard,
        has_reasons=bool(decision.reasons.strip()),
        language=decision.language,
        remedy=decision.remedy,
        remedy_until=decision.remedy_until,
        second_opinion=second_opinion,
        grounds=frozenset(decision.reasons_codes),
    )
    require_rule("R16", situation, decision.decided_on)
    require_second_person("R23", situation, decision.decided_on)
    if decision.decided_on > on:
        raise RuleBroken(found("decided_in_future"))
    is_no = decision.outcome in NEGATIVE
    if is_no and decision.remedy_until is not None and decision.remedy_until <= on:
        raise RuleBroken(found("remedy_over", "R23"))


def require_two_signers(
    decision: Decision, second_opinion: str | None, signed_by: frozenset[str]
) -> None:
    """Refuse a no by law enforcement alone (R15), or that disbelieves her out of hand (R18).

    :raises RuleBroken: when doubted facts or trauma were not looked at (R18).
    :raises SecondPersonNeeded: when it waits for a second person.
    """
    disbelief = DisbeliefSituation(
        outcome=decision.outcome,
        reasons=frozenset(decision.reasons_codes),
        doubted_facts_named=bool(decision.doubted_facts.strip()),
        trauma_considered=decision.trauma_considered,
        second_opinion=second_opinion,
    )
    require_second_person("R18", disbelief, decision.decided_on)
    signing = SigningSituation(decision.outcome, signed_by)
    require_second_person("R15", signing, decision.decided_on)


def decided(
    case: Case,
    fact: NewFact,
    *more: NewFact,
    actor: Actor,
    at: datetime,
) -> Change:
    """Build the change of a decision, told to those who stand by her and hold decisions.

    :raises MoveRefused: when the case does not wait for this decision.
    """
    require_move(case, fact, actor=actor)
    told = tell_holders(
        case,
        fact.kind,
        roles=TOLD_OF_DECISIONS,
        actor=actor,
        at=at,
        compartments=DECIDED_PARTS,
    )
    if fact.open.get("outcome") in FOUND or fact.kind == "recovery_period_opened":
        told = (*told, *told_of_fallen(case, actor=actor, at=at))
    return Change(facts=(fact, *more), notices=told, closes=closed_with(case, more))


def ends_holds(case: Case, fact: NewFact, *, actor: Actor) -> tuple[NewFact, ...]:
    """End what waited for this decision: the hold it rests on, and others of the same house."""
    if fact.open["outcome"] == "pending":
        return ()
    used = fact.open.get("hold")
    waiting = (
        hold
        for hold in holds_of(case)
        if hold.text("act") == HeldAct.NEGATIVE_DECISION
        and hold.organisation == actor.organisation
        and not is_ended(case, hold)
    )
    return tuple(
        end_of(
            hold.fact_ref,
            HoldEnd.CARRIED_OUT if str(hold.fact_ref) == used else HoldEnd.GIVEN_UP,
        )
        for hold in waiting
    )


def closed_with(case: Case, ending: tuple[NewFact, ...]) -> tuple[UUID, ...]:
    """Name the holds whose rows close with a decision, where rows are still open on them."""
    over = {str(fact.open["answers"]) for fact in ending if fact.kind == "hold_ended"}
    return tuple({row.basis_fact for row in case.access if str(row.basis_fact) in over})


def is_late(decision: Fact, request: Reconsideration, presets: Presets) -> bool:
    """Say whether a request comes after the window; it is kept all the same."""
    if decision.text("remedy_until"):
        return request.asked_on > day_of(decision, "remedy_until")
    decided_on = day_of(decision, "decided_on")
    window = presets.value("reconsideration_window", decided_on).number
    return request.asked_on > decided_on + timedelta(days=window)
