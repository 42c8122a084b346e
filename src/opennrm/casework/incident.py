"""Use cases of data breaches: recorded by anyone, reported in time, told to her (R52)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import held
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, MoveRefused
from opennrm.casework.telling import tell_holders, tell_role
from opennrm.casework.writing import formed, new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import NewFact
from opennrm.lifecycle.incidents import RECORDED, was_reported
from opennrm.vocabulary.roles import Role

EVERYWHERE = frozenset({"D1", "D8"})
STAND_BY_HER = (Role.CM, Role.LA, Role.GU)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataBreach:
    """What got out, when it was found, and whether it may put her in danger."""

    breach: str
    found_on: date
    high_risk: bool | None = None
    scopes: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachReport:
    """That the supervisory authority was told of a data breach."""

    about: UUID
    reported_on: date


def record_data_breach(
    *,
    case_ref: UUID,
    breach: DataBreach,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that data of hers got out, by any holder of any open row, on a closed case too.

    The data-protection officers and those who stand by her are told at once; the terms to report
    it and to tell her run from the day it was found.

    :raises AccessMissing: when nothing of the case is open to the actor yet.
    :raises MoveRefused: when the day lies ahead.
    """
    require("record_data_breach", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_open(case, actor=actor, at=at)
    require_past(breach.found_on, case, at=at)
    facts = data_breach_facts(breach)
    about = facts[0].fact_ref
    told = (
        *tell_role(Role.DP, "data_breach_recorded", about, case=case, desk=desk),
        *tell_holders(case, "data_breach_recorded", roles=STAND_BY_HER, actor=actor, at=at),
    )
    change = Change(facts=facts, notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_data_breach", actor.account, at))
    return about


def report_data_breach(
    *,
    case_ref: UUID,
    report: BreachReport,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that the supervisory authority was told; a late report is kept too.

    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when there is no such data breach, it was reported, or the day is ahead.
    """
    require("report_data_breach", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_open(case, actor=actor, at=at)
    require_past(report.reported_on, case, at=at)
    breach = case.fact(report.about)
    if breach is None or breach.kind != RECORDED or was_reported(case, breach):
        raise MoveRefused(found("data_breach_not_found"))
    fact = new_fact("data_breach_reported", report, within=EVERYWHERE, basis="own_record")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("report_data_breach", actor.account, at))
    return fact.fact_ref


def data_breach_facts(breach: DataBreach) -> tuple[NewFact, ...]:
    """Build the facts of a data breach: what it was, and beside it, sealed, how it happened."""
    seen = new_fact(RECORDED, breach, within=EVERYWHERE, basis="own_record")
    if not breach.description:
        return (seen,)
    words = {"text": breach.description}
    about = {"about": str(seen.fact_ref)}
    return (seen, formed("data_breach_described", about, words, basis="own_record"))


def require_open(case: Case, *, actor: Actor, at: datetime) -> None:
    """Refuse whoever holds nothing of the case.

    :raises AccessMissing: when no row is open to the actor.
    """
    if not held(case, actor=actor, at=at):
        raise AccessMissing(found("access_missing"))


def require_past(day: date, case: Case, *, at: datetime) -> None:
    """Refuse a day that lies ahead.

    :raises MoveRefused: when it does.
    """
    if day > local_day(case.jurisdiction, at):
        raise MoveRefused(found("not_yet_happened"))
