"""Keeps what came of each step while a situation is played: recorded, refused, warned, due."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from opennrm.casework import refusals
from opennrm.casework import warnings as warning
from opennrm.lifecycle import deadlines as timing
from opennrm.rights import registry
from tests import fakes

Step = tuple[Any, ...]


@dataclass
class Recorder:
    """Keeps what came of each step while a situation is played, and which rules were asked."""

    steps: list[Step] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def clear(self) -> None:
        """Begin a situation."""
        self.steps = []
        self.asked = set()


RECORDER = Recorder()


def note(*step: Any) -> None:
    """Keep what came of one step."""
    RECORDER.steps.append(plain(step))


def plain(value: Any) -> Any:
    """Return a value that looks the same in every run: references and moments left out."""
    if isinstance(value, UUID):
        return "reference"
    if isinstance(value, dict):
        return tuple((key, plain(one)) for key, one in sorted(value.items()))
    if isinstance(value, set | frozenset):
        return tuple(sorted(str(plain(one)) for one in value))
    if isinstance(value, list | tuple):
        return tuple(plain(one) for one in value)
    return "reference" if isinstance(value, str) and is_reference(value) else value


def is_reference(value: str) -> bool:
    """Tell whether a text is a reference."""
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def listen() -> None:
    """Hear what is recorded, refused, warned of, scheduled and asked."""
    _after(fakes.FakeCases, "_keep", lambda made, self, file, change, audit: _kept(change, audit))
    _after(fakes.FakeNotifications, "send", lambda made, self, sent: note("notified", str(sent)))
    _after(refusals.Refused, "__init__", _refused)
    _after(warning, "warnings", lambda made, *a, **k: note("warned", *(f.reason for f in made)))
    _after(timing, "deadlines", lambda made, *a, **k: note("due", *(d.kind for d in made)))
    _after(registry, "ask", lambda made, name, *a, **k: RECORDER.asked.add(name))
    _after(registry, "is_active", lambda made, name: RECORDER.asked.add(name))


def _after(owner: Any, name: str, told: Callable[..., None]) -> None:
    real = getattr(owner, name)

    @functools.wraps(real)
    def heard(*given: Any, **named: Any) -> Any:
        made = real(*given, **named)
        told(made, *given, **named)
        return made

    setattr(owner, name, heard)


def _kept(change: Any, audit: Any) -> None:
    facts = [(fact.kind, dict(fact.open), sorted(fact.sealed)) for fact in change.facts]
    grants = [(one.role, one.compartments, one.state) for one in change.grants]
    told = [(one.kind, one.role) for one in change.notices]
    note(audit.action, facts, grants, told, len(change.closes), len(change.declines))


def _refused(made: None, self: Any, *given: Any, **named: Any) -> None:
    finding = self.finding
    note("refused", type(self).__name__, finding.rule, finding.reason)
