"""Tables as they would look with other errors: links missed, false links, overlaps by referral."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from opennrm.statistics.estimation.subsets import Flags, Floats
from opennrm.statistics.estimation.tables import ListTable

MOST_EXPANDED = 20_000
"""People on more than one list whom errors are tried on; a larger table is made smaller."""
_MOST_TRIES = 50

Random = np.random.Generator
People = npt.NDArray[np.int64]
"""One mask of lists for each person."""
Change = Callable[[ListTable, Random], Floats]
"""Gives the counts of a table after one random change."""


def with_missed_links(table: ListTable, share: float, random: Random) -> Floats:
    """Miss each link between two records of a person with that chance.

    The records of a person that no chain of links holds together become several persons.
    """
    counts = table.dense.copy()
    several = _on_several(table)
    np.subtract.at(counts, several, 1)
    for part in np.array_split(several, 1 + len(several) // 100_000):
        for masks in _fallen_apart(part, len(table.lists), share, random):
            np.add.at(counts, masks, 1)
    return counts


def with_false_links(table: ListTable, number: int, random: Random) -> Floats:
    """Join that many pairs of different persons who share no list."""
    counts = table.dense.copy()
    for _ in range(number):
        chances = counts / counts.sum()
        for _ in range(_MOST_TRIES):
            one, other = (int(mask) for mask in random.choice(len(counts), 2, p=chances))
            if not one & other:
                counts[[one, other]] -= 1
                counts[one | other] += 1
                break
    return counts


def without_referrals(table: ListTable, share: float, random: Random) -> Floats:
    """Take each further sighting of a person away with that chance, one of hers staying."""
    counts = table.dense.copy()
    several = _on_several(table)
    np.subtract.at(counts, several, 1)
    on = _lists_of(several, len(table.lists))
    order = np.where(on, random.random(on.shape), 2.0)
    first = order == order.min(axis=1, keepdims=True)
    kept = on & (first | (random.random(on.shape) >= share))
    np.add.at(counts, _masks_of(kept), 1)
    return counts


def made_smaller(table: ListTable) -> ListTable:
    """Divide the counts of a very large table: what errors do does not depend on its size."""
    factor = _several(table) / MOST_EXPANDED
    if factor <= 1:
        return table
    counts = tuple(max(1, round(count / factor)) for count in table.counts)
    return ListTable(table.lists, table.masks, counts)


def _several(table: ListTable) -> int:
    return sum(
        count
        for mask, count in zip(table.masks, table.counts, strict=True)
        if mask.bit_count() > 1
    )


def _on_several(table: ListTable) -> People:
    several = [
        (mask, count)
        for mask, count in zip(table.masks, table.counts, strict=True)
        if mask.bit_count() > 1
    ]
    masks = np.array([mask for mask, _ in several], dtype=np.int64)
    return np.repeat(masks, [count for _, count in several])


def _fallen_apart(people: People, lists: int, share: float, random: Random) -> Iterator[People]:
    """Yield the masks of the persons that remain, one array for each lowest list."""
    on = _lists_of(people, lists)
    held = random.random((len(people), lists, lists)) >= share
    held = np.triu(held, 1)
    held |= held.transpose(0, 2, 1)
    held |= np.eye(lists, dtype=bool)
    held &= on[:, :, None] & on[:, None, :]
    for _ in range(lists.bit_length()):
        held = np.matmul(held, held)
    for place in range(lists):
        lowest = on[:, place] & ~held[:, place, :place].any(axis=1)
        yield _masks_of(held[lowest, place])


def _lists_of(people: People, lists: int) -> Flags:
    on: Flags = (people[:, None] >> np.arange(lists) & 1).astype(bool)
    return on


def _masks_of(on: Flags) -> People:
    masks: People = on @ (1 << np.arange(on.shape[1], dtype=np.int64))
    return masks
