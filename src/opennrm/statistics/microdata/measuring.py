"""What is measured under noise: each column by itself, and each two columns together.

One person adds one to each column's counts, and at most one to each pair of columns in which she
has an answer. Persons with very many answers count less in pairs, so that nobody moves all pairs
together by more than a bound; the bound is chosen from a noisy count of answers per person.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from opennrm.statistics.microdata.accounting import Promise
from opennrm.statistics.microdata.noise import noisy, scale_for
from opennrm.statistics.microdata.schema import Codes, Schema

Counts = npt.NDArray[np.float64]
Pair = tuple[int, int]
_WHOLE = 64
"""Persons count in 64ths in pairs, so that noise is drawn on whole numbers."""


@dataclass(frozen=True)
class Shares:
    """How the budget is split, and up to how many answers persons count fully in pairs."""

    answers: float = 0.01
    columns: float = 0.12
    counted_fully: float = 0.99


@dataclass(frozen=True)
class Measured:
    """Everything that later steps may know of the rows; all of it under noise."""

    sizes: tuple[int, ...]
    columns: tuple[Counts, ...]
    pairs: dict[Pair, Counts]
    people: float
    column_scale: float
    pair_scale: float
    most_answers: int


def measure(codes: Codes, schema: Schema, promise: Promise, shares: Shares) -> Measured:
    """Spend the whole budget, once, on noisy counts of the rows."""
    for_answers, for_columns, for_pairs = promise.parts(shares.answers, shares.columns)
    sizes, width = schema.sizes, len(schema.columns)
    most = _most_answers(codes, for_answers, shares.counted_fully)
    reach = math.sqrt(width)
    columns = [
        noisy(one, units=for_columns, sensitivity=reach) for one in column_counts(codes, sizes)
    ]
    bound = pair_reach(most)
    raw = pair_counts(codes, sizes, most)
    flat = np.concatenate([one.ravel() for one in raw.values()])
    drawn = noisy(flat, units=for_pairs, sensitivity=bound) / _WHOLE
    ends = np.cumsum([one.size for one in raw.values()])
    pairs = {
        pair: drawn[end - one.size : end].reshape(one.shape)
        for (pair, one), end in zip(raw.items(), ends, strict=True)
    }
    totals = np.array([one.sum() for one in columns], dtype=float)
    weights = 1 / np.array(sizes)
    return Measured(
        sizes,
        tuple(one.astype(float) for one in columns),
        pairs,
        max(float((totals * weights).sum() / weights.sum()), 1.0),
        scale_for(for_columns, reach),
        scale_for(for_pairs, bound) / _WHOLE,
        most,
    )


def column_counts(codes: Codes, sizes: tuple[int, ...]) -> list[npt.NDArray[np.int64]]:
    """The exact counts of each column, the empty value first; one person moves each by one."""
    return [np.bincount(codes[:, at], minlength=size) for at, size in enumerate(sizes)]


def pair_counts(
    codes: Codes, sizes: tuple[int, ...], most: int
) -> dict[Pair, npt.NDArray[np.int64]]:
    """The exact counts of each two columns among known values, in 64ths of a person."""
    answers = (codes > 0).sum(axis=1)
    pairs_of = np.maximum(answers * (answers - 1) / 2, 1)
    allowed = most * (most - 1) / 2
    weights = np.floor(_WHOLE * np.minimum(1, np.sqrt(allowed / pairs_of)))
    found = {}
    for first, second in combinations(range(len(sizes)), 2):
        places = codes[:, first].astype(np.int64) * sizes[second] + codes[:, second]
        size = sizes[first] * sizes[second]
        table = np.bincount(places, weights=weights, minlength=size)
        table = table.reshape(sizes[first], sizes[second])
        found[first, second] = table[1:, 1:].astype(np.int64)
    return found


def pair_reach(most: int) -> float:
    """How far one person can move all pair counts together, in 64ths."""
    return _WHOLE * math.sqrt(most * (most - 1) / 2)


def _most_answers(codes: Codes, units: int, share: float) -> int:
    """The number of answers that a share of all persons do not exceed, by a noisy count."""
    width = codes.shape[1]
    answers = np.bincount((codes > 0).sum(axis=1), minlength=width + 1)
    counts = np.maximum(noisy(answers, units=units, sensitivity=1.0), 0)
    shares = np.cumsum(counts) / max(counts.sum(), 1)
    return int(np.clip(np.searchsorted(shares, share), 2, width))
