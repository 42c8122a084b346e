"""The stepwise choice: by a plain loop, on published samples, and where nothing can be chosen."""

import csv
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from opennrm.statistics.estimation.existence import hierarchical_terms, standing
from opennrm.statistics.estimation.fitting import extended, fit
from opennrm.statistics.estimation.hierarchies import term_rows
from opennrm.statistics.estimation.stepwise import THRESHOLD, TIE, choose
from opennrm.statistics.estimation.subsets import pairs
from opennrm.statistics.estimation.tables import ListTable
from tests.statistics.estimation.invented import (
    population,
    published,
    published_folder,
    table,
    tables,
)
from tests.statistics.estimation.test_drawing import REPLICATED


def in_order(chances: list[tuple[float, int, int]]) -> list[int]:
    """List pairs from the least chance on; of those that tie, the first pair comes first."""
    left, found = list(chances), []
    while left:
        lowest = min(left)[0]
        tied = [one for one in left if one[0] <= lowest * (1 + TIE)]
        first = min(tied, key=lambda one: one[1])
        left.remove(first)
        found.append(first[2])
    return found


def chosen_plainly(drawn: ListTable) -> tuple[int, ...]:
    """Choose as the paper says it, one model at a time."""
    model: tuple[int, ...] = ()
    while True:
        expected = fit(extended(drawn.margins[None], term_rows(len(drawn.lists), [model]))).sums[0]
        chances: list[tuple[float, int, int]] = []
        for place, pair in enumerate(pairs(len(drawn.lists))):
            seen = drawn.margins[pair]
            low, high = poisson.cdf(seen, expected[pair]), poisson.sf(seen - 1, expected[pair])
            if pair not in model and min(low, high) < THRESHOLD:
                chances.append((min(low, high), place, pair))
        for pair in in_order(chances):
            terms = hierarchical_terms(len(drawn.lists), (*model, pair))
            if standing(drawn.dense, terms).fine:
                model = (*model, pair)
                break
        else:
            return model


class TestChoose:
    @settings(deadline=None, max_examples=80)
    @given(tables(st.integers(3, 5)))
    def test_is_what_a_plain_loop_chooses(self, drawn: ListTable) -> None:
        if drawn.margins[[1 << place for place in range(len(drawn.lists))]].sum() == drawn.people:
            return

        assert tuple(choose(drawn.dense[None]).added[0]) == chosen_plainly(drawn)

    def test_takes_the_first_pair_where_two_tie(self) -> None:
        drawn = table(3, 15, 0, 1, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 4, lists=4)

        assert choose(drawn.dense[None]).added == [[12, 5]] == [list(chosen_plainly(drawn))]

    @settings(deadline=None, max_examples=20)
    @given(st.lists(tables(st.just(4)), min_size=2, max_size=12))
    def test_does_not_depend_on_the_other_samples(self, drawn: list[ListTable]) -> None:
        together = choose(np.array([one.dense for one in drawn]))

        alone = [choose(one.dense[None]) for one in drawn]

        assert together.added == [one.added[0] for one in alone]
        assert together.estimates == pytest.approx([one.estimates[0] for one in alone], rel=1e-7)

    @settings(deadline=None, max_examples=30)
    @given(tables(st.just(3)), st.permutations(range(3)))
    def test_does_not_depend_on_the_names_of_lists(self, drawn: ListTable, order) -> None:
        moved = np.zeros(8)
        for mask in range(8):
            moved[sum(1 << order[place] for place in range(3) if mask >> place & 1)] = drawn.dense[
                mask
            ]

        estimates = choose(np.array([drawn.dense, moved])).estimates

        assert estimates[0] == pytest.approx(estimates[1], rel=1e-6)

    @settings(deadline=None, max_examples=40)
    @given(tables(st.integers(2, 8), most=9))
    def test_never_counts_fewer_than_were_seen(self, drawn: ListTable) -> None:
        estimate = choose(drawn.dense[None]).estimates[0]

        assert estimate >= drawn.people * (1 - 1e-12)

    def test_has_no_finite_answer_where_no_two_lists_meet(self) -> None:
        assert math.isinf(choose(table(40, 30, 0, 20, lists=3).dense[None]).estimates[0])

    def test_leaves_out_a_list_that_a_sample_left_empty(self) -> None:
        counts = np.zeros((1, 8))
        counts[0, [1, 2, 3]] = 40, 30, 6

        choice = choose(counts)

        assert choice.added == [[]]
        assert choice.estimates[0] == pytest.approx(76 + 40 * 30 / 6)

    def test_sees_a_list_that_follows_another(self) -> None:
        drawn = population(3000, (0.2, 0.1, 0.2, 0.15), 3, together=0.5)

        choice = choose(drawn.dense[None])

        assert 3 in choice.added[0]
        assert choice.estimates[0] == pytest.approx(3000, rel=0.1)

    def test_works_with_eight_lists(self) -> None:
        drawn = population(4000, (0.1, 0.08, 0.06, 0.1, 0.05, 0.07, 0.09, 0.04), 4, together=0.4)

        choice = choose(drawn.dense[None])

        assert 3 in choice.added[0]
        assert choice.estimates[0] == pytest.approx(4000, rel=0.15)

    @pytest.mark.parametrize("threshold", [0, -0.1, 0.5])
    def test_refuses_a_threshold_that_means_nothing(self, threshold: float) -> None:
        with pytest.raises(ValueError, match="threshold"):
            choose(table(4, 3, 2, lists=2).dense[None], threshold)


class TestPublishedSamples:
    @pytest.mark.parametrize("name", REPLICATED)
    def test_have_the_published_estimates(self, name: str) -> None:
        with (published_folder() / f"replicates_{name}.csv").open(encoding="utf-8") as stream:
            rows = list(csv.reader(stream))
        counts = np.zeros((len(rows) - 1, 1 << len(published(name).lists)))
        counts[:, [int(column[2:][::-1], 2) for column in rows[0][2:]]] = [
            [float(value) for value in row[2:]] for row in rows[1:]
        ]
        wanted = np.array([float(row[1]) for row in rows[1:]])
        wanted[wanted > 1e6] = np.inf

        found = choose(counts).estimates

        assert found == pytest.approx(wanted, rel=1e-6)
