"""Use cases of a missing child: reported, every call noted, found, heard by somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.child_acts import CHILD_FILE, require_held
from opennrm.casework.child_rules import require_may_be_child, require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle import child_file
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.rights.child_services import ReturnInterview
from opennrm.vocabulary.roles import Role

SEARCHING = (Role.GU, Role.CP, Role.CM, Role.LA, Role.SH, Role.LE, Role.FR, Role.CA)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingChild:
    """Who is looked for: last seen, clothing, feared persons, the number the police gave."""

    last_seen: date
    missing_from: UUID | None = None
    photo_held: bool = False
    police_told: bool = False
    guardian_told: bool = False
    last_seen_where: str = ""
    clothing: str = ""
    photo: str = ""
    feared_persons: str = ""
    police_number: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingDetails:
    """What is added to a report that was made in a hurry."""

    report: UUID
    last_seen: date | None = None
    missing_from: UUID | None = None
    photo_held: bool | None = None
    last_seen_where: str = ""
    clothing: str = ""
    photo: str = ""
    feared_persons: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingCall:
    """One call about a missing child: to whom, with which result, and what was said."""

    report: UUID
    called: str
    result: str
    called_on: date | None = None
    said: str = ""
    police_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundChild:
    """A missing child who is back, or was found."""

    report: UUID
    how: str
    found_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTalk:
    """What the child told of the time away, as far as she or he wished."""

    report: UUID
    held_on: date
    why: tuple[str, ...] = ()
    words: str = ""
    note: str = ""


def report_missing_child(
    *,
    case_ref: UUID,
    report: MissingChild,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Report a child who is not where she should be, by any holder of any open row (R39).

    Somebody whose age nobody asked is looked for like a child.

    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when she is an adult, reported already, or the day lies ahead.
    """
    require("report_missing_child", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_may_be_child(case)
    require_held(case, actor=actor, at=at)
    require_past(report.last_seen, on=local_day(case.jurisdiction, at))
    if child_file.missing(case) is not None:
        raise MoveRefused(found("reported_already"))
    fact = new_fact("child_missing_reported", report, within=CHILD_FILE, basis="vital_interest")
    told = told_all(case, fact.kind, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("report_missing_child", actor.account, at))
    return fact.fact_ref


def describe_missing_child(
    *,
    case_ref: UUID,
    details: MissingDetails,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Add to the report of a missing child what there was no time for; all who look are told.

    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when there is no such report, or the day lies ahead.
    """
    require("describe_missing_child", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_held(case, actor=actor, at=at)
    if details.last_seen is not None:
        require_past(details.last_seen, on=local_day(case.jurisdiction, at))
    fact = answering("missing_child_described", details, report_named(case, details.report))
    told = told_all(case, fact.kind, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("describe_missing_child", actor.account, at))
    return fact.fact_ref


def log_missing_call(
    *,
    case_ref: UUID,
    call: MissingCall,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Note one call about a missing child, reached or not.

    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when there is no such report.
    """
    require("log_missing_call", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_held(case, actor=actor, at=at)
    report = report_named(case, call.report)
    also = {"answers": report.fact_ref, "called_at": (call.called_on or at).isoformat()}
    fact = new_fact(
        "missing_child_call_logged", call, within=CHILD_FILE, basis="vital_interest", also=also
    )
    told = told_all(case, fact.kind, actor=actor, at=at) if call.result == "news" else ()
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("log_missing_call", actor.account, at))
    return fact.fact_ref


def record_child_found(
    *,
    case_ref: UUID,
    finding: FoundChild,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that a missing child is back; somebody independent hears her next (T18R).

    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when there is no such report, she was found already, or not yet.
    """
    require("record_child_found", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_held(case, actor=actor, at=at)
    require_past(finding.found_on, on=local_day(case.jurisdiction, at))
    report = report_named(case, finding.report)
    if case.answering(report.fact_ref, "child_found"):
        raise MoveRefused(found("found_already"))
    fact = answering("child_found", finding, report)
    told = told_all(case, fact.kind, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_child_found", actor.account, at))
    return fact.fact_ref


def hold_return_interview(
    *,
    case_ref: UUID,
    talk: ReturnTalk,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what a child who came back told somebody who is not of the house she left (R39).

    :raises RuleBroken: when the actor is of that house (R39).
    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when there is no such report, or the day lies ahead.
    """
    require("hold_return_interview", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    require_held(case, actor=actor, at=at)
    require_past(talk.held_on, on=on)
    report = report_named(case, talk.report)
    left = child_file.missing_from(case, report)
    own = left == actor.organisation if left else None
    require_rule("R39", ReturnInterview(is_own_house=own), on)
    fact = answering("return_interview_held", talk, report)
    told = tell_holders(case, fact.kind, roles=(Role.GU, Role.CP), actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("hold_return_interview", actor.account, at))
    return fact.fact_ref


def report_named(case: Case, ref: UUID) -> Fact:
    """Find the report of a missing child.

    :raises MoveRefused: when there is none.
    """
    report = case.fact(ref)
    if report is None or report.kind != "child_missing_reported":
        raise MoveRefused(found("missing_report_not_found"))
    return report


def answering(kind: str, source: object, report: Fact) -> NewFact:
    """Build a fact that answers the report of a missing child."""
    also = {"answers": report.fact_ref}
    return new_fact(kind, source, within=CHILD_FILE, basis="vital_interest", also=also)


def told_all(case: Case, kind: str, *, actor: Actor, at: datetime) -> tuple[Notice, ...]:
    """Tell everybody on the case who can look for the child."""
    return tell_holders(case, kind, roles=SEARCHING, actor=actor, at=at)
