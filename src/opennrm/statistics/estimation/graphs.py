"""Bayesian model averaging over decomposable graphs.

Madigan, York 1997, Biometrika 84:19. Every clique of lists has a hyper-Dirichlet prior of one
weight per combination; given a graph and the number unseen, the likelihood is a ratio of gamma
functions. Prior: all graphs alike, the number of people N as 1 / N, up to a largest number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, logsumexp  # type: ignore[import-untyped]

from opennrm.statistics.estimation.chordal import (
    Graph,
    Weights,
    changed_by_one,
    clique_weights,
    decomposable_graphs,
)
from opennrm.statistics.estimation.subsets import Floats, members
from opennrm.statistics.estimation.tables import ListTable

LARGEST = 30
"""The most unseen people looked at, as a multiple of those seen."""
EDGE = 0.95
"""What lies beyond this part of the grid counts as its edge."""
_MOST_VALUES = 100_000_000
_NODES = 4_000
_MOST_NUMBERS = 1_000_000
_SHOWN = 10
_COARSE = 400
_NEGLIGIBLE = 1e-10
_MOST_LISTS_OF_ALL = 6
_EXPANSIONS = 150
_BLOCK = 4_000_000

Weighted = tuple[Graph, tuple[tuple[int, int], ...]]


@dataclass(frozen=True)
class Posterior:
    """What the graphs say together about everyone, seen and unseen."""

    median: float
    limits: dict[float, float]
    mean: float
    at_the_edge: float
    graphs: tuple[tuple[Graph, float], ...]
    weight: float
    exhaustive: bool
    looked_at: tuple[Weighted, ...]


@dataclass(frozen=True)
class Grid:
    """Numbers of unseen people, and how many numbers each stands for."""

    unseen: Floats
    stands_for: Floats

    @staticmethod
    def up_to(largest: int, nodes: int) -> Grid:
        """Take every number where they fit, or blocks of numbers that widen evenly."""
        if largest <= nodes:
            return Grid(np.arange(1.0, largest + 1), np.ones(largest))
        edges = np.unique(np.round(np.geomspace(1, largest + 1, nodes)))
        return Grid((edges[:-1] + edges[1:] - 1) / 2, np.diff(edges))


def posterior(
    table: ListTable, weight: float | None = None, *, around: Posterior | None = None
) -> Posterior:
    """Average over all graphs with one prior weight per combination (default 2**-t).

    Every number of unseen people is looked at where they fit; around an earlier posterior, for a
    comparison, its graphs are taken again and numbers go in blocks.
    """
    lists = len(table.lists)
    weight = 2.0**-lists if weight is None else weight
    largest = LARGEST * table.people
    coarse = Grid.up_to(largest, _COARSE)
    exhaustive = lists <= _MOST_LISTS_OF_ALL
    if exhaustive:
        graphs: Sequence[Weighted] = decomposable_graphs(lists)
    else:
        graphs = around.looked_at if around else _search(table, weight, coarse)
    shares = _shares(_scores(table, weight, coarse, graphs))
    kept = [graph for graph, share in zip(graphs, shares, strict=True) if share > _NEGLIGIBLE]
    every = not around and largest * len(kept) <= _MOST_VALUES and largest <= _MOST_NUMBERS
    grid = Grid.up_to(largest, largest if every else _NODES)
    curve, scores = _summed(table, weight, grid, kept)
    order = np.argsort(-scores, kind="stable")[:_SHOWN]
    top = tuple((kept[place][0], float(_shares(scores)[place])) for place in order)
    return _read(
        table, grid, curve, (top, weight, exhaustive, () if exhaustive else tuple(graphs))
    )


def _read(
    table: ListTable,
    grid: Grid,
    curve: Floats,
    rest: tuple[tuple[tuple[Graph, float], ...], float, bool, tuple[Weighted, ...]],
) -> Posterior:
    """Read median, limits and edge from the posterior of the number unseen."""
    mass = np.exp(curve - curve.max()) * grid.stands_for
    mass /= mass.sum()
    total = np.cumsum(mass)

    def at(level: float) -> float:
        place = min(int(np.searchsorted(total, level)), len(total) - 1)
        before = total[place - 1] if place else 0.0
        within = (level - before) / mass[place] * (grid.stands_for[place] - 1)
        low = grid.unseen[place] - (grid.stands_for[place] - 1) / 2
        return float(table.people + np.floor(low + within))

    limits = {level: at(level) for level in (0.025, 0.1, 0.9, 0.975)}
    mean = float(table.people + (mass * grid.unseen).sum())
    edge = float(mass[grid.unseen > EDGE * grid.unseen[-1]].sum())
    return Posterior(at(0.5), limits, mean, edge, *rest)


def set_scores(table: ListTable, weight: float, grid: Grid) -> Floats:
    """Work out the likelihood of every set of lists for every number unseen, as logarithms."""
    width = 1 << len(table.lists)
    whole = width * weight
    scores = np.zeros((width, len(grid.unseen)))
    common = gammaln(whole) - gammaln(grid.unseen + table.people + whole)
    for several in range(1, width):
        counts = _margin(table, several)
        own = weight * 2.0 ** (len(table.lists) - several.bit_count())
        scores[several] = gammaln(grid.unseen + counts[0] + own) + common
        scores[several] += gammaln(counts[1:] + own).sum() - len(counts) * gammaln(own)
    return scores


def _margin(table: ListTable, several: int) -> Floats:
    """Count people by the combination of some lists only; place 0: on none of these."""
    places = members(several)
    counts = np.zeros(1 << len(places))
    for mask, count in zip(table.masks, table.counts, strict=True):
        counts[sum((mask >> place & 1) << number for number, place in enumerate(places))] += count
    return counts


def _base(table: ListTable, grid: Grid) -> Floats:
    everyone = grid.unseen + table.people
    base: Floats = gammaln(everyone + 1) - gammaln(grid.unseen + 1) - np.log(everyone)
    return base


def _summed(
    table: ListTable, weight: float, grid: Grid, graphs: Sequence[Weighted]
) -> tuple[Floats, Floats]:
    """Sum over graphs for each number unseen, and over numbers for each graph."""
    rows = _matrix(len(table.lists), graphs)
    curve = np.empty(len(grid.unseen))
    parts = []
    block = max(1, _BLOCK // max(len(graphs), 1 << len(table.lists)))
    for first in range(0, len(grid.unseen), block):
        part = slice(first, first + block)
        some = Grid(grid.unseen[part], grid.stands_for[part])
        values = rows @ set_scores(table, weight, some) + _base(table, some)
        curve[part] = logsumexp(values, axis=0)
        parts.append(logsumexp(values + np.log(some.stands_for), axis=1))
    return curve, logsumexp(np.array(parts), axis=0)


def _scores(table: ListTable, weight: float, grid: Grid, graphs: Sequence[Weighted]) -> Floats:
    return _summed(table, weight, grid, graphs)[1]


def _shares(scores: Floats) -> Floats:
    shares: Floats = np.exp(scores - logsumexp(scores))
    return shares


def _matrix(lists: int, graphs: Sequence[Weighted]) -> Floats:
    rows = np.zeros((len(graphs), 1 << lists))
    for row, (_, weights) in zip(rows, graphs, strict=True):
        for several, times in weights:
            row[several] = times
    return rows


def _search(table: ListTable, weight: float, grid: Grid) -> list[Weighted]:
    """Look around the best graphs found so far, from the graph without a pair."""
    lists = len(table.lists)
    sets, base = set_scores(table, weight, grid), _base(table, grid) + np.log(grid.stands_for)
    known: dict[Graph, float] = {}
    found: list[Weighted] = []
    expanded: set[Graph] = set()
    new: list[Graph] = [frozenset()]
    for _ in range(_EXPANSIONS):
        ready = _decomposable(lists, new)
        scores = logsumexp(_matrix(lists, ready) @ sets + base, axis=1)
        known.update((one[0], float(score)) for one, score in zip(ready, scores, strict=True))
        found.extend(ready)
        waiting = [graph for graph in known if graph not in expanded]
        if not waiting:
            break
        best = max(waiting, key=lambda graph: known[graph])
        expanded.add(best)
        new = [graph for graph in changed_by_one(lists, best) if graph not in known]
    return found


def _decomposable(lists: int, graphs: Sequence[Graph]) -> list[Weighted]:
    found: list[tuple[Graph, Weights | None]] = [
        (graph, clique_weights(lists, graph)) for graph in graphs
    ]
    return [(graph, tuple(sorted(weights.items()))) for graph, weights in found if weights]
