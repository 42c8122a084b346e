"""Invented persons with answers that hang together, some of them unlike everybody else's."""

import numpy as np

from opennrm.statistics.microdata import Column, Schema

SIZES = (7, 3, 5, 9, 9, 2, 2, 2, 2, 3, 2, 2)
SCHEMA = Schema(
    tuple(
        Column(f"column_{number}", tuple(f"v{code}" for code in range(1, size + 1)))
        for number, size in enumerate(SIZES)
    )
)
EIGHT = Schema(SCHEMA.columns[:8])


def people(number: int, seed: int = 7) -> np.ndarray:
    """So many persons: of a few kinds, each answer sometimes not known, sometimes unusual."""
    random = np.random.default_rng(seed)
    kinds = np.random.default_rng(1).integers(1, np.array(SIZES) + 1, (6, len(SIZES)))
    rows = kinds[random.choice(6, number, p=(0.35, 0.25, 0.15, 0.12, 0.08, 0.05))]
    unusual = random.random(rows.shape) < 0.22
    rows = np.where(unusual, random.integers(1, np.array(SIZES) + 1, rows.shape), rows)
    unknown = random.random(rows.shape) < 0.3
    return np.where(unknown, 0, rows).astype(np.int16)
