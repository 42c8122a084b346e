"""Rounding protected figures to a base, totals included, after suppression and never instead."""

from __future__ import annotations

from collections.abc import Mapping

from opennrm.statistics.dimensions import Cell


def rounded(cells: Mapping[Cell, int | None], base: int | None) -> dict[Cell, int | None]:
    """Every shown figure to the nearest multiple of the base; suppressed ones stay suppressed."""
    if base is None:
        return dict(cells)
    return {cell: None if v is None else to_nearest(v, base) for cell, v in cells.items()}


def to_nearest(count: int, base: int) -> int:
    """A count to the nearest multiple of the base, halves upwards.

    >>> [to_nearest(count, 5) for count in (12, 13, 15)]
    [10, 15, 15]
    """
    return (count + base // 2) // base * base
