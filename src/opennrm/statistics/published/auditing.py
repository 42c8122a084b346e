"""The audit of somebody else's published files: what each mask still hides, and what it does not.

Subtraction comes first, then limits passed along sums, then linear programmes for what is left,
block by block, after Fischetti and Salazar (2001). A block that contradicts itself is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from opennrm.statistics.published.figures import Figure, Published
from opennrm.statistics.published.linking import Linked, Ways, link
from opennrm.statistics.published.narrowing import Contradiction, Limits, narrow
from opennrm.statistics.published.programmes import Block, NoCounts, blocks
from opennrm.statistics.published.subtracting import Subtracted, subtract
from opennrm.statistics.published.ways import Step, WaysTo


class Verdict(Enum):
    """What an outsider can find out about a masked cell."""

    COMPUTED = "computed"
    NARROWED = "narrowed"
    KEPT = "kept"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Finding:
    """A masked cell, its limits, what that makes of its mask, and by which sums.

    Where `is_exact` is false the time was up: the true limits may be closer, never wider.
    """

    figure: Figure
    low: int
    high: int | None
    verdict: Verdict
    steps: tuple[Step, ...] = ()
    is_exact: bool = True

    @property
    def is_one_subtraction(self) -> bool:
        """Whether one sum of published figures gives the cell away."""
        return self.verdict is Verdict.COMPUTED and _is_one(self.steps)


@dataclass(frozen=True)
class PublishedAudit:
    """Everything found about the masked cells of a set of files."""

    linked: Linked
    findings: tuple[Finding, ...]
    contradictions: tuple[tuple[int, ...], ...]
    width: int
    absent_add_up: tuple[int, int]

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The masked cells of one verdict."""
        return tuple(one for one in self.findings if one.verdict is verdict)

    @property
    def one_subtraction(self) -> int:
        """How many masked cells one subtraction of published figures gives away."""
        return sum(one.is_one_subtraction for one in self.findings)

    @property
    def holds(self) -> bool:
        """Whether no mask was computed back or narrowed."""
        return not (self.of(Verdict.COMPUTED) or self.of(Verdict.NARROWED))


def audit_published(
    files: Sequence[Published],
    ways: Ways | None = None,
    *,
    width: int = 5,
    may_go_on: Callable[[], bool] = lambda: True,
) -> PublishedAudit:
    """Find the limits of every masked cell; after `may_go_on` says no, without programmes.

    :raises FileUnusable: when nothing in the files adds up to anything.
    """
    linked = link(files, ways)
    found = subtract(linked)
    work = _Work(linked, found, may_go_on)
    work.run()
    masked = [p for p, one in enumerate(linked.figures) if one and one.mask is not None]
    findings = tuple(work.finding(place, width) for place in masked if _hides(linked, place))
    return PublishedAudit(
        linked, findings, tuple(sorted(work.contradictions)), width, _absent_add_up(linked)
    )


class _Work:
    def __init__(self, linked: Linked, found: Subtracted, may_go_on: Callable[[], bool]) -> None:
        self.linked = linked
        self.derived = found.derived
        self.contradictions: set[tuple[int, ...]] = {(number,) for number in found.contradicted}
        self.may_go_on = may_go_on
        self.limits = Limits(list(linked.low), list(linked.high))
        self.sums_of: dict[int, list[int]] = {}
        self.ways = WaysTo(linked, found.derived, self.limits)
        self.unsettled: set[int] = set()
        self.unjudged: set[int] = set()

    def run(self) -> None:
        """Judge each block of cells that hang together by itself."""
        for number, one in enumerate(self.linked.sums):
            for cell in one.cells:
                if not self.linked.is_shown(cell):
                    self.sums_of.setdefault(cell, []).append(number)
        for block in blocks(self.linked, self.limits, range(len(self.linked.sums))):
            try:
                self._judge(block)
            except Contradiction as contradiction:
                self.contradictions.add((contradiction.sum,))
                self._leave(block)
            except NoCounts:
                self.contradictions.add(tuple(block))
                self._leave(block)

    def finding(self, place: int, width: int) -> Finding:
        """Say what became of one masked cell."""
        figure = self.linked.figure(place)
        promised = figure.range
        if place in self.unjudged:
            return Finding(figure, promised.low, promised.high, Verdict.CONTRADICTED)
        low, high = self.limits.low[place], self.limits.high[place]
        verdict = _verdict(low, high, min(width, promised.width))
        steps = () if verdict is Verdict.KEPT else self.ways.steps(place)
        last = None if high == float("inf") else int(high)
        return Finding(figure, low, last, verdict, steps, place not in self.unsettled)

    def _judge(self, block: Sequence[int]) -> None:
        wrong = [number for number in block if (number,) in self.contradictions]
        if wrong:
            raise Contradiction(wrong[0])
        for cell in self._cells(block):
            if derived := self.derived.get(cell):
                self.limits.low[cell], self.limits.high[cell] = derived.value, derived.value
        narrow(self.linked, self.limits, block, self.sums_of)
        for inner in blocks(self.linked, self.limits, block):
            self._solve(inner)

    def _solve(self, inner: Sequence[int]) -> None:
        masked = [c for c in self._cells(inner) if self._is_open_mask(c)]
        if not masked:
            return
        if not self.may_go_on():
            self.unsettled.update(masked)
            return
        block = Block(self.linked, self.limits, inner)
        try:
            block.spread()
            for number, cell in enumerate(masked):
                if not self.may_go_on():
                    self.unsettled.update(masked[number:])
                    return
                self._draw_in(block, cell)
        except TimeoutError:
            self.unsettled.update(masked)

    def _draw_in(self, block: Block, cell: int) -> None:
        found = [block.limit(cell, side) for side in (0, 1)]
        for side, (_, proof) in enumerate(found):
            if proof:
                self.ways.proofs[(cell, side)] = proof
        self.limits.low[cell] = max(self.limits.low[cell], int(found[0][0]))
        self.limits.high[cell] = min(self.limits.high[cell], found[1][0])
        if self.limits.low[cell] > self.limits.high[cell]:
            raise NoCounts

    def _leave(self, block: Iterable[int]) -> None:
        self.unjudged.update(self._cells(block))

    def _cells(self, numbers: Iterable[int]) -> list[int]:
        """The cells of these sums that were not published as one count."""
        inside = (cell for number in numbers for cell in self.linked.sums[number].cells)
        return [cell for cell in dict.fromkeys(inside) if not self.linked.is_shown(cell)]

    def _is_open_mask(self, cell: int) -> bool:
        figure = self.linked.figures[cell]
        return bool(figure and figure.mask is not None and self.limits.width(cell) > 0)


def _verdict(low: int, high: float, wanted: float) -> Verdict:
    if low == high:
        return Verdict.COMPUTED
    return Verdict.NARROWED if high - low < wanted else Verdict.KEPT


def _is_one(steps: Sequence[Step]) -> bool:
    return len(steps) == 1 and steps[0].yields is not None


def _hides(linked: Linked, place: int) -> bool:
    """Whether a mask hides anything: one declared to mean zero does not."""
    return not linked.is_shown(place)


def _absent_add_up(linked: Linked) -> tuple[int, int]:
    """In how many sums with absent rows and no mask the parts shown reach the total, of all."""
    reach = of_all = 0
    for one in linked.sums:
        shown = [cell for cell in one.parts if linked.figures[cell]]
        absent = len(shown) < len(one.parts)
        if absent and shown and all(map(linked.is_shown, (one.total, *shown))):
            of_all += 1
            reach += linked.low[one.total] == sum(linked.low[cell] for cell in shown)
    return reach, of_all
