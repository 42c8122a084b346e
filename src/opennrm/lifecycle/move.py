"""What one move of a track is, and how a track is folded from the events that concern it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from opennrm.lifecycle.fields import OpenValue
from opennrm.vocabulary.roles import Role

STAYS = "stays"
AS_BEFORE = "as_before"


@dataclass(frozen=True, slots=True)
class Event:
    """What a track may see of a fact: its kind and the codes the moves ask for."""

    kind: str
    codes: Mapping[str, OpenValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a track stands, and where it stood before a step that can be taken back."""

    state: str
    before: "Standing | None" = None


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table of moves: from which states, by which fact, to which state, by whom."""

    track: str
    label: str
    kind: str
    sources: frozenset[str]
    to: str
    roles: frozenset[Role]
    when: Mapping[str, frozenset[OpenValue]] = field(default_factory=dict)
    came_from: frozenset[str] = frozenset()
    keeps: bool = False
    rules: tuple[str, ...] = ()

    def concerns(self, event: Event) -> bool:
        """Tell whether an event is of the kind and the content this move is about."""
        fits = (event.codes.get(name) in wanted for name, wanted in self.when.items())
        return self.kind == event.kind and all(fits)

    def leaves(self, standing: Standing) -> bool:
        """Tell whether this move can be made from where the track stands."""
        if standing.state not in self.sources:
            return False
        return not self.came_from or (
            standing.before is not None and standing.before.state in self.came_from
        )

    def reach(self, standing: Standing) -> Standing:
        """Return where the track stands after this move."""
        if self.to == STAYS:
            return standing
        if self.to == AS_BEFORE:
            return standing.before or standing
        return Standing(self.to, standing if self.keeps else None)


@dataclass(frozen=True, slots=True)
class Track:
    """One of the four tracks: its states, where it starts, and its rows of the table."""

    name: str
    start: str
    states: tuple[str, ...]
    moves: tuple[Move, ...]

    def fold(self, events: Iterable[Event]) -> Standing:
        """Walk the events in order; an event that makes no move here leaves the track as it is."""
        standing = Standing(self.start)
        for event in events:
            standing = self.step(standing, event)
        return standing

    def step(self, standing: Standing, event: Event) -> Standing:
        """Return where the track stands after one event."""
        for move in self.moves:
            if move.concerns(event) and move.leaves(standing):
                return move.reach(standing)
        return standing
