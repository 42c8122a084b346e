"""Microdata that may be published: invented rows whose counts are true up to stated noise.

A synthesizer in three steps, select, measure and generate, over marginals (McKenna, Miklau and
Sheldon 2021), of our own: every column and every two columns are measured once under noise, and
all that follows is made of those counts. Nothing reads the rows a second time. What is promised
to each person is stated with the release; it holds whatever somebody else knows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from opennrm.statistics.microdata.accounting import UNIT_OF_PRIVACY, Promise
from opennrm.statistics.microdata.drawing import candidates
from opennrm.statistics.microdata.fitting import Care, fit
from opennrm.statistics.microdata.measuring import Shares, measure
from opennrm.statistics.microdata.raking import drawn, weighed
from opennrm.statistics.microdata.schema import Codes, MicrodataRefused, Schema
from opennrm.statistics.protection import software_version

METHOD = (
    "Invented rows drawn from counts of each column and each two columns with discrete Gaussian "
    "noise, over public code lists. No row is about a person. Counts of three or more values "
    "together are modelled, not measured."
)
FEWEST_FOR_MICRODATA = 5_000
FEWEST_FOR_MANY_COLUMNS = 20_000
MOST_COARSE_COLUMNS = 8
MOST_COARSE_CODES = 40
_LEAST_KEPT = 0.2
_LEAST_BELIEVED = 0.5


@dataclass(frozen=True)
class Settings:
    """Everything besides the rows, the code lists and the promise that shapes a release."""

    shares: Shares = field(default_factory=Shares)
    care: Care = field(default_factory=Care)
    oversampling: int = 6
    trees: int = 4
    sweeps: int = 6
    seed: int = 0


LARGE = Settings()
SMALL = Settings(
    Shares(counted_fully=0.7, again_fully=0.85),
    Care(column=1.3, pair=2.8, slope=0.6, expected=10.0, least=1.1, most=3.3, rare=17.0),
    sweeps=7,
)


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


def settings_for(people: int) -> Settings:
    """The settings measured to serve best for so many persons."""
    return LARGE if people >= FEWEST_FOR_MANY_COLUMNS else SMALL


def synthesise_freely(
    codes: Codes, schema: Schema, promise: Promise, settings: Settings
) -> Microdata:
    """Invent rows as `synthesise` does, of however few persons: for rehearsals, never to publish.

    :raises MicrodataRefused: when too little would be left of what the rows say.
    """
    found = measure(codes, schema, promise, settings.shares)
    fitted = fit(found, settings.care)
    people = round(found.people)
    random = np.random.default_rng(settings.seed)
    rows, kept = candidates(fitted, settings.oversampling * people, settings.trees, random)
    _require_honest(kept, fitted.believed)
    distinct, weights = weighed(fitted, rows, sweeps=settings.sweeps, rare=settings.care.rare)
    return Microdata(
        schema,
        drawn(distinct, weights, people, random),
        promise,
        max(found.column_scales),
        max(float(one.max()) for one in found.pair_scales.values()),
        kept,
        fitted.believed,
        settings,
        software_version(),
    )


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
