"""Asks for the second person of a no: asked on a hold, another than who decides, and agreeing."""

from datetime import date
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.holding import second_opinion
from opennrm.casework.ports import Desk
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused, RuleBroken, SecondPersonNeeded
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.holds import answer_of
from opennrm.rights.registry import stopped_by
from opennrm.rights.second_opinion import REFUSED, WAITS
from opennrm.vocabulary.holds import HeldAct

DECISIONS = ("reasonable_grounds_decided", "identification_decided")


def hold_of_no(case: Case, hold: UUID | None, step: str, *, actor: Actor) -> Fact | None:
    """Find the hold a no rests on: the actor's own, for this step, with nothing decided since.

    :raises MoveRefused: when it was made by another, for another step, or before a decision.
    """
    if hold is None:
        return None
    fact = case.fact(hold)
    if fact is None or fact.kind != "act_held" or fact.text("step") != step:
        raise MoveRefused(found("hold_not_found"))
    if fact.actor != actor.account or is_decided_since(case, fact):
        raise MoveRefused(found("hold_outdated"))
    return fact


def is_decided_since(case: Case, hold: Fact) -> bool:
    """Tell whether something was decided on her after an act was proposed."""
    since = (one for one in case.of_kind(*DECISIONS) if one.position > hold.position)
    return any(one.text("outcome") != "pending" for one in since)


def agreed_opinion(
    case: Case,
    hold: Fact | None,
    *,
    actor: Actor,
    on: date,
    act: str = HeldAct.NEGATIVE_DECISION,
) -> Fact | None:
    """Find the second person's answer to a hold, where it counts for this act and this actor."""
    if hold is None:
        return None
    who = {"by": actor.account, "house": actor.organisation}
    if second_opinion(case, hold.fact_ref, act=act, on=on, **who) is None:
        return None
    return answer_of(case, hold)


def signers(opinion: Fact | None, *, actor: Actor, desk: Desk) -> frozenset[str]:
    """List the kinds of the organisations whose people sign a decision."""
    other = desk.directory.organisation(opinion.organisation) if opinion else None
    return frozenset({actor.organisation_kind} | ({other.kind} if other else set()))


def require_second_person(rule: str, situation: object, on: date) -> None:
    """Refuse what a rule stops, and say so where a second person can answer it.

    :raises SecondPersonNeeded: when the act waits for a second person, or she did not agree.
    :raises RuleBroken: when the rule stops the act for another reason.
    """
    finding = stopped_by(rule, situation, on)
    if finding is not None:
        waits = finding.reason in (WAITS, REFUSED)
        raise SecondPersonNeeded(finding) if waits else RuleBroken(finding)
