"""The model with the best Bayesian information criterion among all hierarchical ones.

Silverman, Chan, Vincent 2024, Statistics and Computing 34:44. The criterion counts the people
observed, and every term, also those never seen; models without an estimate are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlogy  # type: ignore[import-untyped]

from opennrm.statistics.estimation.existence import hierarchical_terms, standing
from opennrm.statistics.estimation.fitting import (
    CERTAIN_ROUNDS,
    Fits,
    Models,
    extended,
    fit,
    fitted,
)
from opennrm.statistics.estimation.hierarchies import (
    MAIN_EFFECTS,
    Model,
    all_models,
    neighbours,
    term_rows,
)
from opennrm.statistics.estimation.subsets import Floats, pairs
from opennrm.statistics.estimation.tables import ListTable

MOST_MODELS = 40_000
_MOST_LISTS_OF_ALL = 6
_EXPANSIONS = 80
_PATIENT_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Scored:
    """A model with its criterion and its estimate."""

    model: Model
    criterion: float
    estimate: float


@dataclass(frozen=True)
class Ranking:
    """The best models, best first; `exhaustive` when all up to the order were looked at."""

    best: tuple[Scored, ...]
    looked_at: int
    order: int
    exhaustive: bool


def rank(table: ListTable, *, order: int = 2, keep: int = 100) -> Ranking:
    """Rank the models of a table that have an estimate by their criterion.

    :raises TooManyModels: when there are too many of that order to fit them all.
    """
    lists = len(table.lists)
    exhaustive = lists <= _MOST_LISTS_OF_ALL or order > 2
    models = all_models(lists, order, MOST_MODELS) if exhaustive else []
    scores = score(table, models) if exhaustive else _search(table)
    best = list(admissible(table, sorted(scores, key=_by_criterion), keep))
    again = score(table, [one.model for one in best], rounds=_PATIENT_ROUNDS)
    return Ranking(tuple(sorted(again, key=_by_criterion)), len(scores), order, exhaustive)


def score(table: ListTable, models: list[Model], *, rounds: int = CERTAIN_ROUNDS) -> list[Scored]:
    """Fit each model and work out its criterion."""
    terms = term_rows(len(table.lists), models)
    margins = np.broadcast_to(table.margins, (len(models), len(table.margins)))
    ready = extended(margins, terms)
    fits = fit(ready, most=rounds)
    parameters = 1 + len(table.lists) + np.array([len(model) for model in models])
    found = criterion(table.dense, ready, fits, parameters)
    unseen = fits.unseen + table.people
    return [
        Scored(model, float(value), float(estimate))
        for model, value, estimate in zip(models, found, unseen, strict=True)
    ]


def criterion(counts: Floats, models: Models, fits: Fits, parameters: Floats) -> Floats:
    """Work out k log n - 2 log likelihood, with the factorials, for each fitted model."""
    expected = fitted(models, fits.coefficients)
    likelihood = (xlogy(counts, expected) - expected - gammaln(counts + 1)).sum(axis=-1)
    people = models.margins[:, 0]
    value: Floats = parameters * np.log(people) - 2 * likelihood
    return value


def admissible(table: ListTable, ranked: Iterable[Scored], keep: int) -> Iterator[Scored]:
    """Yield the first models that have one finite estimate."""
    kept = 0
    for one in ranked:
        if kept == keep:
            return
        if standing(table.dense, hierarchical_terms(len(table.lists), one.model)).fine:
            kept += 1
            yield one


def _by_criterion(one: Scored) -> tuple[float, int, Model]:
    return one.criterion, len(one.model), one.model


def _search(table: ListTable) -> list[Scored]:
    """Look around the best models found so far, from main effects and from all pairs."""
    lists = len(table.lists)
    known = {one.model: one for one in score(table, [MAIN_EFFECTS, pairs(lists)])}
    expanded: set[Model] = set()
    for _ in range(_EXPANSIONS):
        waiting = [one for one in known.values() if one.model not in expanded]
        if not waiting:
            break
        best = min(waiting, key=_by_criterion).model
        expanded.add(best)
        new = [one for one in neighbours(lists, best) if one not in known]
        known.update((one.model, one) for one in score(table, new))
    return list(known.values())
