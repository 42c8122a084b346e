"""All rules, by id, and the one way to ask a rule."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from opennrm.rights import (
    access,
    best_interests,
    child_services,
    children,
    comparing,
    confidentiality,
    identification,
    justice,
    keeping,
    monitoring,
    openness,
    planned,
    plans,
    privacy,
    publicity,
    recovery,
    redress,
    residence,
    return_privacy,
    safe_return,
    second_opinion,
    support,
    system,
)
from opennrm.rights.findings import Finding, holds
from opennrm.rights.rule import Rule

CHAPTERS = (
    access,
    identification,
    second_opinion,
    recovery,
    children,
    best_interests,
    child_services,
    privacy,
    support,
    openness,
    confidentiality,
    keeping,
    publicity,
    system,
    residence,
    return_privacy,
    safe_return,
    justice,
    redress,
    comparing,
    plans,
    monitoring,
    planned,
)
RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.rule: rule
        for rule in sorted(
            (rule for chapter in CHAPTERS for rule in chapter.RULES), key=lambda one: one.rule
        )
    }
)
ENFORCED: Mapping[str, Rule] = MappingProxyType(
    {name: rule for name, rule in RULES.items() if rule.is_enforced}
)


def is_active(name: str) -> bool:
    """Tell whether a rule is there and enforced, for timers and reports that serve it."""
    rule = RULES.get(name) if name in RULES else None
    return rule is not None and rule.is_enforced


class RuleNotEnforced(LookupError):
    """A rule was asked that is only planned, or does not exist."""


def ask(name: str, situation: Any, on: date) -> Finding:
    """Ask a rule about a situation on a day; before its first and after its last day it holds.

    :raises RuleNotEnforced: when the rule is only planned or does not exist.
    """
    rule = RULES.get(name)
    if rule is None or rule.check is None:
        raise RuleNotEnforced(f"{name} is not enforced; ask one of {', '.join(ENFORCED)}")
    return rule.check(situation, on) if rule.is_in_force(on) else holds(name, "not_in_force")


def stopped_by(name: str, situation: Any, on: date) -> Finding | None:
    """Return the finding that stops an act under a rule, or nothing when the act may go on."""
    finding = ask(name, situation, on)
    return finding if RULES[name].stops(finding) else None
