"""The data dictionary that goes with microdata, with the names other systems know columns by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from opennrm.statistics.microdata.schema import NOT_KNOWN, Column, Schema

EMPTY = "not known, not asked, or taken out by noise; never to be read as no"


class Layout(Enum):
    """By whose names the columns of a file go."""

    OWN = "own"
    HTCDS = "htcds"
    CTDC = "ctdc"


def dictionary(schema: Schema) -> list[dict[str, Any]]:
    """Every column with its names and the meaning of each of its codes."""
    return [
        {
            "column": one.name,
            "label": one.label or one.name,
            "htcds": one.htcds or None,
            "ctdc": one.ctdc or None,
            "codes": dict(_codes(one)),
        }
        for one in schema.columns
    ]


def header(schema: Schema, layout: Layout = Layout.OWN) -> list[str]:
    """The column names of a layout; a column it has no name for keeps its own."""
    names: Mapping[Layout, list[str]] = {
        Layout.OWN: [one.name for one in schema.columns],
        Layout.HTCDS: [one.htcds or one.name for one in schema.columns],
        Layout.CTDC: [one.ctdc or one.name for one in schema.columns],
    }
    return names[layout]


def without_counterpart(schema: Schema, layout: Layout) -> list[str]:
    """The columns that a layout has no name for, to be said with the file."""
    if layout is Layout.OWN:
        return []
    return [one.name for one in schema.columns if not getattr(one, layout.value)]


def _codes(column: Column) -> Iterator[tuple[str, str]]:
    yield NOT_KNOWN, EMPTY
    for code in column.codes:
        yield code, (column.labels or {}).get(code, code)
