"""The shape of bootstrap estimates: a histogram, and whether it has two humps."""

from __future__ import annotations

import numpy as np

from opennrm.statistics.estimation.subsets import Floats

BINS = 20
_GRID = 200
_VALLEY = 0.7
_HUMP = 0.1
_FEWEST = 50


def histogram(values: Floats) -> dict[str, list[float]]:
    """Count finite estimates in bins that widen evenly."""
    finite = values[np.isfinite(values) & (values > 0)]
    if not len(finite):
        return {"edges": [], "counts": []}
    low, high = float(finite.min()), float(finite.max())
    edges = np.geomspace(low, max(high, low * 1.000001), BINS + 1)
    counts, _ = np.histogram(finite, np.concatenate([[0.0], edges[1:-1], [np.inf]]))
    return {"edges": [float(one) for one in edges], "counts": [float(one) for one in counts]}


def humps(values: Floats) -> list[float]:
    """Name the tops of clearly separate humps of the estimates, smoothed on a log scale."""
    logs = np.log(values[np.isfinite(values) & (values > 0)])
    if len(logs) < _FEWEST or np.ptp(logs) < 1e-9:
        return [float(np.exp(np.median(logs)))] if len(logs) else []
    grid = np.linspace(logs.min(), logs.max(), _GRID)
    width = 0.9 * _spread(logs) * len(logs) ** -0.2
    density = np.exp(-0.5 * ((grid[:, None] - logs) / width) ** 2).sum(axis=1)
    return [float(np.exp(grid[top])) for top in _separate(density)]


def _spread(logs: Floats) -> float:
    low, high = np.quantile(logs, [0.25, 0.75])
    return max(min(float(logs.std()), float(high - low) / 1.34), float(logs.std()) / 10)


def _separate(density: Floats) -> list[int]:
    """Keep tops that rise well above the valley between them and the one kept before."""
    padded = np.concatenate([[-1.0], density, [-1.0]])
    tops = np.flatnonzero((padded[1:-1] > padded[:-2]) & (padded[1:-1] >= padded[2:]))
    tops = tops[density[tops] > _HUMP * density.max()]
    kept: list[int] = []
    for top in tops.tolist():
        if not kept:
            kept.append(top)
            continue
        valley = density[kept[-1] : top + 1].min()
        if valley < _VALLEY * min(density[kept[-1]], density[top]):
            kept.append(top)
        elif density[top] > density[kept[-1]]:
            kept[-1] = top
    return kept
