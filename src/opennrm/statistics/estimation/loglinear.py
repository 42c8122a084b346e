"""One log-linear model on one table: estimate, whether it exists, and limits given the model."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy  # type: ignore[import-untyped]

from opennrm.statistics.estimation.chapman import NORMAL_80, NORMAL_95
from opennrm.statistics.estimation.existence import (
    Standing,
    design,
    hierarchical_terms,
    remaining,
    standing,
)
from opennrm.statistics.estimation.fitting import extended, fit
from opennrm.statistics.estimation.hierarchies import Model, term_rows
from opennrm.statistics.estimation.stepwise import THRESHOLD, choose
from opennrm.statistics.estimation.subsets import Floats, pairs
from opennrm.statistics.estimation.tables import ListTable

_ADDED = 0.1
_SETTLED = 1e-8
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class LogLinear:
    """A fitted model. Its limits take the model as certain, so they are too narrow."""

    model: Model
    never_seen: Model
    standing: Standing
    estimate: float
    low: float
    high: float
    low_80: float
    high_80: float


def fit_model(table: ListTable, model: Iterable[int]) -> LogLinear:
    """Fit a model given by its terms beyond single lists.

    Limits on the logarithm of those unseen (Chan, Silverman, Vincent 2021); where the model has
    no estimate all figures are infinite.
    """
    chosen = tuple(model)
    terms = hierarchical_terms(len(table.lists), chosen)
    stands = standing(table.dense, terms)
    never = tuple(term for term in chosen if not table.margins[term])
    if not stands.fine:
        return LogLinear(chosen, never, stands, *[math.inf] * 5)
    ready = extended(table.margins[None], term_rows(len(table.lists), [chosen]))
    fits = fit(ready)
    unseen = float(fits.unseen[0])
    seen, left = remaining(table.dense > 0, terms)
    covariance = _covariance(design(left, seen), table.dense[left])
    deviation = math.sqrt(float(covariance[0, 0]))
    limits = [
        table.people + unseen * math.exp(quantile * deviation)
        for quantile in (-NORMAL_95, NORMAL_95, -NORMAL_80, NORMAL_80)
    ]
    return LogLinear(chosen, never, stands, table.people + unseen, *limits)


def _covariance(columns: Floats, counts: Floats) -> Floats:
    """Read the covariance as other programs print it: from the weights of the last step.

    Iteratively reweighted least squares from the counts and a tenth, until the deviance settles.
    """
    weights, logs = counts + _ADDED, np.log(counts + _ADDED)
    deviance = np.inf
    for _ in range(_MOST_STEPS):
        curvature: Floats = (columns.T * weights) @ columns
        working = weights * logs + counts - weights
        logs = columns @ np.linalg.solve(curvature, columns.T @ working)
        weights = np.exp(logs)
        before, deviance = deviance, _deviance(counts, weights)
        if abs(deviance - before) / (abs(deviance) + 0.1) < _SETTLED:
            break
    covariance: Floats = np.linalg.inv(curvature)
    return covariance


def _deviance(counts: Floats, expected: Floats) -> float:
    return 2 * float((xlogy(counts, counts / expected) - counts + expected).sum())


def stepwise_model(table: ListTable, threshold: float = THRESHOLD) -> Model:
    """Choose a model stepwise; the pairs stand in the order in which they came in."""
    return tuple(choose(table.dense[None], threshold).added[0])


def overlapping_triangle(table: ListTable) -> bool:
    """Say whether some three lists overlap two by two, without which nothing is identified."""
    lists = range(len(table.lists))
    seen = {pair for pair in pairs(len(table.lists)) if table.margins[pair]}
    return any(
        {1 << a | 1 << b, 1 << a | 1 << c, 1 << b | 1 << c} <= seen
        for a in lists
        for b in lists
        for c in lists
        if a < b < c
    )
