"""Exact discrete Gaussian noise, drawn by OpenDP and checked against what was promised."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from opennrm.statistics.microdata.accounting import MICRO

Whole = npt.NDArray[np.int64]
# Scales are drawn a little wider than the exact root, so that no rounding takes from the promise.
_WIDER = 1 + 1e-9


class NoiseRefused(RuntimeError):
    """Noise that would not keep the promise; nothing is drawn."""


def scale_for(units: int, sensitivity: float) -> float:
    """The standard deviation that spends so many units on counts of this sensitivity."""
    return math.sqrt(sensitivity**2 * MICRO / (2 * units)) * _WIDER


def noisy(counts: Whole, *, units: int, sensitivity: float) -> Whole:
    """Counts with discrete Gaussian noise (Canonne, Kamath, Steinke 2020).

    `sensitivity` is how far one person can move all the counts together, as a root of squares.

    :raises NoiseRefused: when OpenDP finds that the noise would cost more than the units.
    """
    measure = _measurement(scale_for(units, sensitivity))
    cost = float(measure.map(d_in=sensitivity))
    if cost * MICRO > units * (1 + 1e-12):
        raise NoiseRefused(f"The noise would cost {cost * MICRO:.3f} units, not {units}.")
    return np.array(measure(counts.ravel().tolist()), dtype=np.int64).reshape(counts.shape)


def _measurement(scale: float) -> Any:
    # Read when first drawn: everything else here works without the large library.
    import opendp.prelude as dp  # noqa: PLC0415

    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l2_distance(T=float)
    return dp.m.make_gaussian(*space, scale=scale)
