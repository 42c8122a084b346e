"""What an area is: its parts and timers, a line for each case, and the sections of one case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import ENFORCEMENT, may_read
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.vocabulary.roles import Role
from opennrm.web import telling, words
from opennrm.web.open_case import OpenCase


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page of one case: pairs of words, lines, and steps with their addresses."""

    title: str
    pairs: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """One kind of work with a day page of its own and a page for each case."""

    slug: str
    title: Any
    empty: Any
    parts: frozenset[str]
    timers: frozenset[str]
    kinds: tuple[str, ...]
    group: str
    columns: tuple[Any, ...]
    cells: Callable[[Case, date], tuple[str, ...]]
    sections: Callable[[OpenCase], Iterable[Section]]
    panel: str = ""
    beside: Callable[[OpenCase], dict[str, Any]] = field(default=lambda case: {})

    def is_for(self, actor: Actor) -> bool:
        """Tell whether a role of the actor reads a part of this area; enforcement never does."""
        if Role.IE in actor.roles or actor.organisation_kind == ENFORCEMENT:
            return False
        return any(may_read(role, part) for role in actor.roles for part in self.parts)

    def is_open(self, case: OpenCase) -> bool:
        """Tell whether a part of this area is open to the viewer of a case."""
        return bool(case.compartments & self.parts)


def pairs(*given: tuple[Any, Any]) -> tuple[tuple[str, str], ...]:
    """Return the pairs that have something to say."""
    return tuple((str(name), str(value)) for name, value in given if value)


def labels(codes: Iterable[str], listed: str) -> str:
    """Say several codes of a list in words, each once."""
    return ", ".join(words.label(code, listed) for code in dict.fromkeys(codes))


def told(fact: Fact, case: OpenCase) -> str:
    """Say the open part of a fact in a line, with its kind before it."""
    said = telling.said(fact.kind, fact.open, case.names)
    parts = [f"{name}: {value}" for name, value in said]
    return f"{words.kind(fact.kind)}. {'; '.join(parts)}"
