"""Use cases of an emergency: the night duty opens a sealed sheet, another person looks after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.parts import SHEET
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused, PermissionMissing
from opennrm.casework.telling import tell_role
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.rights.confidentiality import NeedSituation
from opennrm.vocabulary.roles import Role

# The longest an emergency opening lasts (the database holds this too), and one night's default.
LONGEST_HOURS, NIGHT_HOURS = 24, 12
WITHIN = frozenset({"D10"})
TOLD_AT_HOME = (Role.SH, Role.CM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """Why a sealed sheet is opened, and for how many hours."""

    reason: str
    hours: int = NIGHT_HOURS


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyReview:
    """What another person found of an emergency opening, the next morning."""

    opening: UUID
    finding: str
    reviewed_on: date
    words: str = ""


def open_in_emergency(
    *, case_ref: UUID, emergency: Emergency, actor: Actor, at: datetime, desk: Desk
) -> UUID:
    """Open the safety sheet that stands by for the night duty of a house, and nothing else.

    Only wraps that are there already open; data-protection officers and the house are told at
    once, the person when it is safe, and somebody else looks at it the next morning.

    :raises PermissionMissing: when the actor is not on night duty.
    :raises CaseNotFound: when no sheet stands by for her.
    :raises MoveRefused: when it would last longer than a day.
    """
    require("open_in_emergency", actor=actor, at=at)
    if not 0 < emergency.hours <= LONGEST_HOURS:
        raise MoveRefused(found("emergency_too_long"))
    case = desk.cases.load_standing_by(case_ref)
    on = local_day(case.jurisdiction or actor.jurisdiction, at)
    need = NeedSituation(Role.ND.value, frozenset({SHEET}), has_task=True, breaks_glass=True)
    require_rule("R42", need, on, refusal=PermissionMissing)
    until = (at + timedelta(hours=emergency.hours)).isoformat()
    also = {"rule": "R42", "part": SHEET, "until": until}
    fact = new_fact(
        "emergency_opened", emergency, within=WITHIN, basis="vital_interest", also=also
    )
    change = Change(
        facts=(fact,),
        notices=told_at_once(case, fact.fact_ref, actor=actor, desk=desk),
        wakes=fact.fact_ref,
    )
    desk.cases.append(case_ref, change, audit=Entry("open_in_emergency", actor.account, at))
    return fact.fact_ref


def told_at_once(case: Case, opening: UUID, *, actor: Actor, desk: Desk) -> tuple[Notice, ...]:
    """Tell the data-protection officers of the State, and those who work with her in the house."""
    home = tuple(
        Notice(actor.organisation, "emergency_opened", opening, role)
        for role in TOLD_AT_HOME
        if any(row.organisation == actor.organisation and row.role is role for row in case.access)
    )
    return (*tell_role(Role.DP, "emergency_opened", opening, case=case, desk=desk), *home)


def review_emergency(
    *,
    case_ref: UUID,
    review: EmergencyReview,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what a person other than the one who opened it found.

    :raises MoveRefused: when there is no such opening, it was looked at before, or the actor
        opened it herself.
    """
    require("review_emergency", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    opening = case.fact(review.opening)
    if opening is None or opening.kind != "emergency_opened":
        raise MoveRefused(found("emergency_not_found"))
    if case.answering(opening.fact_ref, "emergency_reviewed"):
        raise MoveRefused(found("emergency_reviewed_before"))
    if opening.actor == actor.account:
        raise MoveRefused(found("emergency_own"))
    also = {"answers": opening.fact_ref}
    within = written(case, actor=actor, at=at)
    fact = new_fact("emergency_reviewed", review, within=within, basis="own_record", also=also)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("review_emergency", actor.account, at))
    return fact.fact_ref
