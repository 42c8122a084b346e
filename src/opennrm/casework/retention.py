"""Use cases of retention: a legal hold set and lifted, an erasure proposed (R50)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.telling import tell_role
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.retention import closing, hold_in_force, retention_situation
from opennrm.vocabulary.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalHold:
    """Why a record is kept beyond its day, and when that is looked at again."""

    reason: str
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted:
    """A legal hold that is no longer needed."""

    hold: UUID
    lifted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """The day on which it is proposed to erase a record."""

    proposed_on: date


def set_legal_hold(
    *,
    case_ref: UUID,
    hold: LegalHold,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Hold a record beyond its day, for a claim of hers or by order of a court.

    :raises MoveRefused: when a hold is in force, or no later day to look at it is named.
    """
    require("set_legal_hold", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if hold_in_force(case) or hold.review_on <= local_day(case.jurisdiction, at):
        raise MoveRefused(found("legal_hold_not_new"))
    within = written(case, actor=actor, at=at)
    fact = new_fact("legal_hold_set", hold, within=within, basis="own_record")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("set_legal_hold", actor.account, at))
    return fact.fact_ref


def lift_legal_hold(
    *,
    case_ref: UUID,
    lifting: HoldLifted,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Lift a legal hold.

    :raises MoveRefused: when there is no such hold in force.
    """
    require("lift_legal_hold", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    standing = hold_in_force(case)
    if standing is None or standing.fact_ref != lifting.hold:
        raise MoveRefused(found("legal_hold_not_found"))
    within = written(case, actor=actor, at=at)
    fact = new_fact("legal_hold_lifted", lifting, within=within, basis="own_record")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("lift_legal_hold", actor.account, at))
    return fact.fact_ref


def propose_erasure(
    *,
    case_ref: UUID,
    erasure: Erasure,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Propose to erase a record whose time is over; the data-protection officer is told.

    Nothing is erased by this: a second person does it (`erasing.erase_record`).

    :raises RuleBroken: when the case is open, its time is not over, or it is on hold (R50).
    :raises MoveRefused: when it was proposed since the case was closed.
    """
    require("propose_erasure", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_rule("R50", retention_situation(case, is_erasing=True), erasure.proposed_on)
    closed = not_yet_proposed(case)
    within = written(case, actor=actor, at=at)
    also = {"closing": closed.fact_ref}
    fact = new_fact("erasure_proposed", erasure, within=within, basis="own_record", also=also)
    told = tell_role(Role.DP, "erasure_proposed", fact.fact_ref, case=case, desk=desk)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("propose_erasure", actor.account, at))
    return fact.fact_ref


def not_yet_proposed(case: Case) -> Fact:
    """Find the closing an erasure follows.

    :raises MoveRefused: when the case is open, or it was proposed before.
    """
    closed = closing(case)
    if closed is None or case.naming("closing", closed.fact_ref, "erasure_proposed"):
        raise MoveRefused(found("erasure_not_new"))
    return closed
