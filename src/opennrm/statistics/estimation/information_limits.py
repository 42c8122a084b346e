"""Bootstrap limits around the best model, chosen again among the best few in every sample.

Silverman, Chan, Vincent 2024, Statistics and Computing 34:44: the limits widen with the number of
models that may be chosen, so they are reported for several numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from opennrm.statistics.estimation.drawing import samples_of
from opennrm.statistics.estimation.existence import hierarchical_terms, identified, standing
from opennrm.statistics.estimation.fitting import CERTAIN_ROUNDS, extended, fit
from opennrm.statistics.estimation.hierarchies import Model, term_rows
from opennrm.statistics.estimation.information import Ranking, criterion
from opennrm.statistics.estimation.resampling import Resampled, limits_of, one_person_less
from opennrm.statistics.estimation.subsets import Flags, Floats, Ints, over_supersets
from opennrm.statistics.estimation.tables import ListTable

STEPS = (1, 2, 5, 10, 20, 50, 100)
_EXACT_PEOPLE = 1e7


@dataclass(frozen=True)
class Widening:
    """The limits for each number of models that may be chosen."""

    by_number: Mapping[int, Resampled]

    @property
    def widest(self) -> Resampled:
        """The limits with the most models to choose from."""
        return self.by_number[max(self.by_number)]


def widen(table: ListTable, ranking: Ranking, times: int, seed: int) -> Widening:
    """Choose again in each sample, among the best one, two, five ... models."""
    less, weights = one_person_less(table)
    counts = np.concatenate([less, samples_of(table, times, seed)])
    models = [one.model for one in ranking.best]
    columns = [_fit_to_all(counts, len(table.lists), model) for model in models]
    criteria, estimates, settled = (
        np.stack(parts, axis=1) for parts in zip(*columns, strict=True)
    )
    unseen = np.zeros_like(settled)
    again = _Again(counts, models, criteria, estimates, settled, unseen, over_supersets(counts))
    estimate = ranking.best[0].estimate
    by_number = {}
    for number in numbers(len(models)):
        found = again.among(number)
        split = found[: len(less)], found[len(less) :]
        by_number[number] = limits_of(estimate, split[1], (split[0], weights), seed)
    return Widening(by_number)


def numbers(models: int) -> list[int]:
    """Say for how many models limits are worked out."""
    return [*(step for step in STEPS if step < models), models]


def _fit_to_all(counts: Floats, lists: int, model: Model) -> tuple[Floats, Floats, Flags]:
    """Fit one model to every sample: criterion, estimate, and whether the fit proves itself."""
    terms = np.broadcast_to(term_rows(lists, [model]), (len(counts), 1 + lists + len(model)))
    ready = extended(over_supersets(counts), terms)
    fits = fit(ready, most=CERTAIN_ROUNDS)
    value = criterion(counts, ready, fits, np.full(len(counts), terms.shape[1]))
    people = ready.margins[:, 0]
    return value, people + fits.unseen, fits.settled & (people < _EXACT_PEOPLE)


@dataclass(slots=True)
class _Again:
    """What every model gives for every sample; criteria become infinite where it has none."""

    counts: Floats
    models: list[Model]
    criteria: Floats
    estimates: Floats
    settled: Flags
    looked_at: Flags
    margins: Floats

    def among(self, number: int) -> Floats:
        """The estimate of the best of the first models that has one, for each sample."""
        every = np.arange(len(self.counts))
        rows = every
        while rows.size:
            best = self.criteria[rows, :number].argmin(axis=1)
            rows = rows[self._ruled_out(rows, best)]
        best = self.criteria[:, :number].argmin(axis=1)
        without = ~np.isfinite(self.criteria[every, best])
        return np.where(without, np.inf, self.estimates[every, best])

    def _ruled_out(self, rows: Ints, best: Ints) -> Flags:
        """Look at the best model of each sample once; rule it out if it has no estimate."""
        out = ~self.looked_at[rows, best]
        for place in np.flatnonzero(out):
            row, number = int(rows[place]), int(best[place])
            self.looked_at[row, number] = True
            out[place] = not self._fine(row, number)
        self.criteria[rows[out], best[out]] = np.inf
        return out

    def _fine(self, row: int, number: int) -> bool:
        terms = hierarchical_terms(self.margins.shape[1].bit_length() - 1, self.models[number])
        if self.settled[row, number]:
            return identified(self.margins[row], terms)
        return standing(self.counts[row], terms).fine
