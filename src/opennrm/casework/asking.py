"""Asks the table of moves and the rights rules, and turns a no into a refusal."""

from datetime import date

from opennrm.casework.actors import Actor
from opennrm.casework.refusals import MoveRefused, Refused, RuleBroken
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import NewFact
from opennrm.lifecycle.moves import judge
from opennrm.rights.findings import Finding
from opennrm.rights.registry import ask, is_active, stopped_by


def require_move(case: Case, fact: NewFact, *, actor: Actor) -> None:
    """Refuse a fact that the table of moves does not allow from where the case stands.

    A state the actor could not see through her own rows is not named.

    :raises MoveRefused: when no move of the table fits the state and the actor's roles.
    """
    finding = judge(case, fact.kind, actor.roles, fact.open, seen=seen_by(case, actor))
    if finding.is_broken:
        raise MoveRefused(finding)


def seen_by(case: Case, actor: Actor) -> Case:
    """Return a loaded case as it looks through the actor's own open rows."""
    mine = (
        row
        for row in case.access
        if row.organisation == actor.organisation
        and row.role in actor.roles
        and row.account in (None, actor.account)
        and row.state == "open"
    )
    return case.seen_from(frozenset(row.compartment for row in mine))


def require_rule(
    rule: str, situation: object, on: date, *, refusal: type[Refused] = RuleBroken
) -> None:
    """Refuse what a rights rule forbids on a day.

    :raises RuleBroken: when the rule stops the act; another refusal may be named instead.
    """
    finding = stopped_by(rule, situation, on)
    if finding is not None:
        raise refusal(finding)


def unkept(rule: str, situation: object, on: date) -> Finding | None:
    """Return the finding of a rule that does not hold, for what is recorded all the same."""
    if not is_active(rule):
        return None
    finding = ask(rule, situation, on)
    return None if finding.holds else finding
