"""How much the estimate moves with errors of linkage, and with overlaps that referrals made.

A missed link makes two persons of one and raises the estimate; a false link lowers it. A sighting
made by a referral is not an independent one and lowers it too (de Wolf, van der Laan, Zult 2019
on the first two).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from opennrm.statistics.estimation.errors import (
    Change,
    made_smaller,
    with_false_links,
    with_missed_links,
    without_referrals,
)
from opennrm.statistics.estimation.resampling import Resampled, corrected, quantile
from opennrm.statistics.estimation.stepwise import choose
from opennrm.statistics.estimation.subsets import Floats
from opennrm.statistics.estimation.tables import ListTable

MISSED = (0.05, 0.1, 0.2, 0.3)
FALSE = (1, 5, 10, 20)
BY_REFERRAL = (0.1, 0.25, 0.5)
SIMULATIONS = 200
_MIXED = 4000


@dataclass(frozen=True, slots=True)
class Moved:
    """What one size of error does: the ratio to the estimate as it is, and its spread."""

    kind: str
    size: float
    ratio: float | None
    low: float | None
    high: float | None
    estimate: float | None


def sensitivity(table: ListTable, *, seed: int, times: int = SIMULATIONS) -> tuple[Moved, ...]:
    """Change the table by each kind and size of error, and estimate it stepwise each time."""
    real = float(choose(table.dense[None]).estimates[0]), table.people
    table = made_smaller(table)
    part = table.people / real[1]
    planned: list[tuple[str, float, Change]] = [
        *(("missed", one, partial(_missed, share=one)) for one in MISSED),
        *(("false", one, partial(_false, number=round(one * part))) for one in FALSE),
        *(("referral", one, partial(_referred, share=one)) for one in BY_REFERRAL),
    ]
    random = np.random.Generator(np.random.PCG64(seed))
    return tuple(
        _moved(real, (kind, size), _ratios(table, change, times, random))
        for kind, size, change in planned
    )


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What people found who looked at a sample of pairs: wrong ones among those looked at."""

    wrong: int
    looked_at: int

    def drawn(self, random: np.random.Generator) -> float:
        """Draw a rate that agrees with the sample, all rates being equally likely before."""
        return float(random.beta(self.wrong + 1, self.looked_at - self.wrong + 1))


@dataclass(frozen=True, slots=True)
class Freed:
    """The stepwise estimate freed of errors of linkage, with 95 % limits."""

    estimate: float
    low: float
    high: float


def limits_with_linkage(
    table: ListTable,
    again: Resampled,
    reviewed: tuple[Reviewed | None, Reviewed | None],
    *,
    times: int = SIMULATIONS,
) -> Freed:
    """Carry measured rates of missed and of false links into the limits.

    Each draw of the two rates gives a ratio by which such errors move the estimate; samples of
    the bootstrap are divided by it, and the limits corrected as those of the bootstrap are. A
    kind of error that nobody reviewed counts as free of errors.
    """
    random = np.random.Generator(np.random.PCG64(again.seed))
    people, table = table.people, made_smaller(table)
    whole = float(choose(table.dense[None]).estimates[0])
    missed, false = reviewed
    links = sum(
        (mask.bit_count() - 1) * count
        for mask, count in zip(table.masks, table.counts, strict=True)
    )
    counts = np.array(
        [
            _both(table, _rate(missed, random), round(_rate(false, random) * links), random)
            for _ in range(times)
        ]
    )
    ratios = choose(counts).estimates / whole
    freed = random.choice(again.estimates, _MIXED) / random.choice(ratios, _MIXED)
    freed = np.maximum(np.nan_to_num(freed, nan=np.inf, posinf=np.inf), people)
    low, high = (
        quantile(freed, corrected(level, again.bias, again.acceleration))
        for level in (0.025, 0.975)
    )
    return Freed(max(again.estimate / float(np.median(ratios)), people), low, high)


def _rate(reviewed: Reviewed | None, random: np.random.Generator) -> float:
    return reviewed.drawn(random) if reviewed else 0.0


def _both(table: ListTable, share: float, number: int, random: np.random.Generator) -> Floats:
    apart = with_missed_links(table, share, random)
    masks = np.flatnonzero(apart)
    middle = ListTable(
        table.lists, tuple(masks.tolist()), tuple(int(apart[mask]) for mask in masks)
    )
    return with_false_links(middle, number, random)


def _ratios(table: ListTable, change: Change, times: int, random: np.random.Generator) -> Floats:
    counts = [table.dense, *(change(table, random) for _ in range(times))]
    found = choose(np.array(counts)).estimates
    return found[1:] / found[0] if math.isfinite(found[0]) else np.full(times, np.inf)


def _moved(real: tuple[float, int], named: tuple[str, float], ratios: Floats) -> Moved:
    whole, people = real
    low, ratio, high = (quantile(ratios, level) for level in (0.025, 0.5, 0.975))
    if not math.isfinite(whole) or not math.isfinite(ratio):
        return Moved(*named, None, None, None, None)
    freed = whole * ratio if named[0] == "referral" else max(whole / ratio, float(people))
    return Moved(*named, ratio, low, high if math.isfinite(high) else None, freed)


def _missed(table: ListTable, random: np.random.Generator, *, share: float) -> Floats:
    return with_missed_links(table, share, random)


def _false(table: ListTable, random: np.random.Generator, *, number: int) -> Floats:
    return with_false_links(table, number, random)


def _referred(table: ListTable, random: np.random.Generator, *, share: float) -> Floats:
    return without_referrals(table, share, random)
