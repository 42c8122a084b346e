"""Turns noisy counts into tables that agree with one another; needs no further budget.

A pair of values is taken to occur when its noisy count stands out of the noise, and the sooner so
the more persons would be expected by chance. What falls away goes to the empty value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opennrm.statistics.microdata.looking import Counts, Pair
from opennrm.statistics.microdata.measuring import Measured


@dataclass(frozen=True)
class Care:
    """How far a noisy count must stand out, in standard deviations, before it is believed.

    `pair` holds where `expected` persons would be had by chance, `slope` less for each doubling
    of them, between `least` and `most`. `rare` is the smallest count of any three values
    together that is drawn.
    """

    column: float = 2.0
    pair: float = 3.0
    slope: float = 0.0
    expected: float = 4.0
    least: float = 1.0
    most: float = 3.0
    rare: float = 11.5


@dataclass(frozen=True)
class Fitted:
    """Tables of counts, each over all persons, the empty value first."""

    sizes: tuple[int, ...]
    columns: tuple[Counts, ...]
    pairs: dict[Pair, Counts]
    people: float
    believed: float
    """The share of the persons in pairs that the believed pairs hold."""


def fit(found: Measured, care: Care) -> Fitted:
    """Believe what stands out of the noise, and make it add up."""
    columns = tuple(
        _column(one, scale, found.people, care)
        for one, scale in zip(found.columns, found.column_scales, strict=True)
    )
    pairs, held, all_ = {}, 0.0, 0.0
    for pair, noisy in found.pairs.items():
        believed = _believed(noisy, pair, columns, found, care)
        held, all_ = held + believed.sum(), all_ + max(float(noisy.sum()), 0.0)
        pairs[pair] = _completed(believed, columns[pair[0]], columns[pair[1]], found.people)
    return Fitted(found.sizes, columns, pairs, found.people, min(1.0, held / max(all_, 1.0)))


def _column(noisy: Counts, scale: Counts, people: float, care: Care) -> Counts:
    counts = np.where(noisy < care.column * scale, 0.0, noisy)
    counts[0] = max(people - counts[1:].sum(), 0.0)
    scaled: Counts = counts * people / max(counts.sum(), 1e-9)
    return scaled


def _believed(
    noisy: Counts, pair: Pair, columns: tuple[Counts, ...], found: Measured, care: Care
) -> Counts:
    """The counts of known pairs that stand out, none larger than its values allow."""
    first, second = columns[pair[0]], columns[pair[1]]
    chance = np.outer(first[1:], second[1:]) / found.people
    doublings = np.log2(np.maximum(chance, 1e-9) / care.expected)
    wanted = np.clip(care.pair - care.slope * doublings, care.least, care.most)
    counts = np.where((noisy < wanted * found.pair_scales[pair]) | (chance <= 0), 0.0, noisy)
    counts *= np.minimum(1, first[1:] / np.maximum(counts.sum(axis=1), 1e-9))[:, None]
    counts *= np.minimum(1, second[1:] / np.maximum(counts.sum(axis=0), 1e-9))[None]
    return counts


def _completed(known: Counts, first: Counts, second: Counts, people: float) -> Counts:
    """The table with the persons of whom one or both values are not known."""
    table = np.zeros((len(first), len(second)))
    table[1:, 1:] = known
    table[1:, 0] = np.maximum(first[1:] - known.sum(axis=1), 0)
    table[0, 1:] = np.maximum(second[1:] - known.sum(axis=0), 0)
    table[0, 0] = max(people - table.sum(), 0.0)
    scaled: Counts = table * people / table.sum()
    return scaled
