"""Walks every state a case can reach, breadth first, and looks whether the invariants hold."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from opennrm.casework.exploring.act import Act, Step, steps_of
from opennrm.casework.exploring.acts import ACTS
from opennrm.casework.exploring.bounds import Bounds
from opennrm.casework.exploring.invariants import INVARIANTS, Invariant
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import State, Symmetry, firsts
from opennrm.lifecycle.tracks.identification import TRACK as IDENTIFICATION


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold, and the shortest way to where it breaks."""

    invariant: Invariant
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk found: how much it looked at, and what broke."""

    bounds: Bounds
    states: int
    transitions: int
    depth: int
    broken: tuple[Broken, ...]
    used: frozenset[str]


@dataclass(slots=True)
class Graph:
    """The states found so far, how each was reached, and every step between them."""

    states: list[State] = field(default_factory=list)
    number: dict[State, int] = field(default_factory=dict)
    parents: "array[int]" = field(default_factory=lambda: array("l"))
    by_step: "array[int]" = field(default_factory=lambda: array("l"))
    depths: "array[int]" = field(default_factory=lambda: array("l"))
    sources: "array[int]" = field(default_factory=lambda: array("l"))
    targets: "array[int]" = field(default_factory=lambda: array("l"))
    taken: "array[int]" = field(default_factory=lambda: array("l"))
    permitted: list[int] = field(default_factory=list)

    def add(self, state: State, parent: int, step: int) -> int | None:
        """Keep a state that is new, and return its number; nothing when it was found before."""
        if state in self.number:
            return None
        number = self.number[state] = len(self.states)
        self.states.append(state)
        self.parents.append(parent)
        self.by_step.append(step)
        self.depths.append(self.depths[parent] + 1 if parent >= 0 else 0)
        return number

    def link(self, source: int, target: int, step: int) -> None:
        """Keep a step between two states."""
        self.sources.append(source)
        self.targets.append(target)
        self.taken.append(step)


def explore(
    bounds: Bounds,
    *,
    acts: Iterable[Act] = ACTS,
    invariants: Iterable[Invariant] = INVARIANTS,
) -> Walk:
    """Walk every state within the bounds and answer with what was found."""
    explorer = Explorer(Law(bounds), tuple(acts), tuple(invariants))
    return explorer.walk()


class Explorer:
    """One walk: a queue of states, and the invariants not yet broken."""

    def __init__(self, law: Law, acts: tuple[Act, ...], invariants: tuple[Invariant, ...]) -> None:
        self.law = law
        self.steps = steps_of(acts, law)
        self.invariants = tuple(one for one in invariants if one.chapter in law.bounds.chapters)
        self.symmetry = Symmetry(law.bounds)
        self.graph = Graph()
        self.broken: dict[str, Broken] = {}
        self.sets: dict[int, frozenset[Step]] = {}

    def walk(self) -> Walk:
        """Walk from every first state until no new state is found."""
        graph = self.graph
        for state in firsts(self.law.bounds):
            self._found(state, -1, -1)
        here = 0
        while here < len(graph.states):
            self._leave(here)
            here += 1
        self._look_at_the_whole()
        return Walk(
            bounds=self.law.bounds,
            states=len(graph.states),
            transitions=len(graph.sources),
            depth=max(graph.depths),
            broken=tuple(self.broken.values()),
            used=frozenset(self.steps[number].act.name for number in set(graph.taken)),
        )

    def _leave(self, here: int) -> None:
        state, law = self.graph.states[here], self.law
        permitted = 0
        for number, step in enumerate(self.steps):
            act, choice = step
            if not act.lies_open(law, state, choice):
                continue
            after = act.after(law, state, choice)
            if after is None:
                continue
            permitted |= 1 << number
            self._check_step(here, number, after)
            merged = self.symmetry.merged(after)
            self._found(merged, here, number)
            self.graph.link(here, self.graph.number[merged], number)
        self.graph.permitted.append(permitted)
        self._check_permitted(here, permitted)

    def _found(self, state: State, parent: int, step: int) -> None:
        number = self.graph.add(state, parent, step)
        if number is None:
            return
        for one in self.invariants:
            if one.of_state and not one.of_state(self.law, state):
                self._break(one, number)

    def _check_step(self, here: int, number: int, after: State) -> None:
        state, step = self.graph.states[here], self.steps[number]
        for one in self.invariants:
            if one.of_step and not one.of_step(self.law, state, step, after):
                self._break(one, here, step)

    def _check_permitted(self, here: int, permitted: int) -> None:
        taken = self._steps_in(permitted)
        for one in self.invariants:
            if one.of_permitted and not one.of_permitted(self.law, self.graph.states[here], taken):
                self._break(one, here)

    def _steps_in(self, permitted: int) -> frozenset[Step]:
        if permitted not in self.sets:
            chosen = (step for i, step in enumerate(self.steps) if permitted >> i & 1)
            self.sets[permitted] = frozenset(chosen)
        return self.sets[permitted]

    def _look_at_the_whole(self) -> None:
        for one in self.invariants:
            if one.steady:
                self._check_steady(one)
            if one.can_reach_help:
                self._check_reaching(one)

    def _check_steady(self, one: Invariant) -> None:
        graph = self.graph
        moves = {i for i, step in enumerate(self.steps) if step.act.name in one.steady}
        mask = sum(
            1 << i for i, step in enumerate(self.steps) if step.act.chapter in one.for_chapters
        )
        for source, target, step in zip(graph.sources, graph.targets, graph.taken, strict=True):
            if step in moves and (graph.permitted[source] ^ graph.permitted[target]) & mask:
                self._break(one, source, self.steps[step])
                return

    def _check_reaching(self, one: Invariant) -> None:
        graph = self.graph
        helps = sum(1 << i for i, step in enumerate(self.steps) if step.act.helps)
        before = self._before()
        found = [n for n, permitted in enumerate(graph.permitted) if permitted & helps]
        reaches = bytearray(len(graph.states))
        for number in found:
            reaches[number] = 1
        while found:
            for earlier in before[found.pop()]:
                if not reaches[earlier]:
                    reaches[earlier] = 1
                    found.append(earlier)
        lost = reaches.find(0)
        if lost >= 0:
            self._break(one, lost)

    def _before(self) -> list[list[int]]:
        before: list[list[int]] = [[] for _ in self.graph.states]
        for source, target in zip(self.graph.sources, self.graph.targets, strict=True):
            before[target].append(source)
        return before

    def _break(self, one: Invariant, number: int, last: Step | None = None) -> None:
        if one.name not in self.broken:
            told = (*self._path(number), *((last.told(self.law),) if last else ()))
            self.broken[one.name] = Broken(one, told)

    def _path(self, number: int) -> tuple[str, ...]:
        told: list[str] = []
        graph = self.graph
        while graph.parents[number] >= 0:
            step = self.steps[graph.by_step[number]]
            number = graph.parents[number]
            told.append(f"Day {graph.states[number].day}: {step.told(self.law)}")
        return (told_beginning(graph.states[number]), *reversed(told))


def told_beginning(state: State) -> str:
    """Say where a walk begins."""
    who = {"adult": "an adult", "child": "a child"}
    age = who.get(state.age, "a person whose age is in doubt")
    if state.recovery:
        return f"Day {state.day}: The recovery period of {age} begins."
    if state.identification.state != IDENTIFICATION.start:
        return f"Day {state.day}: Reasonable grounds are found that {age} was trafficked."
    return f"Day {state.day}: First contact with {age}."
