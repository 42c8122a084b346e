"""Takes one rule out of the register for a while, to see what the house does without it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from unittest import mock

from opennrm.rights import registry
from opennrm.rights.rule import Rule


class Remaining(dict[str, Rule]):
    """All rules but one: it is not listed, and who asks it hears that it is not in force."""

    def __init__(self, rules: dict[str, Rule], removed: str) -> None:
        super().__init__({name: rule for name, rule in rules.items() if name != removed})
        self._removed = replace(rules[removed], until_on=date.min)

    def get(self, name: str, default: object = None) -> Rule | None:  # type: ignore[override]
        """Return a rule; the removed one as if its last day were long gone."""
        return self._removed if name == self._removed.rule else super().get(name)

    def __missing__(self, name: str) -> Rule:
        if name == self._removed.rule:
            return self._removed
        raise KeyError(name)


@contextmanager
def without(name: str) -> Iterator[None]:
    """Let the house work without one enforced rule; everything that asks it hears "holds"."""
    remaining = Remaining(dict(registry.RULES), name)
    enforced = Remaining(dict(registry.ENFORCED), name)
    with (
        mock.patch.object(registry, "RULES", remaining),
        mock.patch.object(registry, "ENFORCED", enforced),
    ):
        yield
