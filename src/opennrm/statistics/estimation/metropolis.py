"""Draws from the posterior of a log-linear model by random-walk Metropolis, many chains abreast.

Steps have the shape of the posterior at its peak (Roberts, Gelman, Gilks 1997); the chains agree
when the ratio of Gelman, Rubin 1992, of halves of chains, is near one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opennrm.statistics.estimation.subsets import Floats

CHAINS = 16
BURN_IN = 1000
KEPT = 8000
_LENGTH = 2.38
_OVERDISPERSED = 1.5
_NEWTON_ROUNDS = 200
_SETTLED = 1e-9
_LONGEST = 1.0


class NoPosterior(ValueError):
    """A model whose posterior cannot be normalised."""


@dataclass(frozen=True)
class Target:
    """A log-linear model with independent normal priors; precision 0 stands for a flat one."""

    design: Floats
    counts: Floats
    precision: Floats

    def height(self, places: Floats) -> Floats:
        """Work out the logarithm of the posterior, up to a constant, for each row."""
        logs = places @ self.design.T
        likelihood = logs @ self.counts - np.exp(np.minimum(logs, 700.0)).sum(axis=1)
        height: Floats = likelihood - 0.5 * (places**2) @ self.precision
        return height


@dataclass(frozen=True)
class Draws:
    """Draws of every coefficient: chains, then steps, then coefficients."""

    values: Floats
    accepted: float

    def ratios(self) -> Floats:
        """Compare the spread between halves of chains with the spread within, per coefficient."""
        chains, steps, width = self.values.shape
        halves = self.values[:, : steps // 2 * 2].reshape(2 * chains, -1, width)
        length = halves.shape[1]
        within = halves.var(axis=1, ddof=1).mean(axis=0)
        between = halves.mean(axis=1).var(axis=0, ddof=1)
        ratios: Floats = np.sqrt((length - 1) / length + between / within)
        return ratios


def draw(target: Target, seed: int) -> Draws:
    """Run the chains from around the peak, and keep what comes after the burn-in."""
    random = np.random.Generator(np.random.PCG64(seed))
    peak, root = peak_of(target)
    width = len(peak)
    shape = root * _LENGTH / np.sqrt(width)
    places = peak + _OVERDISPERSED * random.standard_normal((CHAINS, width)) @ root.T
    heights = target.height(places)
    kept = np.empty((CHAINS, KEPT, width))
    taken = 0
    for step in range(BURN_IN + KEPT):
        offered = places + random.standard_normal((CHAINS, width)) @ shape.T
        offered_heights = target.height(offered)
        better = np.log(random.random(CHAINS)) < offered_heights - heights
        places[better], heights[better] = offered[better], offered_heights[better]
        if step >= BURN_IN:
            kept[:, step - BURN_IN] = places
            taken += int(better.sum())
    return Draws(kept, taken / (KEPT * CHAINS))


def peak_of(target: Target) -> tuple[Floats, Floats]:
    """Find the peak and a root of the covariance there.

    :raises NoPosterior: when there is no peak.
    """
    try:
        return _climb(target)
    except np.linalg.LinAlgError as reason:
        raise NoPosterior("the posterior has no peak") from reason


def _climb(target: Target) -> tuple[Floats, Floats]:
    place: Floats = _start(target)
    for _ in range(_NEWTON_ROUNDS):
        curvature, slope = _shape_at(target, place)
        step = np.linalg.solve(curvature, slope)
        longest = float(np.abs(target.design @ step).max())
        place = place + step * min(1.0, _LONGEST / max(longest, 1e-300))
        if longest < _SETTLED:
            root: Floats = np.linalg.cholesky(np.linalg.inv(curvature))
            return place, root
    raise NoPosterior("the posterior has no peak")


def _start(target: Target) -> Floats:
    counts = target.counts + 0.1
    weighted = target.design.T * counts
    curvature = weighted @ target.design + np.diag(target.precision + 1e-9)
    start: Floats = np.linalg.solve(curvature, weighted @ np.log(counts))
    return start


def _shape_at(target: Target, place: Floats) -> tuple[Floats, Floats]:
    expected = np.exp(target.design @ place)
    curvature: Floats = (target.design.T * expected) @ target.design + np.diag(target.precision)
    slope: Floats = target.design.T @ (target.counts - expected) - target.precision * place
    return curvature, slope
