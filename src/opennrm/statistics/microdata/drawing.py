"""Draws candidate persons from trees over the pairs of columns that tell most of one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from opennrm.statistics.microdata.fitting import Fitted
from opennrm.statistics.microdata.looking import Counts, Pair
from opennrm.statistics.microdata.schema import Codes

_TOGETHER = 50_000
_AGAIN = 2.0
"""How much less a pair counts in the choice of the next tree for each tree it is in."""


def candidates(
    fitted: Fitted, rows: int, trees: int, random: np.random.Generator
) -> tuple[Codes, float]:
    """Rows in which every two values were believed to occur together, and the share kept.

    Each tree is a chain of dependence of its own (Chow and Liu 1968), so that together they hold
    more of what occurs than any one.
    """
    told = {pair: _information(table) for pair, table in fitted.pairs.items()}
    used: Counter[Pair] = Counter()
    kept, drawn = [], 0
    for _ in range(trees):
        edges = _tree(len(fitted.sizes), told, used)
        used.update(edges)
        block = _drawn(fitted, edges, rows // trees, random)
        kept.append(block[_is_believed(fitted, block)])
        drawn += len(block)
    found = np.concatenate(kept)
    return found, len(found) / max(drawn, 1)


def _information(table: Counts) -> float:
    """What one column tells of the other, from a table of both."""
    share = table / table.sum()
    apart = np.outer(share.sum(axis=1), share.sum(axis=0))
    there = share > 0
    return float((share[there] * np.log(share[there] / apart[there])).sum())


def _tree(width: int, told: dict[Pair, float], used: Counter[Pair]) -> list[Pair]:
    group = list(range(width))
    edges = []
    for pair in sorted(told, key=lambda one: (-told[one] / (1 + _AGAIN * used[one]), one)):
        first, second = group[pair[0]], group[pair[1]]
        if first != second:
            edges.append(pair)
            group = [first if one == second else one for one in group]
    return edges


def _drawn(fitted: Fitted, edges: Sequence[Pair], rows: int, random: np.random.Generator) -> Codes:
    block = np.zeros((rows, len(fitted.sizes)), np.int16, order="F")
    root = edges[0][0]
    block[:, root] = _spread(fitted.columns[root], rows, random)
    for start, end in _outwards(edges, root):
        table = fitted.pairs[min(start, end), max(start, end)]
        given = table if start < end else table.T
        order = np.argsort(block[:, start], kind="stable")
        cuts = np.searchsorted(block[order, start], np.arange(len(given) + 1))
        for value, (low, high) in enumerate(pairwise(cuts)):
            if high > low:
                weights = given[value] if given[value].sum() > 0 else fitted.columns[end]
                block[order[low:high], end] = _spread(weights, high - low, random)
    return block


def _outwards(edges: Sequence[Pair], root: int) -> Iterator[Pair]:
    """The edges of a tree from its root on, each as known end and new end."""
    done, left = {root}, list(edges)
    while left:
        edge = next(one for one in left if not done.isdisjoint(one))
        left.remove(edge)
        start, end = edge if edge[0] in done else (edge[1], edge[0])
        done.add(end)
        yield start, end


def _spread(weights: Counts, size: int, random: np.random.Generator) -> npt.NDArray[np.intp]:
    """Values in proportion to weights, each as often as it should be to within one."""
    wanted = weights / weights.sum() * size
    times = np.floor(wanted).astype(np.int64)
    rest = size - int(times.sum())
    if rest > 0:
        left = np.maximum(wanted - times, 0)
        chosen = random.choice(len(weights), rest, p=left / left.sum())
        times += np.bincount(chosen, minlength=len(weights))
    values = np.repeat(np.arange(len(weights)), times)[:size]
    random.shuffle(values)
    return values


def _is_believed(fitted: Fitted, block: Codes) -> npt.NDArray[np.bool_]:
    sizes = fitted.sizes
    believed = {pair: (table > 0).ravel() for pair, table in fitted.pairs.items()}
    kept = np.ones(len(block), dtype=bool)
    for start in range(0, len(block), _TOGETHER):
        some = block[start : start + _TOGETHER]
        for (first, second), table in believed.items():
            places = some[:, first].astype(np.int32) * sizes[second] + some[:, second]
            kept[start : start + _TOGETHER] &= table[places]
    return kept
