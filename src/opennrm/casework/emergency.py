"""Use cases of an emergency: the night duty opens one sealed part, another person looks after."""

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
from opennrm.casework.refusals import (
    AccessMissing,
    MoveRefused,
    PermissionMissing,
    SecondPersonNeeded,
)
from opennrm.casework.telling import tell_role
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.compartments import Compartment
from opennrm.lifecycle.facts import Fact
from opennrm.rights.confidentiality import NeedSituation
from opennrm.vocabulary.roles import Role

# The longest an emergency opening lasts (the database holds this too), and one night's default.
LONGEST_HOURS, NIGHT_HOURS = 24, 12
# How long a second person may take to agree to whereabouts; the database holds this too.
AGREE_WITHIN = timedelta(hours=1)
WITHIN = frozenset({"D10"})
TOLD_AT_HOME = (Role.SH, Role.CM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """Why which sealed part is opened, and for how many hours."""

    reason: str
    hours: int = NIGHT_HOURS
    part: str = SHEET
    why: str = ""


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
    """Open one part that stands by for the night duty of a house, and nothing else.

    Only wraps that are there already open; data-protection officers and the house are told at
    once, the person when it is safe, and somebody else looks at it the next morning.

    :raises PermissionMissing: when the actor is not on night duty.
    :raises CaseNotFound: when nothing stands by for her.
    :raises AccessMissing: when this part does not stand by.
    :raises MoveRefused: when it would last longer than a day, or more than the safety sheet is
        asked for without a word of why.
    :raises SecondPersonNeeded: when it is the whereabouts, which two persons open.
    """
    require("open_in_emergency", actor=actor, at=at)
    case, also = asked_for(case_ref, emergency, actor=actor, at=at, desk=desk)
    if Compartment.parse(emergency.part).names_people:
        raise SecondPersonNeeded(found("emergency_needs_two"))
    also |= {"rule": "R42"}
    fact = new_fact(
        "emergency_opened", emergency, within=WITHIN, basis="vital_interest", also=also
    )
    change = Change(
        facts=(fact,),
        notices=told_at_once(case, "emergency_opened", fact.fact_ref, actor=actor, desk=desk),
        wakes=fact.fact_ref,
    )
    desk.cases.append(case_ref, change, audit=Entry("open_in_emergency", actor.account, at))
    return fact.fact_ref


def ask_in_emergency(
    *, case_ref: UUID, emergency: Emergency, actor: Actor, at: datetime, desk: Desk
) -> UUID:
    """Ask a second person on night duty to open the whereabouts; nothing opens by asking.

    :raises PermissionMissing: when the actor is not on night duty.
    :raises CaseNotFound: when nothing stands by for her.
    :raises AccessMissing: when the whereabouts do not stand by for her by name.
    :raises MoveRefused: when it would last longer than a day, or has no word of why.
    """
    require("ask_in_emergency", actor=actor, at=at)
    case, also = asked_for(case_ref, emergency, actor=actor, at=at, desk=desk)
    fact = new_fact("emergency_asked", emergency, within=WITHIN, basis="vital_interest", also=also)
    told = told_at_once(case, "emergency_asked", fact.fact_ref, actor=actor, desk=desk)
    on_duty = Notice(actor.organisation, "emergency_asked", fact.fact_ref, Role.ND)
    change = Change(facts=(fact,), notices=(*told, on_duty))
    desk.cases.append(case_ref, change, audit=Entry("ask_in_emergency", actor.account, at))
    return fact.fact_ref


def agree_in_emergency(
    *, case_ref: UUID, asked: UUID, actor: Actor, at: datetime, desk: Desk
) -> UUID:
    """Agree, as the second person on night duty, that a colleague opens the whereabouts.

    They open to who asked, not to who agrees.

    :raises PermissionMissing: when the actor is not on night duty.
    :raises CaseNotFound: when nothing stands by in her house.
    :raises MoveRefused: when nothing was asked within the last hour, or it was agreed to before.
    :raises SecondPersonNeeded: when the actor asked herself.
    """
    require("agree_in_emergency", actor=actor, at=at)
    case = desk.cases.load_standing_by(case_ref)
    question = require_waiting(case, asked, actor=actor, at=at)
    also = {name: question.open[name] for name in ("part", "reason", "until")}
    also |= {"rule": "R42", "answers": str(asked)}
    fact = new_fact("emergency_opened", None, within=WITHIN, basis="vital_interest", also=also)
    told = told_at_once(case, "emergency_opened", fact.fact_ref, actor=actor, desk=desk)
    on_duty = Notice(actor.organisation, "emergency_opened", fact.fact_ref, Role.ND)
    change = Change(facts=(fact,), notices=(*told, on_duty), wakes=fact.fact_ref)
    desk.cases.append(case_ref, change, audit=Entry("agree_in_emergency", actor.account, at))
    return fact.fact_ref


def asked_for(
    case_ref: UUID, emergency: Emergency, *, actor: Actor, at: datetime, desk: Desk
) -> tuple[Case, dict[str, object]]:
    """Load the case of an emergency, and refuse what may not be opened in one.

    :raises PermissionMissing: when the night duty never opens this part.
    :raises CaseNotFound: when nothing stands by for her.
    :raises AccessMissing: when this part does not stand by.
    :raises MoveRefused: when it would last longer than a day, or has no word of why.
    """
    if not 0 < emergency.hours <= LONGEST_HOURS:
        raise MoveRefused(found("emergency_too_long"))
    if emergency.part != SHEET and not emergency.why.strip():
        raise MoveRefused(found("emergency_says_nothing"))
    case = desk.cases.load_standing_by(case_ref)
    on = local_day(case.jurisdiction or actor.jurisdiction, at)
    parts = frozenset({emergency.part})
    need = NeedSituation(Role.ND.value, parts, has_task=True, breaks_glass=True)
    require_rule("R42", need, on, refusal=PermissionMissing)
    if emergency.part != SHEET and emergency.part not in standing_by(case, actor=actor, at=at):
        raise AccessMissing(found("emergency_not_standing_by"))
    until = (at + timedelta(hours=emergency.hours)).isoformat()
    return case, {"part": emergency.part, "until": until}


def standing_by(case: Case, *, actor: Actor, at: datetime) -> frozenset[str]:
    """List the parts of a case that stand by, sealed, for the actor's night duty."""
    return frozenset(
        row.compartment
        for row in case.access
        if row.role is Role.ND
        and row.state == "standby"
        and row.organisation == actor.organisation
        and row.account in (None, actor.account)
        and row.is_live(at)
    )


def require_waiting(case: Case, asked: UUID, *, actor: Actor, at: datetime) -> Fact:
    """Find what a colleague asked for within the last hour and nobody agreed to.

    :raises MoveRefused: when there is no such thing.
    :raises SecondPersonNeeded: when the actor asked herself.
    """
    question = case.fact(asked)
    if (
        question is None
        or question.kind != "emergency_asked"
        or question.organisation != actor.organisation
        or case.answering(asked, "emergency_opened")
        or at - question.at > AGREE_WITHIN
    ):
        raise MoveRefused(found("emergency_not_asked"))
    if question.actor == actor.account:
        raise SecondPersonNeeded(found("emergency_needs_two"))
    return question


def told_at_once(
    case: Case, kind: str, about: UUID, *, actor: Actor, desk: Desk
) -> tuple[Notice, ...]:
    """Tell the data-protection officers of the State, and those who work with her in the house."""
    home = tuple(
        Notice(actor.organisation, kind, about, role)
        for role in TOLD_AT_HOME
        if any(row.organisation == actor.organisation and row.role is role for row in case.access)
    )
    return (*tell_role(Role.DP, kind, about, case=case, desk=desk), *home)


def review_emergency(
    *,
    case_ref: UUID,
    review: EmergencyReview,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what a person who had no hand in an emergency opening found.

    :raises MoveRefused: when there is no such opening, it was looked at before, or the actor
        opened it herself or asked for it.
    """
    require("review_emergency", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    opening = case.fact(review.opening)
    if opening is None or opening.kind != "emergency_opened":
        raise MoveRefused(found("emergency_not_found"))
    if case.answering(opening.fact_ref, "emergency_reviewed"):
        raise MoveRefused(found("emergency_reviewed_before"))
    question = case.fact(opening.reference("answers"))
    if actor.account in (opening.actor, question.actor if question else None):
        raise MoveRefused(found("emergency_own"))
    also = {"answers": opening.fact_ref}
    within = written(case, actor=actor, at=at)
    fact = new_fact("emergency_reviewed", review, within=within, basis="own_record", also=also)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("review_emergency", actor.account, at))
    return fact.fact_ref
