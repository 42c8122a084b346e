"""Bias-corrected and accelerated bootstrap limits, the whole estimate repeated in each sample.

DiCiccio, Efron 1996, Statistical Science 11:189; for counts of lists with the choice of the model
repeated in every sample: Chan, Silverman, Vincent 2021. Quantiles by definition 8 of Hyndman, Fan
1996, The American Statistician 50:361.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri  # type: ignore[import-untyped]

from opennrm.statistics.estimation.drawing import samples_of
from opennrm.statistics.estimation.subsets import Floats
from opennrm.statistics.estimation.tables import ListTable

LEVELS = (0.025, 0.05, 0.1, 0.16, 0.84, 0.9, 0.95, 0.975)
SAME = 1e-9
"""Two estimates nearer than this part of their size are a tie."""

Estimating = Callable[[Floats], Floats]
"""Gives one estimate for each row of counts."""


@dataclass(frozen=True)
class Resampled:
    """Bootstrap limits, with what they rest on."""

    estimate: float
    limits: dict[float, float]
    bias: float
    acceleration: float
    estimates: Floats
    seed: int

    @property
    def interval(self) -> tuple[float, float]:
        """The limits between which 95 of 100 lie."""
        return self.limits[0.025], self.limits[0.975]

    @property
    def interval_80(self) -> tuple[float, float]:
        """The limits between which 80 of 100 lie."""
        return self.limits[0.1], self.limits[0.9]

    @property
    def samples(self) -> int:
        """How many samples were drawn."""
        return len(self.estimates)

    @property
    def without_limit(self) -> int:
        """How many samples had no finite estimate; each counts as larger than any number."""
        return int((~np.isfinite(self.estimates)).sum())


def resample(table: ListTable, estimating: Estimating, times: int, seed: int) -> Resampled:
    """Estimate the table, samples of it, and the table with one person less of each kind."""
    counts, weights = one_person_less(table)
    drawn = samples_of(table, times, seed)
    found = estimating(np.concatenate([table.dense[None], counts, drawn]))
    estimate, less, again = found[0], found[1 : 1 + len(counts)], found[1 + len(counts) :]
    return limits_of(float(estimate), again, (less, weights), seed)


def limits_of(estimate: float, again: Floats, less: tuple[Floats, Floats], seed: int) -> Resampled:
    """Work out the limits from an estimate, its samples, and its leave-one-out values."""
    bias = bias_of(estimate, again)
    acceleration = acceleration_of(*less)
    levels = {level: corrected(level, bias, acceleration) for level in LEVELS}
    limits = {level: quantile(again, place) for level, place in levels.items()}
    return Resampled(estimate, limits, bias, acceleration, again, seed)


def one_person_less(table: ListTable) -> tuple[Floats, Floats]:
    """Give, for each combination seen, the table with one of its people away; and their number."""
    counts = np.tile(table.dense, (len(table.masks), 1))
    counts[np.arange(len(table.masks)), list(table.masks)] -= 1
    return counts, np.array(table.counts, dtype=float)


def bias_of(estimate: float, again: Floats) -> float:
    """Say how far the estimate lies from the middle of its samples, in normal quantiles.

    A tie does not lie below. Floating point alone would break ties at random.
    """
    below = again < estimate * (1 - SAME)
    return float(ndtri(below.mean()))


def acceleration_of(less: Floats, weights: Floats) -> float:
    """Say how fast the spread changes with the estimate, from leaving each person out."""
    finite = np.isfinite(less)
    if not finite.all():
        less, weights = less[finite], weights[finite]
    if not len(less):
        return 0.0
    apart = np.average(less, weights=weights) - less
    spread = float((weights * apart**2).sum())
    return float((weights * apart**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0


def corrected(level: float, bias: float, acceleration: float) -> float:
    """Move a level by bias and acceleration."""
    if not np.isfinite(bias):
        return float(ndtr(bias))
    moved = bias + float(ndtri(level))
    return float(ndtr(bias + moved / (1 - acceleration * moved)))


def quantile(values: Floats, level: float) -> float:
    """Read a quantile between ordered values; nothing above a finite one is made finite."""
    ordered = np.sort(values)
    place = level * len(ordered) + (level + 1) / 3
    low = int(np.clip(np.floor(place), 1, len(ordered)))
    high = int(np.clip(low + 1, 1, len(ordered)))
    share = float(np.clip(place - low, 0, 1))
    first, second = float(ordered[low - 1]), float(ordered[high - 1])
    if share == 0 or first == second:
        return first
    return first + share * (second - first)
