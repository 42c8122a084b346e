"""Takes rules out of the register for a while, to see what the house does without them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from unittest import mock

from opennrm.rights import registry
from opennrm.rights.rule import Rule


class Remaining(dict[str, Rule]):
    """All rules but some: they are not listed, and who asks them hears "not in force"."""

    def __init__(self, rules: dict[str, Rule], *removed: str) -> None:
        super().__init__({name: rule for name, rule in rules.items() if name not in removed})
        self._removed = {name: replace(rules[name], until_on=date.min) for name in removed}

    def get(self, name: str, default: object = None) -> Rule | None:  # type: ignore[override]
        """Return a rule; a removed one as if its last day were long gone."""
        return self._removed.get(name) or super().get(name)

    def __missing__(self, name: str) -> Rule:
        return self._removed[name]


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Let the house work without some enforced rules; who asks them hears "holds"."""
    remaining = Remaining(dict(registry.RULES), *names)
    enforced = Remaining(dict(registry.ENFORCED), *names)
    with (
        mock.patch.object(registry, "RULES", remaining),
        mock.patch.object(registry, "ENFORCED", enforced),
    ):
        yield
