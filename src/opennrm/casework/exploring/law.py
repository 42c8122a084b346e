"""Asks the real law for the explorer: rules, moves, grounds and guards, each question once."""

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from opennrm.casework import asking
from opennrm.casework.actors import Actor
from opennrm.casework.exploring import record
from opennrm.casework.exploring.bounds import Bounds
from opennrm.casework.exploring.houses import HOUSES, Model, actor, desk
from opennrm.casework.exploring.model import Share, State
from opennrm.casework.refusals import Refused
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.fields import OpenValue
from opennrm.lifecycle.move import Event, Standing
from opennrm.lifecycle.moves import MOVES
from opennrm.lifecycle.tracks import TRACKS
from opennrm.rights.jurisdictions import Preset
from opennrm.vocabulary.roles import Role

Answer = TypeVar("Answer")
TRACK_NAMES = tuple(track.name for track in TRACKS)


class Law:
    """The law as one walk sees it; answers are kept, so that each question is asked once.

    It decides nothing itself. A walk makes a new one, so that a rule taken out is seen at once.
    """

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.houses: tuple[Model, ...] = tuple(HOUSES[name] for name in bounds.houses)
        self.desk = desk(bounds.place)
        self._answers: dict[Hashable, object] = {}

    def once(self, question: Hashable, answer: Callable[[], Answer]) -> Answer:
        """Return the answer to a question, worked out the first time it is asked."""
        try:
            return self._answers[question]  # type: ignore[return-value]
        except KeyError:
            found = self._answers[question] = answer()
            return found

    def unless_refused(self, question: Hashable, act: Callable[[], Answer]) -> Answer | None:
        """Return what a guard answers, or nothing when it refuses."""
        return self.once(question, lambda: _unless_refused(act))

    def allows(self, rule: str, situation: Hashable, day: int) -> bool:
        """Tell whether a rights rule lets an act go on."""
        return self.once(
            (rule, situation, day),
            lambda: (
                not _refuses(lambda: asking.require_rule(rule, situation, record.date_of(day)))
            ),
        )

    def moved(
        self, state: State, kind: str, role: Role, codes: Mapping[str, OpenValue] | None = None
    ) -> State | None:
        """Return the state after a fact of the record, or nothing when no move allows it."""
        event = Event(kind, codes or {})
        standings = state[2:6]
        question = (kind, role, tuple(event.codes.items()), standings)
        after = self.once(question, lambda: _moved(standings, event, role))
        if after is None:
            return None
        ident, assist, crime, stay = after
        return state._replace(
            identification=ident, assistance=assist, criminal=crime, residence=stay
        )

    def stepped(
        self, state: State, kind: str, codes: Mapping[str, OpenValue] | None = None
    ) -> State:
        """Return the state after a fact that is recorded whether or not it moves a track."""
        event = Event(kind, codes or {})
        standings = state[2:6]
        question = ("stepped", kind, tuple(event.codes.items()), standings)
        ident, assist, crime, stay = self.once(question, lambda: _stepped(standings, event))
        return state._replace(
            identification=ident, assistance=assist, criminal=crime, residence=stay
        )

    def case(self, state: State) -> Case:
        """Return the case that the real guards look at."""
        return self.case_with(state.age, state.shares, state.day)

    def case_with(self, age: str, shares: tuple[Share, ...], day: int) -> Case:
        """Return the case with this age and these shares, on a day."""
        question = ("case", age, shares, day)
        return self.once(question, lambda: record.case_of(age, shares, self.bounds, day))

    def preset(self, name: str, day: int) -> Preset:
        """Return a national value on a day."""
        presets = self.desk.presets(self.bounds.place)
        return self.once(("preset", name, day), lambda: presets.value(name, record.date_of(day)))

    def by(self, house: Model) -> Actor:
        """Return who acts for an organisation."""
        return self.once(("actor", house.name), lambda: actor(house, self.bounds.place))


def _unless_refused(act: Callable[[], Answer]) -> Answer | None:
    try:
        return act()
    except Refused:
        return None


def _refuses(act: Callable[[], None]) -> bool:
    try:
        act()
    except Refused:
        return True
    return False


def _moved(
    standings: tuple[Standing, ...], event: Event, role: Role
) -> tuple[Standing, ...] | None:
    where = dict(zip(TRACK_NAMES, standings, strict=True))
    rows = [move for move in MOVES if move.concerns(event)]
    possible = [move for move in rows if move.leaves(where[move.track])]
    if rows and not any(role in move.roles for move in possible):
        return None
    return _stepped(standings, event)


def _stepped(standings: tuple[Standing, ...], event: Event) -> tuple[Standing, ...]:
    return tuple(track.step(where, event) for track, where in zip(TRACKS, standings, strict=True))
