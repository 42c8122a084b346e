"""Use cases of handing a case to a colleague of the same house, who accepts it or does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import open_to_all
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, MoveRefused
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.holding import asked_to_take, holder
from opennrm.vocabulary.roles import Role

OWN = "own_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """To which colleague a case goes, in which role, and why; to oneself: I take it."""

    to_account: UUID
    to_role: str
    handing_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingAnswer:
    """What the colleague who was asked says."""

    handing: UUID
    answer: str


def hand_case(
    *,
    case_ref: UUID,
    handing: Handing,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Ask a colleague to take a case over; until she accepts, it is held as before.

    It opens nothing: the colleague holds a role to which the case is open already. Another house
    is asked by a referral, on the person's consent.

    :raises AccessMissing: when the case is not open to the colleague in that role.
    :raises MoveRefused: when she holds it already.
    """
    require("hand_case", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = open_to_all(case, "D1", actor=actor, at=at)
    role = _role_it_is_open_to(case, handing, actor=actor, at=at)
    if handing.to_account not in desk.directory.holders(actor.organisation, role):
        raise AccessMissing(found("colleague_not_on_case"))
    if holder(case, actor.organisation) == handing.to_account:
        raise MoveRefused(found("handed_already"))
    fact = new_fact("case_handed", handing, within=within, basis=OWN)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("hand_case", actor.account, at))
    return fact.fact_ref


def answer_handing(
    *,
    case_ref: UUID,
    answer: HandingAnswer,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Accept or decline a case that a colleague hands over; declining leaves it where it was.

    :raises MoveRefused: when somebody else was asked, or nobody is any more.
    """
    require("answer_handing", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = open_to_all(case, "D1", actor=actor, at=at)
    asked = asked_to_take(case, actor.organisation)
    is_asked = asked is not None and asked.reference("to_account") == actor.account
    if asked is None or not is_asked or asked.fact_ref != answer.handing:
        raise MoveRefused(found("handing_not_yours"))
    fact = new_fact("handing_answered", answer, within=within, basis=OWN)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("answer_handing", actor.account, at))
    return fact.fact_ref


def _role_it_is_open_to(case: Case, handing: Handing, *, actor: Actor, at: datetime) -> Role:
    open_in = {
        row.role
        for row in case.access
        if row.organisation == actor.organisation and row.state == "open" and row.is_live(at)
    }
    role = next((one for one in open_in if one == handing.to_role), None)
    if role is None:
        raise AccessMissing(found("colleague_not_on_case"))
    return role
