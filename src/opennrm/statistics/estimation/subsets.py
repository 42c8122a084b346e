"""Sets of lists as bit masks, and sums over all sets that contain, or lie within, each of them.

List number i is bit i of a mask, so an array over all combinations of t lists has 2**t places.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


def over_supersets(values: Floats) -> Floats:
    """Sum each place over all sets that contain it, along the last axis."""
    return _swept(values, upwards=True)


def over_subsets(values: Floats) -> Floats:
    """Sum each place over all sets that lie within it, along the last axis."""
    return _swept(values, upwards=False)


def _swept(values: Floats, *, upwards: bool) -> Floats:
    """Sum over the lower half of the lists, then over the upper half: two small products."""
    given = np.asarray(values, dtype=float)
    lists = given.shape[-1].bit_length() - 1
    low, high = lists // 2, lists - lists // 2
    square = given.reshape(-1, 1 << high, 1 << low)
    swept: Floats = _contains(high, upwards=upwards).T @ (square @ _contains(low, upwards=upwards))
    return swept.reshape(given.shape)


@cache
def _contains(lists: int, *, upwards: bool) -> Floats:
    """Mark which set (row) is summed into which (column)."""
    sets = np.arange(1 << lists)
    row, column = sets[:, None], sets[None, :]
    marked: Floats = (row & column == (column if upwards else row)).astype(float)
    return marked


@cache
def singles(lists: int) -> tuple[int, ...]:
    """Name the masks of single lists."""
    return tuple(1 << place for place in range(lists))


@cache
def pairs(lists: int) -> tuple[int, ...]:
    """Name the masks of all pairs of lists, in the order of the lists."""
    return sets_of_size(lists, 2)


@cache
def sets_of_size(lists: int, size: int) -> tuple[int, ...]:
    """Name the masks of all sets of that many lists, in the order of the lists."""
    return tuple(sum(chosen) for chosen in combinations(singles(lists), size))


def members(mask: int) -> tuple[int, ...]:
    """Name the lists of a mask by their numbers."""
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)


def spelled(mask: int, names: Sequence[str]) -> str:
    """Write a set of lists with their names, joined by colons."""
    return ":".join(names[place] for place in members(mask))
