"""A release: tables as they were published, with everything that was said about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.presets import STANDARD
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
OWN_COPY = Source(OWN, gettext_noop("Persons known to the mechanism"))


@dataclass(frozen=True)
class Request:
    """What is asked of the release desk: over whom, which years, what for, by which rule.

    All tables of the catalogue go out together; `revises` and `reason` name the release that this
    one corrects, and why.
    """

    period: Period
    purpose: str
    source: Source = OWN_COPY
    rule: Rule = STANDARD.rule
    revises: int | None = None
    reason: str = ""


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
    drawn_at: datetime | None = None
    revises: int | None = None
    reason: str = ""
    reading: str | None = None
    read_by: UUID | None = None

    @property
    def rule(self) -> Rule:
        """The rule it was drawn by."""
        return next(iter(self.tables.values())).parameters.rule

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
        "parameters": {
            "rule": rule_as_kept(first.parameters.rule),
            "linked_tables": list(first.parameters.linked_tables),
            "seed": first.parameters.seed,
        },
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


def rule_as_kept(rule: Rule) -> dict[str, Any]:
    """A rule as JSON."""
    return {
        "threshold": rule.threshold,
        "zeros_disclosive": rule.zeros_disclosive,
        "minimum_width": rule.minimum_width,
        "rounding": rule.rounding,
    }


def superseded(releases: Sequence[Release]) -> frozenset[int]:
    """The numbers of releases that another one corrects."""
    return frozenset(one.revises for one in releases if one.revises is not None)
