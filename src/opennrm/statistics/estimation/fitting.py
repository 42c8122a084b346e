"""Fits many small log-linear models side by side by Newton's method.

The model: the count of each combination of lists is Poisson, its logarithm the sum of the
coefficients of the terms inside it. Both the totals that a fit must match and the curvature are
sums of fitted counts over all combinations containing a set, so one sweep of sums over supersets
gives both for a whole batch of models.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opennrm.statistics.estimation.subsets import Flags, Floats, Ints, over_subsets, over_supersets

NONE = -1
"""Stands where a model of the batch has no term; a set joined with it stays NONE."""
CERTAIN_ROUNDS = 16
"""A fit that settles this soon proves that it exists: see `settled` below."""
_MOST_ROUNDS = 200
_LONGEST_STEP = 1.5
_SETTLED = 1e-5
_RIDGE = 1e-13
_ADDED = 0.1
_BLOCK = 3_000_000


@dataclass(slots=True)
class Models:
    """One model and one table in each row: totals to match, terms, combinations left."""

    margins: Floats
    terms: Ints
    alive: Flags

    def rows(self, chosen: Ints | Flags) -> Models:
        """Take some of the rows."""
        return Models(self.margins[chosen], self.terms[chosen], self.alive[chosen])


@dataclass(slots=True)
class Fits:
    """Coefficients and fitted totals of each model; `settled` where the fit proves itself.

    With fitted counts mu and the Newton step d of their logarithms, mu (1 + d) has exactly the
    totals observed. Where every d is above -1 that table has no empty cell, which is the proof
    that the estimate exists; a model without an estimate never makes such a step.
    """

    coefficients: Floats
    sums: Floats
    settled: Flags
    rounds: Ints

    @property
    def unseen(self) -> Floats:
        """The people on no list, as each model has it."""
        unseen: Floats = np.exp(np.minimum(self.coefficients[:, 0], 700.0))
        return unseen


def extended(margins: Floats, terms: Ints) -> Models:
    """Take out of each model the terms never seen, and the combinations that contain them."""
    width = margins.shape[1]
    seen = np.take_along_axis(margins, np.maximum(terms, 0), axis=1) > 0
    never = np.zeros((len(terms), width + 1))
    np.put_along_axis(never, np.where(seen, NONE, terms), 1.0, axis=1)
    alive = over_subsets(never[:, :width]) == 0
    alive[:, 0] = False
    return Models(margins, np.where(seen, terms, NONE), alive)


def fit(models: Models, start: Floats | None = None, *, most: int = _MOST_ROUNDS) -> Fits:
    """Fit every model, from given coefficients or from the counts themselves."""
    rows, terms = models.terms.shape
    width = models.margins.shape[1]
    fits = Fits(
        np.zeros((rows, terms)),
        np.zeros((rows, width)),
        np.zeros(rows, dtype=bool),
        np.zeros(rows, dtype=np.intp),
    )
    block = max(1, _BLOCK // max(terms * terms, 2 * width))
    for first in range(0, rows, block):
        part = np.arange(first, min(first + block, rows))
        own_start = None if start is None else start[part]
        _fit_block(models.rows(part), own_start, most, fits, part)
    return fits


def _fit_block(models: Models, start: Floats | None, most: int, fits: Fits, place: Ints) -> None:
    """Fit a block of models and write the results to their places."""
    lookup = lookup_of(models.terms, models.margins.shape[1])
    coefficients = first_guess(models, lookup) if start is None else start.copy()
    logs = over_subsets(_spread(models, coefficients))
    longest = np.full(len(place), np.inf)
    for number in range(1, most + 1):
        sums = over_supersets(_counts_of(logs, models.alive))
        steps = newton_steps(models.terms, lookup, sums, models.margins - sums)
        moved = over_subsets(_spread(models, steps))
        before, longest = longest, _longest(moved, models.alive)
        part = np.minimum(1.0, _LONGEST_STEP / longest)[:, None]
        coefficients += steps * part
        logs += moved * part
        done = (before < _SETTLED) & (longest < _SETTLED)
        fits.coefficients[place], fits.sums[place] = coefficients, sums
        fits.settled[place[done]] = number <= CERTAIN_ROUNDS
        fits.rounds[place] = number
        if done.any():
            left = ~done
            models, place, logs = models.rows(left), place[left], logs[left]
            coefficients, longest = coefficients[left], longest[left]
            lookup = lookup_of(models.terms, models.margins.shape[1])
        if not place.size:
            return


def lookup_of(terms: Ints, width: int) -> Ints:
    """Say where, in all sums laid out in one row each, every entry of the curvature stands."""
    joined = terms[:, :, None] | terms[:, None, :]
    joined[joined < 0] = width
    joined += (width + 1) * np.arange(len(terms))[:, None, None]
    return joined


def newton_steps(terms: Ints, lookup: Ints, sums: Floats, missed: Floats) -> Floats:
    """Solve for the step that makes up what is missed, on a curvature of unit diagonal."""
    padded = np.concatenate([sums, np.zeros((len(sums), 1))], axis=1)
    curvature = padded.ravel().take(lookup)
    absent = terms < 0
    diagonal = np.einsum("bii->bi", curvature)
    diagonal[absent] = 1.0
    scale = 1.0 / np.sqrt(np.maximum(diagonal, 1e-300))
    curvature *= scale[:, :, None]
    curvature *= scale[:, None, :]
    diagonal += _RIDGE
    wanted = np.take_along_axis(missed, np.maximum(terms, 0), axis=1)
    wanted[absent] = 0.0
    solved: Floats = np.linalg.solve(curvature, (wanted * scale)[:, :, None])[:, :, 0] * scale
    return solved


def fitted(models: Models, coefficients: Floats) -> Floats:
    """Work out the fitted count of every combination left in each model."""
    return _counts_of(over_subsets(_spread(models, coefficients)), models.alive)


def _counts_of(logs: Floats, alive: Flags) -> Floats:
    counts: Floats = np.exp(np.minimum(logs, 700.0)) * alive
    return counts


def _spread(models: Models, values: Floats) -> Floats:
    """Write the value of each term to the place of its set."""
    width = models.margins.shape[1]
    places = np.zeros((len(values), width + 1))
    np.put_along_axis(places, models.terms, values, axis=1)
    return places[:, :width]


def _longest(moved: Floats, alive: Flags) -> Floats:
    longest: Floats = np.maximum((np.abs(moved) * alive).max(axis=1), 1e-300)
    return longest


def first_guess(models: Models, lookup: Ints) -> Floats:
    """Begin as weighted least squares on the logarithm of the counts and a tenth."""
    counts = _counts(models) + _ADDED
    weights = counts * models.alive
    working = over_supersets(weights * (np.log(counts) - _ADDED / counts))
    return newton_steps(models.terms, lookup, over_supersets(weights), working)


def _counts(models: Models) -> Floats:
    """Undo the sums over supersets."""
    counts = models.margins.copy()
    width = counts.shape[1]
    bit = 1
    while bit < width:
        halves = counts.reshape(len(counts), width // (2 * bit), 2, bit)
        halves[..., 0, :] -= halves[..., 1, :]
        bit *= 2
    return counts
