"""What microdata are worth: which combinations were lost, which were invented, how far counts err.

Made from the true rows, so it is for the desk and the second reader. What may be published with
the rows is the noise itself (`Microdata.stated`), which tells nothing about anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from opennrm.statistics.microdata.schema import Codes

COMMON = 10
MOST_WAYS = 3
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Worth:
    """How well combinations of so many known values are kept.

    `suppressed` is the share of common combinations (of ten persons or more) that are missing;
    `fabricated` the share of published combinations that never occurred; `error` the mean
    difference of counts, in persons, over combinations that are in both.
    """

    ways: int
    common: int
    published: int
    suppressed: float
    fabricated: float
    error: float


def worth(true: Codes, published: Codes, sizes: tuple[int, ...]) -> tuple[Worth, ...]:
    """Compare published rows with the true ones, for one, two and three values together."""
    return tuple(
        _worth(ways, true, published, sizes) for ways in range(1, min(MOST_WAYS, len(sizes)) + 1)
    )


def _worth(ways: int, true: Codes, published: Codes, sizes: tuple[int, ...]) -> Worth:
    counts = [_both(true, published, sizes, at) for at in combinations(range(len(sizes)), ways)]
    before, after = (np.concatenate(one) for one in zip(*counts, strict=True))
    common, shown = before >= COMMON, after > 0
    both = shown & (before > 0)
    return Worth(
        ways,
        int(common.sum()),
        int(shown.sum()),
        _share(common & ~shown, common),
        _share(shown & (before == 0), shown),
        float(np.abs(before - after)[both].mean()) if both.any() else 0.0,
    )


def _both(
    true: Codes, published: Codes, sizes: tuple[int, ...], columns: tuple[int, ...]
) -> tuple[Numbers, Numbers]:
    """How often each combination of known values occurs in either, where it occurs at all."""
    places = [np.sort(one) for one in _places(true, published, sizes, columns)]
    values = np.unique(np.concatenate(places))
    before, after = (
        np.searchsorted(one, values, "right") - np.searchsorted(one, values) for one in places
    )
    return before, after


def _places(
    true: Codes, published: Codes, sizes: tuple[int, ...], columns: tuple[int, ...]
) -> Iterator[Numbers]:
    for rows in (true, published):
        chosen = rows[:, columns]
        known = chosen[(chosen > 0).all(axis=1)].astype(np.int64)
        place = np.zeros(len(known), np.int64)
        for at, column in enumerate(columns):
            place = place * sizes[column] + known[:, at]
        yield place


def _share(part: npt.NDArray[np.bool_], of: npt.NDArray[np.bool_]) -> float:
    return float(part.sum() / of.sum()) if of.any() else 0.0
