"""Use cases of a pause of the recovery period: its days stand still, her protection does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.own_part import require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import EntryMalformed, MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.recovery import Period, running
from opennrm.vocabulary.roles import Role

BESIDE_HER = (Role.CM, Role.LA, Role.GU, Role.CP)
DECIDED = frozenset({"D14", "D14S"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPause:
    """Since when the period rests, why, and when that is looked at again."""

    reason: str
    rests_from: date
    review_on: date
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryResumption:
    """The day from which the days of the period count again."""

    resumed_on: date


def pause_recovery_period(
    *,
    case_ref: UUID,
    pause: RecoveryPause,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Let the recovery period rest, with a reason; the days are given back at its end.

    Nothing may be done to her while it rests (R26), and help goes on. Source: lifecycle
    reference, clock rules.

    :raises MoveRefused: when no period runs, it rests already, or no reasons are given.
    :raises EntryMalformed: when the pause would begin outside the period or ahead of today.
    """
    require("pause_recovery_period", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    period = require_running(case, on=on)
    require_may_rest(period, pause, on=on)
    also = {"period": period.fact_ref, "from": pause.rests_from}
    within = written(case, actor=actor, at=at)
    fact = new_fact("recovery_paused", pause, within=within, basis="public_task", also=also)
    told = tell_holders(
        case, fact.kind, roles=BESIDE_HER, actor=actor, at=at, compartments=DECIDED
    )
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("pause_recovery_period", actor.account, at))
    return fact.fact_ref


def resume_recovery_period(
    *,
    case_ref: UUID,
    resumption: RecoveryResumption,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Let the days of the recovery period count again; its end moves by the days it rested.

    :raises MoveRefused: when the period does not rest.
    :raises EntryMalformed: when the day lies before the pause or ahead of today.
    """
    require("resume_recovery_period", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    period = require_running(case, on=on)
    if period.rests_since is None or period.pause is None:
        raise MoveRefused(found("period_not_resting"))
    require_past(resumption.resumed_on, "resumed_on", on=on)
    if resumption.resumed_on < period.rests_since:
        raise EntryMalformed(found("day_outside_period"), "resumed_on")
    within = written(case, actor=actor, at=at)
    also = {"answers": period.pause}
    fact = new_fact("recovery_resumed", resumption, within=within, basis="public_task", also=also)
    told = tell_holders(
        case, fact.kind, roles=BESIDE_HER, actor=actor, at=at, compartments=DECIDED
    )
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("resume_recovery_period", actor.account, at))
    return fact.fact_ref


def require_running(case: Case, *, on: date) -> Period:
    """Find the recovery period that runs or rests.

    :raises MoveRefused: when there is none.
    """
    period = running(case, on)
    if period is None:
        raise MoveRefused(found("period_not_running"))
    return period


def require_may_rest(period: Period, pause: RecoveryPause, *, on: date) -> None:
    """Refuse a second pause, one without reasons, and one with days that cannot be.

    :raises MoveRefused: when it rests already, or no reasons are given.
    :raises EntryMalformed: when a day cannot be.
    """
    if period.is_paused:
        raise MoveRefused(found("period_rests_already"))
    if not pause.reasons.strip():
        raise MoveRefused(found("reason_needed"))
    require_past(pause.rests_from, "rests_from", on=on)
    if pause.rests_from < period.from_on:
        raise EntryMalformed(found("day_outside_period"), "rests_from")
    if pause.review_on <= on:
        raise EntryMalformed(found("review_must_come"), "review_on")
