"""All hierarchical models up to an order: a set of lists is a term only if all its parts are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from opennrm.statistics.estimation.existence import hierarchical_terms
from opennrm.statistics.estimation.fitting import NONE
from opennrm.statistics.estimation.subsets import Ints, members, sets_of_size, spelled

Model = tuple[int, ...]
"""The terms beyond intercept and single lists, by size and then in the order of the lists."""
MAIN_EFFECTS: Model = ()


class TooManyModels(ValueError):
    """More models than can all be fitted."""


def all_models(lists: int, order: int, most: int) -> list[Model]:
    """Name every model with all single lists and terms of at most that many lists.

    :raises TooManyModels: when there are more than that.
    """
    found: list[Model] = []
    for model in _grown(lists, MAIN_EFFECTS, 2, order):
        found.append(model)
        if len(found) > most:
            raise TooManyModels(f"more than {most} models of order {order} on {lists} lists")
    return found


def _grown(lists: int, model: Model, size: int, order: int) -> Iterator[Model]:
    """Add to a model every choice of the sets of one size it allows, and go on from there."""
    allowed = [one for one in sets_of_size(lists, size) if _allows(set(model), one)]
    if size > order or not allowed:
        yield model
        return
    for number in range(len(allowed) + 1):
        for chosen in combinations(allowed, number):
            yield from _grown(lists, (*model, *chosen), size + 1, order)


def _allows(model: set[int], added: int) -> bool:
    """Whether all parts of a set that lack one list are in the model; single lists always are."""
    parts = (added & ~(1 << place) for place in members(added))
    return all(part.bit_count() == 1 or part in model for part in parts)


def neighbours(lists: int, model: Model) -> list[Model]:
    """Name the models that differ by one pair of lists."""
    every = sets_of_size(lists, 2)
    return [
        tuple(pair for pair in every if (pair in model) != (pair == changed)) for changed in every
    ]


def term_rows(lists: int, models: Sequence[Model]) -> Ints:
    """Write the terms of each model into a row, filled up with NONE."""
    base = hierarchical_terms(lists, ())
    width = len(base) + max(map(len, models), default=0)
    rows = np.full((len(models), width), NONE, dtype=np.intp)
    rows[:, : len(base)] = base
    for row, model in zip(rows, models, strict=True):
        row[len(base) : len(base) + len(model)] = model
    return rows


def in_brackets(model: Model, lists: int) -> str:
    """Write a model by its largest terms, lists numbered from one: `[123,25,4]`."""
    every = [*(1 << place for place in range(lists)), *model]
    largest = [
        one for one in every if not any(one != more and one & more == one for more in every)
    ]
    written = ["".join(str(place + 1) for place in members(one)) for one in largest]
    return "[" + ",".join(sorted(written)) + "]"


def in_names(model: Model, names: Sequence[str], never_seen: Model = ()) -> str:
    """Write a model by the names of the lists of each term; mark those never seen together."""
    written = [
        spelled(one, names) + (" (never seen)" if one in never_seen else "") for one in model
    ]
    return "; ".join(written) or "main effects only"
