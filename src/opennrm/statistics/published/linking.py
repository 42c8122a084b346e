"""Finds every sum among published figures, within one file and across files of the same people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from opennrm.statistics.dimensions import Cell
from opennrm.statistics.published.figures import Figure, FileUnusable, Published
from opennrm.statistics.relations import Sum

REST = "rows not in the file"
Bucket = tuple[str, Cell, str, str]
"""A column, the other levels, the level that is the total, and the group that adds up to it."""


@dataclass(frozen=True)
class Ways:
    """What adds up: columns that do not, levels that make up another, and what absence means."""

    not_added: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    within: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    absent_is_zero: bool = False


@dataclass
class Linked:
    """Cells with their limits, the sums that bind them, and what was seen of the files.

    A cell without a figure stands for rows that are not in the file.
    """

    cells: list[Cell] = field(default_factory=list)
    figures: list[Figure | None] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    index: dict[Cell, int] = field(default_factory=dict)
    added_along: tuple[str, ...] = ()
    without_total: int = 0
    with_absent: int = 0

    def add(self, cell: Cell, figure: Figure | None = None) -> int:
        """Add a cell and return its place."""
        self.cells.append(cell)
        self.figures.append(figure)
        self.low.append(figure.range.low if figure else 0)
        high = figure.range.high if figure else None
        self.high.append(float("inf") if high is None else high)
        return len(self.cells) - 1

    def figure(self, place: int) -> Figure:
        """The figure of a cell that is in a file.

        :raises KeyError: when it stands for rows that are not.
        """
        found = self.figures[place]
        if found is None:
            raise KeyError(place)
        return found

    def is_shown(self, place: int) -> bool:
        """Whether a cell is published with one exact count."""
        return self.low[place] == self.high[place]


def link(files: Sequence[Published], ways: Ways | None = None) -> Linked:
    """Collect the figures of all files and every sum among them.

    :raises FileUnusable: when nothing adds up to anything.
    """
    ways = ways or Ways()
    linked = Linked()
    for published in files:
        for figure in published.figures:
            _place(linked, figure)
    linked.added_along = _added_along(files, ways)
    linker = _Linker(linked, ways, _groups(files))
    linker.collect()
    if not linked.sums:
        raise FileUnusable(
            "No figure is the total of others, so there is nothing to audit by sums. Say which "
            "word marks a total (--total WORD), or add the file that holds the totals."
        )
    return linked


def _place(linked: Linked, figure: Figure) -> None:
    """Give a figure its place; the same cell in another file equals the first."""
    place = linked.add(figure.cell, figure)
    first = linked.index.setdefault(figure.cell, place)
    if first != place:
        linked.sums.append(Sum(first, (place,)))


def _added_along(files: Sequence[Published], ways: Ways) -> tuple[str, ...]:
    """The columns with a total in some file, or left out of some file."""
    every = dict.fromkeys(name for one in files for name in one.dimensions)
    found = (
        name
        for name in every
        if any(name in one.with_totals or name not in one.dimensions for one in files)
    )
    return tuple(name for name in found if name not in ways.not_added)


def _groups(files: Iterable[Published]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in files:
        for column, groups in one.groups.items():
            found.setdefault(column, {}).update(groups)
    return found


@dataclass
class _Linker:
    linked: Linked
    ways: Ways
    groups: Mapping[str, Mapping[str, str]]
    levels: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)
    rests: dict[frozenset[str], int] = field(default_factory=dict)

    def collect(self) -> None:
        """Write down the sums of what is published, then those of what is absent."""
        buckets = self._buckets(range(len(self.linked.cells)))
        for (column, _, parent, group), places in buckets.items():
            key = (column, parent, group)
            names = (dict(self.linked.cells[place])[column] for place in places)
            self.levels.setdefault(key, set()).update(names)
        began = len(self.linked.cells)
        for bucket, places in buckets.items():
            self._sum(bucket, places)
        self._sums_of_absent(range(began, len(self.linked.cells)))

    def _buckets(self, places: Iterable[int]) -> dict[Bucket, list[int]]:
        """Bring together the cells that differ in one column only."""
        found: dict[Bucket, list[int]] = {}
        for place in places:
            cell = self.linked.cells[place]
            if self.linked.index.get(cell) == place:
                for column, level in cell:
                    if column in self.linked.added_along:
                        found.setdefault(self._bucket(cell, column, level), []).append(place)
        return found

    def _bucket(self, cell: Cell, column: str, level: str) -> Bucket:
        others = tuple(pair for pair in cell if pair[0] != column)
        parent = self.ways.within.get(column, {}).get(level, "")
        return column, others, parent, self.groups.get(column, {}).get(level, "")

    def _sum(self, bucket: Bucket, places: Sequence[int]) -> None:
        column, others, parent, group = bucket
        total = self.linked.index.get(_with(others, column, parent))
        if total is None:
            self.linked.without_total += 1
        elif column in self.ways.several:
            for place in places:
                slack = self.linked.add(((column, "others"), *others))
                self.linked.sums.append(Sum(total, (place, slack)))
        else:
            present = {dict(self.linked.cells[place])[column] for place in places}
            absent = frozenset(self.levels[(column, parent, group)] - present)
            rest = self._rest(column, others, absent)
            self.linked.sums.append(Sum(total, (*places, *rest)))

    def _rest(self, column: str, others: Cell, absent: frozenset[str]) -> Iterator[int]:
        """The cell that stands for the levels without a row; the same levels, the same cell."""
        if not absent:
            return
        self.linked.with_absent += 1
        if not self.ways.absent_is_zero:
            number = self.rests.setdefault(absent, len(self.rests))
            cell = _with(others, column, f"{REST} ({number})")
            if cell not in self.linked.index:
                self.linked.index[cell] = self.linked.add(cell)
            yield self.linked.index[cell]

    def _sums_of_absent(self, places: range) -> None:
        """What is absent adds up too, with whatever else is absent beside it."""
        named = [p for p in places if self.linked.index.get(self.linked.cells[p]) == p]
        for (column, others, parent, _), inside in self._buckets(named).items():
            total = self.linked.index.get(_with(others, column, parent))
            level = dict(self.linked.cells[inside[0]])[column]
            if total is None or level.startswith(REST) or column in self.ways.several:
                continue
            slack = self.linked.add(((column, REST), *others))
            self.linked.sums.append(Sum(total, (*inside, slack)))


def _with(others: Cell, column: str, level: str) -> Cell:
    return tuple(sorted((*others, (column, level)))) if level else others
