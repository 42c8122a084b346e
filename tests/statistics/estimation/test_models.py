"""All models, all graphs, both posteriors: counted, and against plain sums on small tables."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln
from scipy.stats import poisson

from opennrm.statistics.estimation.chapman import chapman
from opennrm.statistics.estimation.chordal import clique_weights, decomposable_graphs
from opennrm.statistics.estimation.fitting import extended, fit, fitted
from opennrm.statistics.estimation.graphs import Grid, posterior
from opennrm.statistics.estimation.hierarchies import (
    TooManyModels,
    all_models,
    in_brackets,
    term_rows,
)
from opennrm.statistics.estimation.information import rank
from opennrm.statistics.estimation.information_limits import numbers, widen
from opennrm.statistics.estimation.loglinear import fit_model
from opennrm.statistics.estimation.metropolis import NoPosterior, Target, draw
from opennrm.statistics.estimation.tables import ListTable
from opennrm.statistics.estimation.thresholding import threshold
from tests.statistics.estimation.invented import population, table, tables


class TestAllModels:
    @pytest.mark.parametrize(
        ("lists", "order", "number"), [(3, 2, 8), (4, 2, 64), (4, 3, 113), (5, 2, 1024)]
    )
    def test_are_as_many_as_counted_elsewhere(self, lists: int, order: int, number: int) -> None:
        models = all_models(lists, order, 10_000)

        assert len(set(models)) == len(models) == number

    def test_are_refused_when_too_many(self) -> None:
        with pytest.raises(TooManyModels):
            all_models(6, 2, 1000)

    def test_are_written_by_their_largest_terms(self) -> None:
        assert in_brackets((3, 5, 6, 7), 4) == "[123,4]"
        assert in_brackets((), 2) == "[1,2]"


class TestCriterion:
    @settings(deadline=None, max_examples=25)
    @given(tables(st.just(3), most=40))
    def test_is_that_of_the_likelihood_written_out(self, drawn: ListTable) -> None:
        for one in rank(drawn).best:
            ready = extended(drawn.margins[None], term_rows(3, [one.model]))
            expected = fitted(ready, fit(ready).coefficients)[0]
            likelihood = poisson.logpmf(drawn.dense, expected)[1:].sum()
            parameters = 4 + len(one.model)

            assert one.estimate == pytest.approx(fit_model(drawn, one.model).estimate, rel=1e-7)
            assert one.criterion == pytest.approx(
                parameters * math.log(drawn.people) - 2 * likelihood, rel=1e-7
            )

    def test_picks_the_dependence_that_is_there(self) -> None:
        drawn = population(4000, (0.2, 0.1, 0.2, 0.15), 3, together=0.6)

        assert rank(drawn).best[0].model == (3,)

    def test_is_looked_for_among_seven_lists(self) -> None:
        drawn = population(3000, (0.1, 0.08, 0.06, 0.1, 0.05, 0.07, 0.09), 4, together=0.5)

        ranking = rank(drawn, keep=5)

        assert not ranking.exhaustive
        assert 3 in ranking.best[0].model

    def test_limits_widen_with_the_models_to_choose_from(self) -> None:
        drawn = population(500, (0.2, 0.15, 0.2), 3)
        widening = widen(drawn, rank(drawn), 200, 3)
        widths = {
            number: one.limits[0.975] - one.limits[0.025]
            for number, one in widening.by_number.items()
        }

        assert list(widths) == numbers(len(rank(drawn).best))
        assert widths[max(widths)] >= widths[1] * 0.95


class TestGraphs:
    @pytest.mark.parametrize(("lists", "number"), [(2, 2), (3, 8), (4, 61), (5, 822)])
    def test_are_as_many_as_counted_elsewhere(self, lists: int, number: int) -> None:
        assert len(decomposable_graphs(lists)) == number

    def test_leave_out_a_square_without_a_cut(self) -> None:
        square = frozenset({3, 6, 12, 9})

        assert clique_weights(4, square) is None
        assert clique_weights(4, square | {5}) == {7: 1, 13: 1, 5: -1}

    def test_posterior_is_the_plain_sum(self) -> None:
        drawn = table(12, 9, 3, lists=2)
        weight, largest = 0.25, 30 * drawn.people
        logs = np.array(
            [
                np.logaddexp(_joined(drawn, n0, weight), _apart(drawn, n0, weight))
                for n0 in range(1, largest + 1)
            ]
        )
        mass = np.exp(logs - logs.max())
        total = np.cumsum(mass / mass.sum())

        assert posterior(drawn).median == drawn.people + 1 + int(np.searchsorted(total, 0.5))

    def test_blocks_stand_for_every_number_once(self) -> None:
        grid = Grid.up_to(100_000, 300)

        assert grid.stands_for.sum() == 100_000
        assert (grid.stands_for * grid.unseen).sum() == pytest.approx(100_000 * 100_001 / 2)

    def test_with_seven_lists_are_looked_for(self) -> None:
        drawn = population(3000, (0.1, 0.08, 0.06, 0.1, 0.05, 0.07, 0.09), 4, together=0.5)

        found = posterior(drawn)

        assert not found.exhaustive
        assert found.median == pytest.approx(3000, rel=0.15)
        assert found.limits[0.025] < found.median < found.limits[0.975]


def _joined(drawn: ListTable, unseen: int, weight: float) -> float:
    counts = np.array([unseen, *drawn.dense[1:]])
    return _base(drawn, unseen) + _of(counts, weight)


def _apart(drawn: ListTable, unseen: int, weight: float) -> float:
    whole = unseen + drawn.people
    return _base(drawn, unseen) + sum(
        _of(np.array([whole - drawn.margins[one], drawn.margins[one]]), 2 * weight)
        for one in (1, 2)
    )


def _of(counts: np.ndarray, own: float) -> float:  # type: ignore[type-arg]
    return float(
        gammaln(counts + own).sum()
        - len(counts) * gammaln(own)
        + gammaln(len(counts) * own)
        - gammaln(counts.sum() + len(counts) * own)
    )


def _base(drawn: ListTable, unseen: int) -> float:
    whole = unseen + drawn.people
    return float(gammaln(whole + 1) - gammaln(unseen + 1) - math.log(whole))


class TestThresholding:
    def test_draws_have_the_moments_of_a_known_posterior(self) -> None:
        target = Target(np.ones((1, 1)), np.array([50.0]), np.zeros(1))

        values = np.exp(draw(target, 3).values)

        # A flat prior on the logarithm of a Poisson mean: a gamma distribution.
        assert values.mean() == pytest.approx(50, rel=0.02)
        assert values.std() == pytest.approx(math.sqrt(50), rel=0.05)

    def test_keeps_the_dependence_that_is_there(self) -> None:
        drawn = population(4000, (0.2, 0.1, 0.2, 0.15), 3, together=0.6)

        found = threshold(drawn, proper=True, seed=1)

        assert 3 in found.kept
        assert found.median == pytest.approx(4000, rel=0.15)
        assert found.ratio < 1.05

    def test_with_flat_priors_needs_lists_that_overlap(self) -> None:
        with pytest.raises(NoPosterior):
            threshold(table(40, 30, 6, 20, lists=3), proper=False, seed=1)


class TestChapman:
    def test_is_the_formula(self) -> None:
        [found] = chapman(table(30, 40, 10, lists=2))

        assert found.estimate == pytest.approx(41 * 51 / 11 - 1)
        assert found.low < found.estimate < found.high

    def test_of_the_same_people_twice_adds_nobody(self) -> None:
        [found] = chapman(table(0, 0, 10, lists=2))

        assert (found.estimate, found.low, found.high) == (10, 10, 10)

    def test_looks_at_every_two_lists(self) -> None:
        drawn = population(500, (0.3, 0.2, 0.4, 0.3), 1)

        named = {one.lists for one in chapman(drawn)}

        assert named == {f"{one}:{other}" for one, other in combinations("ABCD", 2)}
