"""Use cases of hearings: set, ended, protected; evidence beyond her; what an observer saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import held, open_to_all, written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.vocabulary.roles import Role

CRIMINAL = "D6"
BESIDE_HER = (Role.VW, Role.LA, Role.GU, Role.CM)


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingDay:
    """A hearing: which, on which day, and whether she is called."""

    hearing: str
    hearing_on: date
    proceeding: UUID | None = None
    person_called: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingEnd:
    """What became of a hearing; an adjourned one can name its new day."""

    hearing: UUID
    hearing_outcome: str
    adjourned_to: date | None = None
    adjourned_because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionNeeds:
    """What protection she needs, for one hearing or for the whole proceeding."""

    assessed_on: date
    measures: tuple[str, ...] = ()
    hearing_ref: UUID | None = None
    wishes_asked: bool = False
    wishes: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresAnswer:
    """Protection that was asked for, granted or refused."""

    measures: tuple[str, ...]
    measure_state: str
    state_on: date
    hearing_ref: UUID | None = None
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCheck:
    """The lines of evidence there are that do not rest on what she says; none is an answer."""

    checked_on: date
    lines: tuple[str, ...] = ()
    proceeding: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What a trial observer saw of her rights; no private fact has a place in it."""

    observed_on: date
    represented: bool | None = None
    interpreter: bool | None = None
    measures_granted: tuple[str, ...] = ()
    measures_refused: tuple[str, ...] = ()
    lesser_offence: bool | None = None
    sentence_passed: bool | None = None
    confiscation_ordered: bool | None = None
    compensation_ordered: bool | None = None


def set_hearing(
    *,
    case_ref: UUID,
    hearing: HearingDay,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a hearing to come; those who stand by her are told (R56)."""
    require("set_hearing", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = read_by(case, actor=actor, at=at)
    fact = new_fact("hearing_set", hearing, within=within, basis="public_task")
    told = tell_holders(case, "hearing_set", roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("set_hearing", actor.account, at))
    return fact.fact_ref


def end_hearing(
    *,
    case_ref: UUID,
    end: HearingEnd,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what became of a hearing: held, adjourned or cancelled.

    :raises MoveRefused: when there is no such hearing.
    """
    require("end_hearing", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    also = {"answers": hearing_named(case, end.hearing).fact_ref}
    within = read_by(case, actor=actor, at=at)
    fact = new_fact("hearing_ended", end, within=within, basis="public_task", also=also)
    told = tell_holders(case, "hearing_ended", roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("end_hearing", actor.account, at))
    return fact.fact_ref


def assess_protection(
    *,
    case_ref: UUID,
    needs: ProtectionNeeds,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what protection she needs in proceedings, before each hearing (R56).

    :raises MoveRefused: when there is no such hearing.
    """
    require("assess_protection", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_hearing(case, needs.hearing_ref)
    within = open_to_all(case, CRIMINAL, actor=actor, at=at)
    fact = new_fact("protection_assessed", needs, within=within, basis="own_record")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("assess_protection", actor.account, at))
    return fact.fact_ref


def answer_measures(
    *,
    case_ref: UUID,
    measures: MeasuresAnswer,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record protection asked for, granted or refused; those who stand by her are told.

    :raises MoveRefused: when there is no such hearing, or no measure is named.
    """
    require("answer_measures", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_hearing(case, measures.hearing_ref)
    if not measures.measures:
        raise MoveRefused(found("nothing_chosen"))
    within = read_by(case, actor=actor, at=at)
    kind = "protection_measures_answered"
    fact = new_fact(kind, measures, within=within, basis="public_task")
    told = tell_holders(case, kind, roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("answer_measures", actor.account, at))
    return fact.fact_ref


def check_evidence(
    *,
    case_ref: UUID,
    evidence: EvidenceCheck,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record which evidence there is beyond what she says; none at all is an answer too (R57)."""
    require("check_evidence", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = written(case, actor=actor, at=at) & {CRIMINAL}
    fact = new_fact("evidence_recorded", evidence, within=within, basis="public_task")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("check_evidence", actor.account, at))
    return fact.fact_ref


def observe_trial(
    *,
    case_ref: UUID,
    observation: Observation,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what an observer saw of her rights at a trial; nothing private fits in (R60).

    Source: domain reference, lifecycle, stage 8, trial monitoring.
    """
    require("observe_trial", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = written(case, actor=actor, at=at)
    fact = new_fact("trial_observed", observation, within=within, basis="own_record")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("observe_trial", actor.account, at))
    return fact.fact_ref


def read_by(case: Case, *, actor: Actor, at: datetime) -> frozenset[str]:
    """Return the criminal part where it is open to the actor in full; never its summary."""
    return held(case, actor=actor, at=at) & {CRIMINAL}


def hearing_named(case: Case, hearing: UUID) -> Fact:
    """Find a hearing of this case.

    :raises MoveRefused: when there is none.
    """
    fact = case.fact(hearing)
    if fact is None or fact.kind != "hearing_set":
        raise MoveRefused(found("hearing_not_found"))
    return fact


def require_hearing(case: Case, hearing: UUID | None) -> None:
    """Refuse a hearing that is named and not of this case.

    :raises MoveRefused: when there is none.
    """
    if hearing is not None:
        hearing_named(case, hearing)
