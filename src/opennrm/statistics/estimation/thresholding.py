"""Bayesian thresholding: fit all pairs of lists, keep those the data speak for, fit again.

Silverman 2020, Journal of the Royal Statistical Society A 183:691. Intercept and single lists
have flat priors; pairs have a standard normal prior (proper) or a flat one (improper). With the
flat one a pair never seen goes out with all combinations that contain it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from opennrm.statistics.estimation.existence import design, hierarchical_terms, standing
from opennrm.statistics.estimation.hierarchies import Model
from opennrm.statistics.estimation.metropolis import Draws, NoPosterior, Target, draw
from opennrm.statistics.estimation.subsets import Floats, pairs
from opennrm.statistics.estimation.tables import ListTable

THRESHOLD = 2.0
"""Pairs whose posterior mean is at least this many standard deviations from zero are kept."""
EDGE = 0.25
"""Nearer than this to the threshold the choice of a pair is on the edge."""
LEVELS = (0.025, 0.1, 0.9, 0.975)


@dataclass(frozen=True)
class Thresholded:
    """The posterior of everyone, after the pairs that matter were chosen."""

    median: float
    mean: float
    limits: dict[float, float]
    kept: Model
    never_seen: Model
    strengths: Mapping[int, float]
    ratio: float
    proper: bool

    @property
    def on_the_edge(self) -> Model:
        """The pairs so near the threshold that another run might choose otherwise."""
        return tuple(p for p, own in self.strengths.items() if abs(own - THRESHOLD) < EDGE)


def threshold(table: ListTable, *, proper: bool, seed: int) -> Thresholded:
    """Choose the pairs and draw from the posterior of those kept.

    :raises NoPosterior: when the data do not identify the model of all pairs.
    """
    every = sorted(pairs(len(table.lists)))
    gone = () if proper else _never(table)
    allowed = tuple(pair for pair in every if pair not in gone)
    terms = hierarchical_terms(len(table.lists), (*allowed, *gone))
    if not proper and not standing(table.dense, terms).fine:
        raise NoPosterior("the data do not identify all links")
    first = draw(_target(table, allowed, gone, proper=proper), seed)
    strengths = dict(zip(allowed, _strengths(first, 1 + len(table.lists)), strict=True))
    kept = tuple(pair for pair, own in strengths.items() if own >= THRESHOLD)
    return _again(table, kept, (gone, strengths, float(first.ratios().max())), proper, seed + 1)


def keeping(table: ListTable, kept: Model, *, proper: bool, seed: int) -> Thresholded:
    """Draw from the posterior with given pairs, as if these had been chosen."""
    gone = () if proper else _never(table)
    return _again(table, kept, (gone, {}, 1.0), proper, seed)


def _never(table: ListTable) -> Model:
    return tuple(pair for pair in sorted(pairs(len(table.lists))) if not table.margins[pair])


def _strengths(draws: Draws, first: int) -> list[float]:
    values = draws.values[:, :, first:]
    strengths: list[float] = (np.abs(values.mean(axis=(0, 1))) / values.std(axis=(0, 1))).tolist()
    return strengths


def _again(
    table: ListTable,
    kept: Model,
    before: tuple[Model, Mapping[int, float], float],
    proper: bool,
    seed: int,
) -> Thresholded:
    gone, strengths, ratio = before
    second = draw(_target(table, kept, gone, proper=proper), seed)
    everyone = table.people + np.exp(second.values[:, :, 0])
    limits = {level: float(np.quantile(everyone, level)) for level in LEVELS}
    ratio = max(ratio, float(second.ratios().max()))
    middle, mean = float(np.median(everyone)), float(everyone.mean())
    return Thresholded(middle, mean, limits, kept, gone, strengths, ratio, proper)


def _target(table: ListTable, kept: Model, gone: Model, *, proper: bool) -> Target:
    terms = hierarchical_terms(len(table.lists), kept)
    cells = [
        cell
        for cell in range(1, 1 << len(table.lists))
        if not any(cell & pair == pair for pair in gone)
    ]
    precision: Floats = np.array([float(proper and term.bit_count() == 2) for term in terms])
    return Target(design(cells, terms), table.dense[cells], precision)
