"""Tells in plain sentences what a walk looked at and what it found."""

from collections.abc import Iterable, Iterator

from opennrm.casework.exploring.bounds import Bounds
from opennrm.casework.exploring.explorer import Broken, Walk
from opennrm.casework.exploring.houses import HOUSES
from opennrm.casework.exploring.invariants import INVARIANTS, Invariant

AGES = {"adult": "adult", "child": "child", "presumed_child": "age in doubt"}


def told_bounds(bounds: Bounds) -> str:
    """Return the bounds of a walk as a sentence."""
    marked = (
        name + (" (immigration enforcement)" if HOUSES[name].is_enforcement else "")
        for name in bounds.houses
    )
    houses = ", ".join(("police", *marked))
    ages = ", ".join(AGES[age] for age in bounds.ages)
    days = ", ".join(str(day) for day in bounds.days)
    without = f"; not tried: {', '.join(bounds.leaves_out)}" if bounds.leaves_out else ""
    return f"organisations: {houses}; days: {days}; person: {ages}{without}"


def told(walk: Walk) -> Iterator[str]:
    """Tell of one walk: its bounds, its size, and every invariant that broke."""
    yield walk.bounds.name
    yield f"  {_plain(told_bounds(walk.bounds))}"
    yield f"  {walk.states:,} states, {walk.transitions:,} transitions, depth {walk.depth}"
    for broken in walk.broken:
        yield from told_broken(broken)


def told_broken(broken: Broken) -> Iterator[str]:
    """Tell of one invariant that does not hold, by the shortest way to where it breaks."""
    yield f"  BROKEN: {broken.invariant.says}"
    yield from (f"    {number}. {line}" for number, line in enumerate(broken.path, 1))


def told_invariants(invariants: Iterable[Invariant] = INVARIANTS) -> Iterator[str]:
    """List what was looked at."""
    yield "What must hold on every path, of acts authorised here:"
    yield from (f"  - {one.says}" for one in invariants)


def _plain(text: str) -> str:
    return text.replace("shelter2", "a second shelter like it").replace("_", " ")
