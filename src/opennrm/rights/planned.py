"""Rules that are written down and not asked by use cases yet; none is shown as enforced."""

from collections.abc import Callable, Mapping

from opennrm.rights.rule import Action, Chapter, Rule

PLANNED = """
ACCESS
IDENTIFICATION
RECOVERY
CHILDREN
PRIVACY
JUSTICE
SAFE_RETURN
SYSTEM
"""


# The rules on plans, prevention and monitoring are asked where those are edited, not in a case.
COORDINATION = frozenset(f"R{number}" for number in range(68, 81)) - {"R76"}


def _rules(text: str) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    chapter = Chapter.ACCESS
    for line in text.strip().splitlines():
        if "|" not in line:
            chapter = Chapter[line]
            continue
        rule, actions, label = (part.strip() for part in line.split("|"))
        done = tuple(Action(action) for action in actions.split())
        room = "coordination" if rule in COORDINATION else ""
        rules.append(Rule(rule, chapter, label, done, override=(), lives_in=room))
    return tuple(rules)


SITUATIONS: Mapping[str, Callable[..., object]] = {}
RULES = _rules(PLANNED)
