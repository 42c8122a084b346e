"""`./run rules`: an honest count of the rules enforced, registered and not enforced yet."""

import argparse

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.rights.registry import RULES
from opennrm.rights.rule import Chapter

COLUMNS = ("rules", "enforced", "elsewhere", "not yet")


def run(_given: argparse.Namespace, _machine: Machine) -> int:
    """Say how many rules each chapter has, how many are asked, and name those that are not."""
    say(f"{'chapter':<36}" + "".join(f"{name:>10}" for name in COLUMNS))
    for chapter in Chapter:
        _line(chapter.value, [name for name, one in RULES.items() if one.chapter is chapter])
    _line("All", list(RULES))
    elsewhere, waiting = registered(list(RULES))
    say(f"Registered, to live in another room: {', '.join(elsewhere) or 'none'}.")
    say(f"Registered and not enforced yet: {', '.join(waiting) or 'none'}.")
    say("A rule counts as enforced when it has a check that a use case, a timer or a page asks.")
    return 0


def registered(names: list[str]) -> tuple[list[str], list[str]]:
    """Return the rules without a check: those that will live elsewhere, and those that wait."""
    without = [name for name in names if not RULES[name].is_enforced]
    return (
        [name for name in without if RULES[name].lives_in],
        [name for name in without if not RULES[name].lives_in],
    )


def _line(title: str, names: list[str]) -> None:
    elsewhere, waiting = registered(names)
    enforced = len(names) - len(elsewhere) - len(waiting)
    counts = (len(names), enforced, len(elsewhere), len(waiting))
    say(f"{title:<36}" + "".join(f"{count:>10}" for count in counts))
