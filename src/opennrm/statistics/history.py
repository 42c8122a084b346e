"""What may be shown of tables when releases of the same persons are out already.

For the release desk: keep for every release an `Earlier` (number, cells shown, counts it was
drawn from) and call `draw_next` with all of them. The answer either names the release that
stands unchanged, or holds a `ProtectedSet` to publish, and beside it the cells that go on being
shown as an earlier release had them. Nothing is written here and nothing is drawn at random.

A cell is drawn anew only when its count is the same as in every release that showed it, or
differs from each by at least the threshold. Differences of less are hidden in today's tables, as
a count below the threshold is, and complementary suppression covers them; a union of hidden cells
that a total gives away is held to the same. What an outsider knows who keeps every release, and
who takes it that persons are only ever added, is bounded by linear programmes over all of them
(`opennrm.statistics.replaying`); where that finds somebody, the earlier release stands whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from opennrm.statistics.audit import AuditFailed
from opennrm.statistics.changes import Change, Earlier, changed_persons, changes_since, counted
from opennrm.statistics.counting import Tally
from opennrm.statistics.dimensions import Cell, TableShape
from opennrm.statistics.protection import release_set
from opennrm.statistics.relations import Relations, Sum, relate
from opennrm.statistics.replaying import exposed_by_history
from opennrm.statistics.results import ProtectedSet
from opennrm.statistics.suppression import Rule, complementary_suppression

_LONGEST = 50
_ATTEMPTS = 8


class Stands(Enum):
    """Why an earlier release stands and nothing new is drawn."""

    NOTHING_CHANGED = "No count changed since release {number}; it stands."
    TOO_FEW_CHANGED = (
        "Fewer persons than the threshold changed since release {number}; it stands until more "
        "have."
    )
    WOULD_EXPOSE = (
        "Beside what is published already, new figures would give somebody away; release "
        "{number} stands until more persons have changed."
    )


@dataclass(frozen=True)
class Kept:
    """A cell that goes on being shown as an earlier release had it."""

    release: int
    value: int


@dataclass(frozen=True)
class Next:
    """What may go out next: new tables, or the number of the release that stands and why.

    `kept` are cells that the new tables hide but an earlier release shows: show them as of that
    release, marked so, or not at all. They are no part of sums or percentages.
    """

    found: ProtectedSet | None
    stands: int | None = None
    why: str = ""
    kept: Mapping[Cell, Kept] = field(default_factory=dict)


def draw_next(
    shapes: Sequence[TableShape],
    tally: Tally,
    history: Sequence[Earlier],
    rule: Rule | None = None,
    *,
    exact: bool = True,
) -> Next:
    """Draw linked tables anew, as far as all that is published already allows.

    `history` holds the releases over the same or overlapping persons, the oldest first. Where
    releases over different persons add up to the same population (two years and both together),
    put them in as one more: `first.beside(second)`.

    :raises AuditFailed: when nothing is published yet and no safe tables can be drawn.
    """
    rule = rule or Rule()
    if stands := _standing(tally, history, rule):
        return stands
    desk = _Desk(shapes, tally, history, rule)
    hidden = desk.hidden(frozenset())
    for _ in range(_ATTEMPTS if history else 0):
        if not desk.is_exposing(hidden):
            break
        hidden = desk.hidden(hidden | desk.least_changed(hidden))
    else:
        if history:
            return _still(history[-1], Stands.WOULD_EXPOSE)
    try:
        found = release_set(desk.relations, shapes, desk.cells(hidden), rule, exact=exact)
    except AuditFailed:
        if not history:
            raise
        return _still(history[-1], Stands.WOULD_EXPOSE)
    return Next(found, kept=_kept(shapes, history, hidden))


def _standing(tally: Tally, history: Sequence[Earlier], rule: Rule) -> Next | None:
    """The newest release, when too few changed for anything else to be drawn."""
    if not history:
        return None
    changed = changed_persons(history[-1].basis, tally)
    if not changed:
        return _still(history[-1], Stands.NOTHING_CHANGED)
    return _still(history[-1], Stands.TOO_FEW_CHANGED) if changed < rule.threshold else None


def _still(earlier: Earlier, why: Stands) -> Next:
    return Next(None, earlier.number, why.value.format(number=earlier.number))


class _Desk:
    """Today's counts beside everything that is out."""

    def __init__(
        self, shapes: Sequence[TableShape], tally: Tally, history: Sequence[Earlier], rule: Rule
    ) -> None:
        self.shapes, self.tally, self.history, self.rule = shapes, tally, history, rule
        self.past = [(one, changes_since(shapes, one, tally)) for one in history]
        self.relations = relate(shapes)
        self.counts = counted(shapes, tally)

    def cells(self, hidden: frozenset[Cell]) -> dict[Cell, int | None]:
        """Today's tables as they would be shown."""
        return {
            cell: None if cell in hidden else self.counts[cell] for cell in self.relations.cells
        }

    def hidden(self, besides: frozenset[Cell]) -> frozenset[Cell]:
        """Every cell that may not be shown, for its count or for its change."""
        cells, index = self.relations.cells, self.relations.index
        ordered = [self.counts[cell] for cell in cells]
        also = {index[one] for one in cells if _is_bound(one, self.past, self.rule)}
        also |= {index[one] for one in besides}
        for _ in range(_LONGEST):
            hidden = complementary_suppression(self.relations, ordered, self.rule, also)
            unions = set(_unions(self.relations, hidden, self.past, self.rule))
            if not unions:
                return frozenset(cells[place] for place in hidden)
            also = hidden | unions
        return frozenset(cells)

    def is_exposing(self, hidden: frozenset[Cell]) -> bool:
        """Whether somebody with every release in hand finds a small count or a small change."""
        shown = frozenset(self.relations.cells) - hidden
        releases = [*self.history, Earlier(0, shown, self.tally)]
        return bool(exposed_by_history(self.relations, self.shapes, releases, self.rule))

    def least_changed(self, hidden: frozenset[Cell]) -> frozenset[Cell]:
        """The shown cell with the smallest change since the last release, to be hidden next."""
        change = self.past[-1][1]
        shown = [one for one in self.relations.cells if one not in hidden and change.net(one)]
        return frozenset(sorted(shown, key=lambda one: (abs(change.net(one)), -len(one), one))[:1])


def _is_bound(cell: Cell, past: Sequence[tuple[Earlier, Change]], rule: Rule) -> bool:
    """Whether what was shown of a cell, or hidden of it lately, forbids showing it anew."""
    shown = [change for earlier, change in past if cell in earlier.shown]
    if any(change.is_few(cell, rule.threshold) for change in shown):
        return True
    if not past:
        return False
    earlier, change = past[-1]
    return cell not in earlier.shown and abs(change.net(cell)) < rule.threshold


def _unions(
    relations: Relations,
    hidden: set[int],
    past: Sequence[tuple[Earlier, Change]],
    rule: Rule,
) -> Iterator[int]:
    """Totals to hide, because together with their shown parts they tell of a small change."""
    for one in relations.sums:
        rest = [part for part in one.parts if part in hidden]
        if one.total in hidden or not rest:
            continue
        if any(_tells(relations, one, rest, *each, rule) for each in past):
            yield one.total


def _tells(
    relations: Relations,
    one: Sum,
    rest: Sequence[int],
    earlier: Earlier,
    change: Change,
    rule: Rule,
) -> bool:
    """Whether the same union can be worked out of both releases and differs by few persons."""
    beside = [cell for cell in one.cells if cell not in rest]
    shown_apart = all(relations.cells[cell] in earlier.shown for cell in beside)
    shown_whole = all(relations.cells[cell] in earlier.shown for cell in rest)
    net = sum(change.net(relations.cells[cell]) for cell in rest)
    return (shown_apart or shown_whole) and 0 < abs(net) < rule.threshold


def _kept(
    shapes: Sequence[TableShape], history: Sequence[Earlier], hidden: frozenset[Cell]
) -> dict[Cell, Kept]:
    """The newest published value of each cell that is hidden today."""
    kept: dict[Cell, Kept] = {}
    for earlier in history:
        counts = counted(shapes, earlier.basis)
        kept |= {cell: Kept(earlier.number, counts[cell]) for cell in earlier.shown & hidden}
    return kept
