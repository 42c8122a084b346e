"""Microdata that may be published: invented rows whose counts are true up to stated noise.

A synthesizer in three steps, select, measure and generate, over marginals (McKenna, Miklau and
Sheldon 2021), of our own: every column and every two columns are measured once under noise, and
all that follows is made of those counts. Nothing reads the rows a second time. What is promised
to each person is stated with the release; it holds whatever somebody else knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from opennrm.statistics.microdata.accounting import UNIT_OF_PRIVACY, Promise
from opennrm.statistics.microdata.drafting import draft
from opennrm.statistics.microdata.learning import learn
from opennrm.statistics.microdata.looking import Counts
from opennrm.statistics.microdata.measuring import Measured
from opennrm.statistics.microdata.raking import drawn, without_rare
from opennrm.statistics.microdata.schema import Codes, MicrodataRefused, Schema
from opennrm.statistics.microdata.settings import FEWEST_FOR_MANY_COLUMNS, Settings, settings_for
from opennrm.statistics.protection import software_version

METHOD = (
    "Invented rows drawn from counts of each column and each two columns with discrete Gaussian "
    "noise, over public code lists. No row is about a person. Counts of three or more values "
    "together are modelled, not measured."
)
FEWEST_FOR_MICRODATA = 5_000
MOST_COARSE_COLUMNS = 8
MOST_COARSE_CODES = 40
_LEAST_KEPT = 0.2
_LEAST_BELIEVED = 0.5


@dataclass(frozen=True)
class Microdata:
    """A release: the rows, the promise it keeps, and what must be said with it."""

    schema: Schema
    rows: Codes
    promise: Promise
    column_error: float
    """The largest standard deviation of the noise on a count of one column."""
    pair_error: float
    """The largest standard deviation of the noise on a count of two columns."""
    kept: float
    believed: float
    settings: Settings
    software_version: str
    method: str = METHOD

    def stated(self) -> dict[str, Any]:
        """What is published beside the rows, for a program to read."""
        return {
            "method": self.method,
            "rows": len(self.rows),
            "epsilon": round(self.promise.epsilon, 4),
            "delta": self.promise.delta,
            "units_of_rho_millionth": self.promise.units,
            "unit_of_privacy": UNIT_OF_PRIVACY,
            "noise_of_one_column": round(self.column_error, 2),
            "noise_of_two_columns": round(self.pair_error, 2),
            "seed": self.settings.seed,
            "software_version": self.software_version,
        }


def synthesise(
    codes: Codes, schema: Schema, promise: Promise, settings: Settings | None = None
) -> Microdata:
    """Invent rows that have the counts of these, up to noise that keeps the promise.

    Call it once for a release, after the ledger has taken the charge; the noise cannot be drawn
    again alike, and a second draw costs a second charge.

    :raises MicrodataRefused: before any noise, when there are too few persons for so many
        columns; after it, when too little would be left of what the rows say. The charge stands.
    """
    require_enough_people(len(codes), schema)
    return synthesise_freely(codes, schema, promise, settings or settings_for(len(codes)))


def synthesise_freely(
    codes: Codes, schema: Schema, promise: Promise, settings: Settings
) -> Microdata:
    """Invent rows as `synthesise` does, of however few persons: for rehearsals, never to publish.

    :raises MicrodataRefused: when too little would be left of what the rows say.
    """
    random = np.random.default_rng(settings.seed)
    found = learn(codes, schema, promise, settings, random)
    made = draft(found, settings, random)
    _require_honest(made.kept, made.fitted.believed)
    drafts = (made.rows, made.weights), *_others(found, settings, random)
    rows, weights = without_rare(made.fitted, drafts, settings.care.rare)
    return Microdata(
        schema,
        drawn(rows, weights, round(found.people), random),
        promise,
        max(float(one.max()) for one in found.column_scales),
        max(float(one.max()) for one in found.pair_scales.values()),
        made.kept,
        made.fitted.believed,
        settings,
        software_version(),
    )


def _others(
    found: Measured, settings: Settings, random: np.random.Generator
) -> Iterator[tuple[Codes, Counts]]:
    """Further drafts, each of the same counts moved by some more noise."""
    for _number in range(settings.drafts - 1):
        made = draft(found.shaken(random, settings.width), settings, random)
        if len(made.rows):
            yield made.rows, made.weights


def require_enough_people(people: int, schema: Schema) -> None:
    """Refuse more detail than so many persons can carry, and say what would be possible.

    :raises MicrodataRefused: below 5,000 persons; below 20,000 with more than 8 columns, or with
        a column of more than 40 values.
    """
    if people < FEWEST_FOR_MICRODATA:
        raise MicrodataRefused(
            f"{people:,} persons are too few for microdata: with noise that protects them, "
            "nothing true would be left. Possible are tables from the catalogue; or microdata of "
            f"several years together, from {FEWEST_FOR_MICRODATA:,} persons on, with at most "
            f"{MOST_COARSE_COLUMNS} coarse columns."
        )
    if people >= FEWEST_FOR_MANY_COLUMNS:
        return
    if len(schema.columns) > MOST_COARSE_COLUMNS:
        raise MicrodataRefused(
            f"{people:,} persons carry at most {MOST_COARSE_COLUMNS} columns, not "
            f"{len(schema.columns)}. Leave {len(schema.columns) - MOST_COARSE_COLUMNS} out, or "
            f"put years together until there are {FEWEST_FOR_MANY_COLUMNS:,} persons."
        )
    fine = [one.name for one in schema.columns if len(one.codes) > MOST_COARSE_CODES]
    if fine:
        raise MicrodataRefused(
            f"{people:,} persons carry coarse columns only, of at most {MOST_COARSE_CODES} "
            f"values. Group the values of {', '.join(fine)}, for instance countries to regions."
        )


def _require_honest(kept: float, believed: float) -> None:
    if kept < _LEAST_KEPT or believed < _LEAST_BELIEVED:
        raise MicrodataRefused(
            f"Only {believed:.0%} of what two columns say together stands out of the noise, and "
            f"{kept:.0%} of the rows drawn agree with it. Such rows would mislead and are not "
            "handed out. Take fewer or coarser columns, more years together, or a larger budget."
        )
