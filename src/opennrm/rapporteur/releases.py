"""A release: tables as they were published, with everything that was said about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from opennrm.rapporteur.catalogue import Period
from opennrm.statistics import Cell, Parameters, ProtectedSet, ProtectedTable, Rule, TableShape


@dataclass(frozen=True)
class Source:
    """Where a release's rows come from: the own copy, or an external data set."""

    key: str
    name: str

    @property
    def is_own(self) -> bool:
        """Whether this is the statistics copy of this installation."""
        return self.key == OWN


OWN = "own"
OWN_COPY = Source(OWN, "Persons known to the mechanism")


@dataclass(frozen=True)
class Request:
    """What is asked of the release desk: which table, over whom, what for, by which rule."""

    table: str
    period: Period
    purpose: str
    source: Source = OWN_COPY
    rule: Rule = field(default_factory=Rule)
    asked_by: UUID | None = None


@dataclass(frozen=True)
class Release:
    """One published set of linked tables, numbered, checksummed, and never changed."""

    number: int
    catalogue_version: str
    source: Source
    period: Period
    purpose: str
    published_at: datetime
    published_by: UUID | None
    software_version: str
    checksum: str
    tables: Mapping[str, ProtectedTable]
    audit: Mapping[str, Any]

    def table(self, name: str) -> ProtectedTable:
        """One table of the release."""
        return self.tables[name]


def content_of(found: ProtectedSet) -> dict[str, Any]:
    """A protected set as JSON: cells, method, parameters, caveats and the audit's figures."""
    first = found.tables[0]
    widths = [one.width for one in found.audit.intervals]
    narrowest = min(widths, default=None)
    return {
        "method": first.method,
        "parameters": _parameters(first.parameters),
        "audit": {
            "suppressed_cells": len(widths),
            "narrowest_interval": None if narrowest == float("inf") else narrowest,
            "minimum_width": found.audit.minimum_width,
            "exact": found.audit.exact,
            "passed": found.audit.passed,
        },
        "tables": {
            table.shape.name: {
                "caveats": list(table.caveats),
                "cells": [[[list(pair) for pair in cell], v] for cell, v in table.cells.items()],
            }
            for table in found.tables
        },
    }


def checksum_of(content: Mapping[str, Any]) -> str:
    """A checksum over everything that was published."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def tables_from(
    content: Mapping[str, Any], shapes: Mapping[str, TableShape], software_version: str
) -> dict[str, ProtectedTable]:
    """The tables of a release as they were published."""
    parameters = content["parameters"]
    rule = Rule(**parameters["rule"])
    return {
        name: _table(
            kept,
            shapes[name],
            content["method"],
            software_version,
            Parameters(rule, tuple(parameters["linked_tables"]), parameters["seed"]),
        )
        for name, kept in content["tables"].items()
    }


def _table(
    kept: Mapping[str, Any],
    shape: TableShape,
    method: str,
    software_version: str,
    parameters: Parameters,
) -> ProtectedTable:
    cells: dict[Cell, int | None] = {
        tuple((name, code) for name, code in cell): value for cell, value in kept["cells"]
    }
    return ProtectedTable(
        shape,
        cells,
        parameters,
        sum(value is None for value in cells.values()),
        tuple(kept["caveats"]),
        software_version,
        method,
    )


def _parameters(parameters: Parameters) -> dict[str, Any]:
    rule = parameters.rule
    return {
        "rule": {
            "threshold": rule.threshold,
            "zeros_disclosive": rule.zeros_disclosive,
            "minimum_width": rule.minimum_width,
            "rounding": rule.rounding,
        },
        "linked_tables": list(parameters.linked_tables),
        "seed": parameters.seed,
    }
