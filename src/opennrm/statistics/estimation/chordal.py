"""Decomposable graphs on the lists: graphs in which every long cycle has a short cut.

Madigan, York 1997, Biometrika 84:19. Read in the order of a maximum cardinality search (Tarjan,
Yannakakis 1984), a graph is decomposable if and only if the earlier neighbours of each list are
joined to each other; cliques over separators is then the product, over the lists, of the list
with its earlier neighbours over these neighbours alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from opennrm.statistics.estimation.subsets import members, pairs, spelled

Graph = frozenset[int]
"""The joined pairs of lists, as masks."""
Weights = dict[int, int]
"""How often each set of lists counts: above the line for cliques, below for separators."""


@cache
def decomposable_graphs(lists: int) -> tuple[tuple[Graph, tuple[tuple[int, int], ...]], ...]:
    """Name every decomposable graph with the sets of lists it counts."""
    found = []
    for graph in _all_graphs(lists):
        weights = clique_weights(lists, graph)
        if weights is not None:
            found.append((graph, tuple(sorted(weights.items()))))
    return tuple(found)


def clique_weights(lists: int, graph: Graph) -> Weights | None:
    """Count cliques and separators of a graph; None if it is not decomposable."""
    beside = [_beside(place, lists, graph) for place in range(lists)]
    weights: Weights = {}
    earlier = 0
    for _ in range(lists):
        later = [place for place in range(lists) if not earlier >> place & 1]
        chosen = max(later, key=lambda place: (beside[place] & earlier).bit_count())
        before = beside[chosen] & earlier
        if not _all_joined(before, graph):
            return None
        _count(weights, before | 1 << chosen, 1)
        _count(weights, before, -1)
        earlier |= 1 << chosen
    return {one: times for one, times in weights.items() if times}


def changed_by_one(lists: int, graph: Graph) -> Iterator[Graph]:
    """Yield the graphs that differ by one pair."""
    for pair in pairs(lists):
        yield graph ^ {pair}


def in_words(graph: Graph, names: tuple[str, ...]) -> str:
    """Write a graph by its joined pairs."""
    joined = [spelled(pair, names) for pair in pairs(len(names)) if pair in graph]
    return "; ".join(joined) or "no pair joined"


def _all_graphs(lists: int) -> Iterator[Graph]:
    every = pairs(lists)
    for size in range(len(every) + 1):
        for chosen in combinations(every, size):
            yield frozenset(chosen)


def _beside(place: int, lists: int, graph: Graph) -> int:
    own = 1 << place
    return sum(
        1 << other for other in range(lists) if own | 1 << other in graph and other != place
    )


def _all_joined(several: int, graph: Graph) -> bool:
    return all(
        1 << first | 1 << second in graph for first, second in combinations(members(several), 2)
    )


def _count(weights: Weights, several: int, times: int) -> None:
    if several:
        weights[several] = weights.get(several, 0) + times
