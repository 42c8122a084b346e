"""Use cases of follow-up after exit or return: only where she agreed to be contacted (R45)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move, require_rule
from opennrm.casework.own_part import own_part, require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.returning import follow_up_consent
from opennrm.rights.return_situations import FollowUpSituation
from opennrm.vocabulary.returns import ContactFrom, FollowUpResult
from opennrm.vocabulary.roles import Role

PLAN = "D9"
US = ContactFrom.US.value
URGENT = (Role.CM, Role.LA, Role.CA, Role.TF)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpStart:
    """That support becomes follow-up, and when she is contacted next."""

    next_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A contact after exit or return: who made it, and what came of it."""

    contact_from: str
    result: str
    contacted_on: date
    note: str = ""


def start_follow_up(
    *,
    case_ref: UUID,
    start: FollowUpStart,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Begin to follow up, where she agreed to be contacted.

    :raises RuleBroken: when she has not agreed (R45).
    :raises MoveRefused: when no help was accepted yet.
    """
    require("start_follow_up", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    consent = agreed(case, US, actor=actor, on=local_day(case.jurisdiction, at))
    within = written(case, actor=actor, at=at)
    fact = new_fact("follow_up_started", start, within=within, also={"consent": consent})
    require_move(case, fact, actor=actor)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("start_follow_up", actor.account, at))
    return fact.fact_ref


def record_follow_up(
    *,
    case_ref: UUID,
    follow_up: FollowUp,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a contact after exit or return; one that she made herself is always recorded.

    :raises RuleBroken: when we contacted her without her consent for that (R45).
    """
    require("record_follow_up", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    require_past(follow_up.contacted_on, "contacted_on", on=on)
    consent = agreed(case, follow_up.contact_from, actor=actor, on=on)
    within = own_part(case, PLAN, actor=actor, at=at)
    fact = new_fact("follow_up_contacted", follow_up, within=within, also={"consent": consent})
    again = follow_up.result == FollowUpResult.SIGNS_AGAIN
    roles = URGENT if again else ()
    told = tell_holders(case, "signs_again", roles=roles, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_follow_up", actor.account, at))
    return fact.fact_ref


def agreed(case: Case, contact_from: str, *, actor: Actor, on: date) -> UUID | None:
    """Find her consent to be contacted by the actor's organisation.

    :raises RuleBroken: when we would contact her without it (R45).
    """
    consent = follow_up_consent(case, on, organisation=actor.organisation)
    require_rule("R45", FollowUpSituation(contact_from, consent is not None), on)
    return consent
