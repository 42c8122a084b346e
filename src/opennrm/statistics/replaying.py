"""The outsider who kept every release: what all of them together tell of any one cell.

She takes it that persons are only ever added. Each release's tables stand beside the next one's,
and each cell is the one before plus those added; linear programmes bound what is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opennrm.statistics.audit import Interval, audit
from opennrm.statistics.changes import Earlier, changes_since, counted
from opennrm.statistics.dimensions import Cell, TableShape
from opennrm.statistics.relations import Overlap, Relations, Sum
from opennrm.statistics.suppression import Rule

RELEASE, ADDED = "release", "added"
TOGETHER = 5


def exposed_by_history(
    relations: Relations,
    shapes: Sequence[TableShape],
    releases: Sequence[Earlier],
    rule: Rule,
) -> tuple[Interval, ...]:
    """The small counts and small changes that all releases together give away.

    Runs over the newest releases, back to the last one after which somebody was taken away (from
    there on it is true that persons were only added), and over five at most: programmes grow
    with each, and older releases are compared cell by cell with all others before this.
    """
    run = _growing(shapes, releases)
    if len(run) < 2:
        return ()
    joint = _stacked(relations, len(run))
    published = _published(relations, shapes, run)
    found = audit(joint, published, minimum_width=rule.minimum_width, exact=False)
    secret = {cell for cell, value in published.items() if value is None}
    secret |= _small_changes(relations, shapes, run, rule)
    return tuple(one for one in found.failures if one.cell in secret)


def _published(
    relations: Relations, shapes: Sequence[TableShape], run: Sequence[Earlier]
) -> dict[Cell, int | None]:
    """Every cell of every release as it was shown."""
    found: dict[Cell, int | None] = {}
    for place, one in enumerate(run):
        counts = counted(shapes, one.basis)
        found |= {
            _tag(cell, RELEASE, place): counts[cell] if cell in one.shown else None
            for cell in relations.cells
        }
    return found


def _small_changes(
    relations: Relations, shapes: Sequence[TableShape], run: Sequence[Earlier], rule: Rule
) -> set[Cell]:
    """The cells to which fewer persons than the threshold were added between two releases."""
    found: set[Cell] = set()
    for place in range(1, len(run)):
        change = changes_since(shapes, run[place - 1], run[place].basis)
        few = (cell for cell in relations.cells if change.is_few(cell, rule.threshold))
        found |= {_tag(cell, ADDED, place) for cell in few}
    return found


def _growing(shapes: Sequence[TableShape], releases: Sequence[Earlier]) -> Sequence[Earlier]:
    start = 0
    for place in range(1, len(releases)):
        if not changes_since(shapes, releases[place - 1], releases[place].basis).only_grows:
            start = place
    return releases[start:][-TOGETHER:]


def _stacked(relations: Relations, count: int) -> Relations:
    """The relations of each release, and of each with the next."""
    size = len(relations.cells)
    cells = [_tag(cell, RELEASE, place) for place in range(count) for cell in relations.cells]
    added = [_tag(cell, ADDED, place) for place in range(1, count) for cell in relations.cells]
    sums = [
        Sum(one.total + shift, tuple(part + shift for part in one.parts))
        for shift in range(0, count * size, size)
        for one in relations.sums
    ]
    return Relations(
        (*cells, *added),
        (*sums, *_growth(size, count)),
        tuple(
            _shifted(one, shift)
            for shift in range(0, count * size, size)
            for one in relations.overlaps
        ),
    )


def _growth(size: int, count: int) -> Iterator[Sum]:
    """A cell is what it was before and those added to it."""
    for place in range(1, count):
        for cell in range(size):
            before = (place - 1) * size + cell
            yield Sum(before + size, (before, (count + place - 1) * size + cell))


def _shifted(one: Overlap, shift: int) -> Overlap:
    return Overlap(
        one.total + shift,
        tuple(cell + shift for cell in one.missing),
        tuple(cell + shift for cell in one.parts),
        one.implied,
    )


def _tag(cell: Cell, kind: str, place: int) -> Cell:
    return tuple(sorted((*cell, (kind, str(place)))))
