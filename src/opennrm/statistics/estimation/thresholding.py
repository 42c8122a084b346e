"""Bayesian thresholding: fit all pairs of lists, keep those the data speak for, fit again.

Silverman 2020, Journal of the Royal Statistical Society A 183:691. Intercept and single lists
have flat priors; pairs have a standard normal prior (proper) or a flat one (improper). With the
flat one a pair never seen goes out with all combinations that contain it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opennrm.statistics.estimation.existence import design, hierarchical_terms
from opennrm.statistics.estimation.hierarchies import Model
from opennrm.statistics.estimation.metropolis import Target, draw
from opennrm.statistics.estimation.subsets import Floats, pairs
from opennrm.statistics.estimation.tables import ListTable

THRESHOLD = 2.0
"""Pairs whose posterior mean is at least this many standard deviations from zero are kept."""
LEVELS = (0.025, 0.1, 0.9, 0.975)


@dataclass(frozen=True)
class Thresholded:
    """The posterior of everyone, after the pairs that matter were chosen."""

    median: float
    mean: float
    limits: dict[float, float]
    kept: Model
    never_seen: Model
    ratio: float
    proper: bool


def threshold(table: ListTable, *, proper: bool, seed: int) -> Thresholded:
    """Choose the pairs and draw from the posterior of those kept.

    :raises NoPosterior: when the data do not identify the model of all pairs.
    """
    every = sorted(pairs(len(table.lists)))
    never = tuple(pair for pair in every if not table.margins[pair])
    gone = () if proper else never
    allowed = tuple(pair for pair in every if pair not in gone)
    first = draw(_target(table, allowed, gone, proper=proper), seed).values
    first = first[:, :, 1 + len(table.lists) :]
    strength = np.abs(first.mean(axis=(0, 1))) / first.std(axis=(0, 1))
    kept = tuple(pair for pair, own in zip(allowed, strength, strict=True) if own >= THRESHOLD)
    second = draw(_target(table, kept, gone, proper=proper), seed + 1)
    everyone = table.people + np.exp(second.values[:, :, 0])
    limits = {level: float(np.quantile(everyone, level)) for level in LEVELS}
    ratio = float(second.ratios()[0])
    middle, mean = float(np.median(everyone)), float(everyone.mean())
    return Thresholded(middle, mean, limits, kept, gone, ratio, proper)


def _target(table: ListTable, kept: Model, gone: Model, *, proper: bool) -> Target:
    terms = hierarchical_terms(len(table.lists), kept)
    cells = [
        cell
        for cell in range(1, 1 << len(table.lists))
        if not any(cell & pair == pair for pair in gone)
    ]
    precision: Floats = np.array([float(proper and term.bit_count() == 2) for term in terms])
    return Target(design(cells, terms), table.dense[cells], precision)
