"""The table that everything starts from: how many people were on exactly which lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from opennrm.statistics.estimation.subsets import Floats, over_supersets, pairs, spelled

MOST_LISTS = 8
MOST_PEOPLE = 10_000_000_000


class TableRefused(ValueError):
    """A table that cannot be used, with a sentence that says what to put right."""


@dataclass(frozen=True)
class ListTable:
    """People by the exact combination of lists they were on, in the order of the source."""

    lists: tuple[str, ...]
    masks: tuple[int, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse what is no table of lists.

        :raises TableRefused: when names, combinations or counts cannot be right.
        """
        _check_names(self.lists)
        _check_cells(self)
        for place, name in enumerate(self.lists):
            if not any(mask >> place & 1 for mask in self.masks):
                raise TableRefused(f"Nobody is on list {name}. Take its column out.")

    @cached_property
    def people(self) -> int:
        """Everyone who was seen, each counted once."""
        return sum(self.counts)

    @cached_property
    def dense(self) -> Floats:
        """The count of every combination, with zeros; place 0 stands for nobody's list."""
        every = np.zeros(1 << len(self.lists))
        every[list(self.masks)] = self.counts
        return every

    @cached_property
    def margins(self) -> Floats:
        """For every set of lists the people on all of them, whatever else they are on."""
        return over_supersets(self.dense)

    def overlaps(self) -> Mapping[str, int]:
        """Count the people each two lists have in common."""
        return {
            spelled(pair, self.lists): int(self.margins[pair]) for pair in pairs(len(self.lists))
        }

    def on_list(self, name: str) -> ListTable:
        """Keep the people of one list who are on others, as seen by these others only.

        Lists that share nobody with it go out.

        :raises TableRefused: when no other list saw any of them.
        """
        place = self.lists.index(name)
        kept = {
            _squeezed(mask, place): count
            for mask, count in zip(self.masks, self.counts, strict=True)
            if mask >> place & 1 and mask != 1 << place
        }
        return used_lists(_without(self.lists, place), kept)

    def without(self, name: str) -> ListTable:
        """Drop a list, and the people whom no other list saw."""
        place = self.lists.index(name)
        kept: Counter[int] = Counter()
        for mask, count in zip(self.masks, self.counts, strict=True):
            kept[_squeezed(mask, place)] += count
        kept.pop(0, None)
        return _from_masks(_without(self.lists, place), kept)

    def merged(self, names: Sequence[str]) -> ListTable:
        """Join lists into one: on it is whoever was on any of them."""
        places = [self.lists.index(name) for name in names]
        kept_names = tuple(name for name in self.lists if name not in names)
        together = 1 << len(kept_names)
        kept: Counter[int] = Counter()
        for mask, count in zip(self.masks, self.counts, strict=True):
            joined = together if any(mask >> place & 1 for place in places) else 0
            kept[_squeezed_all(mask, places) | joined] += count
        return _from_masks((*kept_names, "+".join(names)), kept)


def table_of_cells(lists: Sequence[str], cells: Iterable[tuple[Sequence[int], int]]) -> ListTable:
    """Build a table from rows of zeros and ones, each with its count.

    :raises TableRefused: when a row is not of zeros and ones or stands there twice.
    """
    counted: dict[int, int] = {}
    for row, count in cells:
        if len(row) != len(lists) or any(value not in (0, 1) for value in row):
            raise TableRefused("A row needs a 0 or a 1 for every list.")
        mask = sum(1 << place for place, value in enumerate(row) if value)
        if mask in counted:
            raise TableRefused(
                f"The combination {_said(mask, lists)} stands in two rows. Add them up, or take "
                "out the row that is there by mistake."
            )
        counted[mask] = count
    return _from_masks(tuple(lists), counted)


def used_lists(lists: Sequence[str], counted: Mapping[int, int]) -> ListTable:
    """Build a table from counts by mask, without the lists nobody is on.

    :raises TableRefused: when nobody is on any.
    """
    used = [
        place
        for place in range(len(lists))
        if any(count and mask >> place & 1 for mask, count in counted.items())
    ]
    moved = {
        sum(1 << new for new, old in enumerate(used) if mask >> old & 1): count
        for mask, count in counted.items()
        if count
    }
    if not moved:
        raise TableRefused("Nobody is on any list: every count is zero.")
    return _from_masks(tuple(lists[place] for place in used), moved)


def table_of_records(lists: Sequence[str], records: Iterable[Iterable[int]]) -> ListTable:
    """Build a table from one set of list numbers for each person."""
    counted = Counter(sum(1 << place for place in set(record)) for record in records)
    counted.pop(0, None)
    return _from_masks(tuple(lists), counted)


def _from_masks(lists: tuple[str, ...], counted: Mapping[int, int]) -> ListTable:
    for mask, count in counted.items():
        if count < 0:
            raise TableRefused(
                f"The combination {_said(mask, lists)} has the count {count}. No count is below "
                "zero."
            )
    kept = {mask: count for mask, count in counted.items() if count}
    return ListTable(lists, tuple(kept), tuple(kept.values()))


def _check_names(lists: tuple[str, ...]) -> None:
    if len(lists) > MOST_LISTS:
        raise TableRefused(
            f"There are {len(lists)} lists; at most {MOST_LISTS} can be used. Join lists that "
            "work alike."
        )
    if not lists or any(not name.strip() for name in lists):
        raise TableRefused("Every list needs a name.")
    twice = [name for name, times in Counter(lists).items() if times > 1]
    if twice:
        raise TableRefused(f"Two lists are called {twice[0]}. Give each its own name.")


def _check_cells(table: ListTable) -> None:
    if not table.masks:
        raise TableRefused("Nobody is on any list: every count is zero.")
    if any(not 0 < mask < 1 << len(table.lists) for mask in table.masks):
        raise TableRefused("Only combinations of one or more of the lists can have a count.")
    if len(set(table.masks)) != len(table.masks) or any(one < 1 for one in table.counts):
        raise TableRefused("Each combination stands in one row, with a count above zero.")
    if sum(table.counts) > MOST_PEOPLE:
        raise TableRefused("The counts add up to more people than live on Earth.")


def _said(mask: int, lists: Sequence[str]) -> str:
    return spelled(mask, lists) or "of people on no list"


def _without(lists: tuple[str, ...], place: int) -> tuple[str, ...]:
    return lists[:place] + lists[place + 1 :]


def _squeezed(mask: int, place: int) -> int:
    low = mask & ((1 << place) - 1)
    return low | (mask >> (place + 1)) << place


def _squeezed_all(mask: int, places: Sequence[int]) -> int:
    for place in sorted(places, reverse=True):
        mask = _squeezed(mask, place)
    return mask
