"""Asks the table of moves and the rights rules, and turns a no into a refusal."""

from opennrm.casework.actors import Actor
from opennrm.casework.refusals import MoveRefused, RuleBroken
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import NewFact
from opennrm.lifecycle.moves import judge
from opennrm.rights.findings import Finding


def require_move(case: Case, fact: NewFact, *, actor: Actor) -> None:
    """Refuse a fact that the table of moves does not allow from where the case stands.

    :raises MoveRefused: when no move of the table fits the state and the actor's roles.
    """
    finding = judge(case, fact.kind, actor.roles, fact.open)
    if finding.is_broken:
        raise MoveRefused(finding)


def require_rule(*findings: Finding) -> None:
    """Refuse what a rights rule forbids.

    :raises RuleBroken: when one of the findings says that a rule would be broken.
    """
    for finding in findings:
        if finding.is_broken:
            raise RuleBroken(finding)
