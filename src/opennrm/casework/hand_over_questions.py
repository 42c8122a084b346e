"""Asks what stands before a hand-over to another State: fresh risks, a plan, a child's panel."""

from datetime import date
from uuid import UUID

from opennrm.casework.abroad import state_of
from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.ports import Desk
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.return_of_child import require_for_child
from opennrm.casework.return_questions import assessment_situation, outcome_situation
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.returning import Return, open_return, valid_until
from opennrm.vocabulary.hand_over import Movement

CHILD_ACTS = {Movement.RETURN: "return", Movement.TRANSFER: "transfer_abroad"}


def require_may_offer(
    case: Case, movement: str, *, to: UUID, actor: Actor, on: date, desk: Desk
) -> None:
    """Refuse a preview where her risks were not looked at, or no plan leads there.

    :raises MoveRefused: when no return or transfer to that State is planned, or it is time to
        look at the risks again.
    :raises RuleBroken: when the risks of going there were not assessed by another body, are no
        longer fresh (R61), or it is not safe (R64).
    """
    if movement == Movement.IS_THERE:
        require_fresh_risk(case, on=on)
        return
    opened = planned(case, to=to, desk=desk)
    removers = frozenset({actor.organisation})
    require_rule("R61", assessment_situation(opened.assessment, removers=removers), on)
    require_rule("R64", outcome_situation(opened.assessment), on)


def require_may_go(
    case: Case, movement: str, *, to: UUID, actor: Actor, on: date, desk: Desk
) -> None:
    """Refuse to tell who she is before everything that protects her on the way stands.

    :raises MoveRefused: when a return or transfer is not authorised and arranged.
    :raises RuleBroken: when the risks are not fresh (R61, R64), or a panel has not determined
        that it is best for a child (R32, R34).
    """
    require_may_offer(case, movement, to=to, actor=actor, on=on, desk=desk)
    if movement == Movement.IS_THERE:
        return
    opened = planned(case, to=to, desk=desk)
    presets = desk.presets(case.jurisdiction or actor.jurisdiction)
    require_for_child(case, CHILD_ACTS[Movement(movement)], presets, on=on)
    if opened.authorisation is None or opened.arrangement is None:
        raise MoveRefused(found("plan_not_authorised"))


def planned(case: Case, *, to: UUID, desk: Desk) -> Return:
    """Find the return or transfer that is planned to the State of a focal point.

    :raises MoveRefused: when there is none.
    """
    opened = open_return(case)
    house = desk.directory.organisation(to)
    state = state_of(house.jurisdiction) if house else ""
    if opened is None or opened.proposal.text("country") != state:
        raise MoveRefused(found("no_plan_of_return"))
    return opened


def require_fresh_risk(case: Case, *, on: date) -> None:
    """Refuse where her risks were never assessed, or are due to be looked at again.

    :raises MoveRefused: when that is so.
    """
    assessed = case.newest("risk_assessed")
    review = day(assessed, "review_on") if assessed else None
    if review is None or on >= review:
        raise MoveRefused(found("risk_not_fresh"))


def risk_days(case: Case, movement: str) -> tuple[date, date]:
    """Return when the risks were assessed that a hand-over rests on, and until when they count.

    :raises MoveRefused: when they were not assessed.
    """
    if movement == Movement.IS_THERE:
        assessed = case.newest("risk_assessed")
        review = day(assessed, "review_on") if assessed else None
        if assessed and review:
            return assessed.at.date(), review
        raise MoveRefused(found("risk_not_fresh"))
    opened = open_return(case)
    assessment = opened.assessment if opened else None
    until = valid_until(assessment)
    made = day(assessment, "assessed_on") if assessment else None
    if made is None or until is None:
        raise MoveRefused(found("risk_not_fresh"))
    return made, until
