"""Use case of an early end of the recovery period: on a legal ground, by two persons (R27)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.decision import DECIDED_PARTS, TOLD_OF_DECISIONS
from opennrm.casework.holding import carried_out
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused, RuleBroken
from opennrm.casework.second_reader import agreed_opinion, hold_of_no, require_second_person
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.recovery import running
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.second_opinion import EarlyEndSituation
from opennrm.vocabulary.holds import HeldAct
from opennrm.vocabulary.residence import EarlyEndGround

KIND = "recovery_ended_early"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyEnd:
    """On which ground the period ends, when, why, and what she can do against it."""

    ground: str
    ends_on: date
    reasons: str = ""
    language: str | None = None
    remedy: str | None = None
    remedy_until: date | None = None
    hold: UUID | None = None


def end_recovery_period_early(
    *,
    case_ref: UUID,
    end: EarlyEnd,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """End the recovery period early; help goes on all the same.

    :raises RuleBroken: when the ground is not legal, or reasons or remedy are missing (R27).
    :raises SecondPersonNeeded: when no second person agreed (R27).
    :raises MoveRefused: when no period runs, or the day lies behind or after its end.
    """
    require("end_recovery_period_early", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    today = local_day(case.jurisdiction, at)
    period = running(case, today)
    if period is None:
        raise MoveRefused(found("no_period_runs"))
    if end.ends_on < today or (period.until_on and end.ends_on >= period.until_on):
        raise MoveRefused(found("early_end_day"))
    hold = hold_of_no(case, end.hold, KIND, actor=actor)
    act = HeldAct.RECOVERY_ENDED_EARLY
    opinion = agreed_opinion(case, hold, actor=actor, on=today, act=act)
    presets = desk.presets(case.jurisdiction or actor.jurisdiction)
    said = opinion.text("opinion") if opinion else None
    require_same_period(hold if opinion else None, period.fact_ref)
    require_second_person("R27", situation_of(end, said, presets, on=today), today)
    require_remedy_ahead(end, on=today)
    also = {"period": period.fact_ref, "second_reader": opinion.actor if opinion else None}
    within = written(case, actor=actor, at=at)
    fact = new_fact(KIND, end, within=within, basis="public_task", also=also)
    change = Change(
        facts=(fact, *carried_out(end.hold)),
        notices=told_of(case, actor=actor, at=at),
        expected=expected,
    )
    audit = Entry("end_recovery_period_early", actor.account, at)
    desk.cases.append(case_ref, change, audit=audit)
    return fact.fact_ref


def require_same_period(hold: Fact | None, period: UUID) -> None:
    """Refuse an early end on an agreement that was about another period.

    :raises MoveRefused: when it was.
    """
    if hold is not None and hold.reference("about") != period:
        raise MoveRefused(found("hold_outdated"))


def situation_of(
    end: EarlyEnd, opinion: str | None, presets: Presets, *, on: date
) -> EarlyEndSituation:
    """Say what the rule on early ends looks at."""
    return EarlyEndSituation(
        ground=end.ground,
        grounds_allowed=legal_grounds(presets, on=on),
        has_reasons=bool(end.reasons.strip()),
        language=end.language,
        remedy=end.remedy,
        remedy_until=end.remedy_until,
        second_opinion=opinion,
    )


def legal_grounds(presets: Presets, *, on: date) -> frozenset[str]:
    """List the grounds of the law here, within the two that the treaty knows."""
    value = presets.value("early_end_grounds", on).value
    named = value if isinstance(value, tuple) else ()
    return frozenset(named) & frozenset(EarlyEndGround)


def require_remedy_ahead(end: EarlyEnd, *, on: date) -> None:
    """Refuse an early end against which nothing can be done any more.

    :raises RuleBroken: when the last day of the remedy is not ahead (R27).
    """
    if end.remedy_until is not None and end.remedy_until <= on:
        raise RuleBroken(found("remedy_over", "R27"))


def told_of(case: Case, *, actor: Actor, at: datetime) -> tuple[Notice, ...]:
    """Tell those who stand by her and hold decisions."""
    return tell_holders(
        case, KIND, roles=TOLD_OF_DECISIONS, actor=actor, at=at, compartments=DECIDED_PARTS
    )
