"""Takes out each rule in turn, and looks what the use cases permit, warn, schedule or report then.

The battery is every situation the tests of the use cases tell. Each is played once as it is, and
what came of each step is kept: what was recorded and told, refused, warned of, or due. Then each
rule is taken out, and the situations in which it was asked are played again, until one step ends
otherwise. The assertions of the tests play no part, nor do the rule's own scenarios.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from opennrm.rights import registry
from tests.nightly.recording import RECORDER, Step, listen
from tests.rights.removing import without

STRUCTURAL = {
    "R17": "Each track is folded from its own kinds of facts, and no track knows another: "
    "there is nothing left for an act to ask.",
}
BATTERY = (
    "tests/casework",
    "tests/nightly/battery.py",
    "tests/nightly/battery_coordination.py",
)


@dataclass(frozen=True)
class Difference:
    """The first step that ends otherwise without a rule, and in which situation."""

    situation: str
    with_rule: Step | None
    without_rule: Step

    def told(self) -> str:
        """Return it on one line."""
        before = short(self.with_rule) if self.with_rule else "nothing"
        return f"{before} -> {short(self.without_rule)}  ({self.situation})"


def short(step: Step) -> str:
    """Return the beginning of a step, as words."""
    words = " ".join(str(one) for one in step if isinstance(one, str) and one)
    return words[:70] or str(step)[:70]


def first_difference(kept: Sequence[Step], found: Sequence[Step]) -> tuple[Any, Step] | None:
    """Return the first step that ended otherwise; a situation that breaks off shows nothing."""
    for number, step in enumerate(found):
        before = kept[number] if number < len(kept) else None
        if before != step:
            return before, step
    return None


class Removal:
    """A plugin that plays every situation as it is, and then without one rule after another."""

    def __init__(self, rules: Iterable[str]) -> None:
        self.rules = tuple(rules)
        self.played: dict[str, tuple[list[Step], set[str]]] = {}
        self.differences: dict[str, Difference | None] = {}
        self.situations = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Play the battery instead of the usual run; what ends otherwise by chance is left out."""
        items = list(session.items)
        for item in items:
            self.played[item.nodeid] = play(item)
        items = [item for item in items if play(item)[0] == self.played[item.nodeid][0]]
        self.situations = len(items)
        for rule in self.rules:
            self.differences[rule] = self._without(rule, items)
        return True

    def _without(self, rule: str, items: Sequence[pytest.Item]) -> Difference | None:
        for item in self._nearest(rule, items):
            kept, _ = self.played[item.nodeid]
            with without(rule):
                found, _ = play(item)
            differs = first_difference(kept, found)
            if differs:
                name = item.nodeid.rpartition("/")[2]
                return Difference(name, *differs)
        return None

    def _nearest(self, rule: str, items: Sequence[pytest.Item]) -> list[pytest.Item]:
        """Put the situations first that name the rule; leave out those that never ask it."""
        asking = [one for one in items if rule in self.played[one.nodeid][1]]
        return sorted(asking, key=lambda one: rule not in str(self.played[one.nodeid][0]))


def play(item: Any) -> tuple[list[Step], set[str]]:
    """Play one situation anew and return what came of its steps, and the rules it asked."""
    RECORDER.clear()
    item._initrequest()
    runtestprotocol(item, nextitem=None, log=False)
    return RECORDER.steps, RECORDER.asked


def differences(rules: Iterable[str] | None = None, battery: Sequence[str] = BATTERY) -> Removal:
    """Play a battery without each of these rules, or without each enforced one."""
    listen()
    removal = Removal(rules or [rule for rule in registry.ENFORCED if rule not in STRUCTURAL])
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly"]
    pytest.main([*options, *battery], plugins=[removal])
    return removal


def main(typed: Sequence[str]) -> int:
    """Print each rule with its first difference; answer 1 when one changes nothing."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--battery", nargs="+", default=BATTERY)
    given = parser.parse_args(typed)
    removal = differences(given.rules or None, given.battery)
    for rule, found in removal.differences.items():
        print(f"{rule}  {found.told() if found else 'CHANGES NOTHING'}")
    for rule, reason in STRUCTURAL.items():
        print(f"{rule}  not taken out, kept by the structure: {reason}")
    idle = [rule for rule, found in removal.differences.items() if found is None]
    print(
        f"{removal.situations} situations, {len(removal.differences)} rules taken out, "
        f"{len(idle)} of them changed nothing{': ' + ', '.join(idle) if idle else ''}."
    )
    return 1 if idle else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
