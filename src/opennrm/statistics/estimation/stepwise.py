"""Stepwise choice of a log-linear model, on a whole batch of samples at once.

Chan, Silverman, Vincent 2021, Journal of the American Statistical Association 116:1297: begin
with main effects; add the pair of lists whose overlap is least likely under the model fitted so
far, as long as its chance is below a threshold and the enlarged model has an estimate.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammainc, gammaincc  # type: ignore[import-untyped]

from opennrm.statistics.estimation.existence import hierarchical_terms, standing
from opennrm.statistics.estimation.fitting import (
    CERTAIN_ROUNDS,
    NONE,
    Fits,
    Models,
    extended,
    fit,
)
from opennrm.statistics.estimation.subsets import (
    Flags,
    Floats,
    Ints,
    over_supersets,
    pairs,
    sets_of_size,
)

THRESHOLD = 0.02
HIGHEST_THRESHOLD = 0.2
_EXACT_PEOPLE = 1e7
_SURE_ROUNDS = 60
# Chances this near each other are the same: lists of one size tie, and rounding must not choose.
TIE = 1e-9


class Choice:
    """Samples of one set of lists, with the model chosen so far for each."""

    def __init__(self, counts: Floats) -> None:
        """Fit main effects to every sample."""
        self.counts = counts
        self.lists = counts.shape[1].bit_length() - 1
        self.pairs = np.array(pairs(self.lists), dtype=np.intp)
        self.added: list[list[int]] = [[] for _ in counts]
        base = np.array(hierarchical_terms(self.lists, ()), dtype=np.intp)
        self.base = len(base)
        width = self.base + len(self.pairs)
        margins = over_supersets(counts)
        self.models = extended(margins, np.tile(base, (len(counts), 1)))
        ready = self.models.terms
        first = fit(self.models, most=_SURE_ROUNDS)
        self.models.terms = np.full((len(counts), width), NONE, dtype=np.intp)
        self.models.terms[:, : self.base] = ready
        self.coefficients = np.zeros((len(counts), width))
        self.coefficients[:, : self.base] = first.coefficients
        self.sums = first.sums
        self.taken = np.zeros((len(counts), len(self.pairs)), dtype=bool)

    @property
    def estimates(self) -> Floats:
        """Everyone, seen and unseen; infinite where no two lists of a sample overlap."""
        people = self.models.margins[:, 0]
        apart = self.models.margins[:, [1 << place for place in range(self.lists)]].sum(axis=1)
        found: Floats = people + np.exp(np.minimum(self.coefficients[:, 0], 700.0))
        return np.where(apart <= people, np.inf, found)

    def chances(self, rows: Ints) -> Floats:
        """How likely each overlap not yet in the model is, or one further out.

        Of the two one-sided chances only the one on the side where the count lies can be below
        the threshold, so only that one is worked out.
        """
        seen = self.models.margins[np.ix_(rows, self.pairs)]
        expected = self.sums[np.ix_(rows, self.pairs)]
        few = seen < expected
        chance = np.ones_like(seen)
        chance[few] = gammaincc(seen[few] + 1, expected[few])
        many = ~few & (seen > 0)
        chance[many] = gammainc(seen[many], expected[many])
        chance[self.taken[rows]] = np.inf
        return chance


def choose(counts: Floats, threshold: float = THRESHOLD) -> Choice:
    """Choose a model for every sample, each row of counts being one sample.

    :raises ValueError: when the threshold is not between 0 and a fifth.
    """
    if not 0 < threshold <= HIGHEST_THRESHOLD:
        raise ValueError(f"A threshold lies above 0 and is at most {HIGHEST_THRESHOLD}.")
    choice = Choice(counts)
    every = choice.models.margins[:, [1 << place for place in range(choice.lists)]] > 0
    rows = np.flatnonzero(every.all(axis=1))
    for number in range(len(choice.pairs)):
        rows = _step(choice, rows, number, threshold)
        if not rows.size:
            break
    return choice


def stepwise_estimates(counts: Floats) -> Floats:
    """Estimate everyone for each row of counts, the whole choice made for each."""
    return choose(counts).estimates


def _step(choice: Choice, rows: Ints, number: int, threshold: float) -> Ints:
    """Add one more pair to each sample that has one to add; name those samples."""
    chances = choice.chances(rows)
    chances[chances >= threshold] = np.inf
    enlarged = []
    while rows.size:
        best = least(chances)
        has = np.isfinite(chances[np.arange(len(rows)), best])
        rows, best, chances = rows[has], best[has], chances[has]
        if rows.size:
            passed = _try(choice, rows, best, number)
            enlarged.append(rows[passed])
            chances[np.arange(len(rows)), best] = np.inf
            rows, chances = rows[~passed], chances[~passed]
    return np.sort(np.concatenate(enlarged)) if enlarged else rows


def least(chances: Floats) -> Ints:
    """Return the place of the least chance in each row, the first of those that tie."""
    lowest = chances.min(axis=1, keepdims=True)
    places: Ints = (chances <= lowest * (1 + TIE)).argmax(axis=1)
    return places


def _try(choice: Choice, rows: Ints, best: Ints, number: int) -> Flags:
    """Fit each enlarged model and keep those that have an estimate."""
    column = choice.base + number
    models, start = _enlarged(choice, rows, best, column)
    fits = fit(models, start, most=CERTAIN_ROUNDS)
    sure = fits.settled & (models.margins[:, 0] < _EXACT_PEOPLE)
    passed = sure & _identified(choice, rows, best)
    for place in np.flatnonzero(~sure):
        passed[place] = _looked_at(choice, rows[place], choice.pairs[best[place]])
    slow = np.flatnonzero(passed & ~fits.settled)
    if slow.size:
        again = fit(models.rows(slow), start[slow])
        fits.coefficients[slow], fits.sums[slow] = again.coefficients, again.sums
    _keep(choice, rows[passed], best[passed], _part(models, fits, passed), column)
    return passed


def _part(models: Models, fits: Fits, passed: Flags) -> tuple[Models, Floats, Floats]:
    return models.rows(passed), fits.coefficients[passed], fits.sums[passed]


def _keep(
    choice: Choice, rows: Ints, best: Ints, part: tuple[Models, Floats, Floats], column: int
) -> None:
    models, coefficients, sums = part
    choice.models.terms[rows, : column + 1] = models.terms
    choice.models.alive[rows] = models.alive
    choice.coefficients[rows, : column + 1] = coefficients
    choice.sums[rows] = sums
    choice.taken[rows, best] = True
    for row, pair in zip(rows.tolist(), choice.pairs[best].tolist(), strict=True):
        choice.added[row].append(pair)


def _enlarged(choice: Choice, rows: Ints, best: Ints, column: int) -> tuple[Models, Floats]:
    """Add a pair to each model, begun so that its overlap fits; one never seen goes out."""
    pair = choice.pairs[best]
    models = choice.models.rows(rows)
    terms, start = models.terms[:, : column + 1], choice.coefficients[rows, : column + 1]
    seen = models.margins[np.arange(len(rows)), pair]
    expected = choice.sums[rows, pair]
    there = seen > 0
    terms[there, column] = pair[there]
    start[there, column] = np.log(seen[there] / np.maximum(expected[there], 1e-300))
    cells = np.arange(models.alive.shape[1])
    holds = (cells[None, :] & pair[:, None]) == pair[:, None]
    models.alive[~there] &= ~holds[~there]
    models.terms = terms
    return models, start


def _identified(choice: Choice, rows: Ints, best: Ints) -> Flags:
    """Whether a model of pairs is identified, read from its pairs.

    With single lists and the pairs seen fixing their own coefficients, the intercept is fixed by
    any pair left out of the model, or by any three lists each two of which overlap.
    """
    taken = choice.taken[rows]
    taken[np.arange(len(rows)), best] = True
    identified: Flags = np.asarray(~taken.all(axis=1))
    seen = choice.models.margins[np.ix_(rows, choice.pairs)] > 0
    place = {pair: number for number, pair in enumerate(choice.pairs.tolist())}
    for three in sets_of_size(choice.lists, 3):
        within = [number for pair, number in place.items() if pair & three == pair]
        np.logical_or(identified, seen[:, within].all(axis=1), out=identified)
    return identified


def _looked_at(choice: Choice, row: int, pair: int) -> bool:
    terms = hierarchical_terms(choice.lists, (*choice.added[row], pair))
    return standing(choice.counts[row], terms).fine
