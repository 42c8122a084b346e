"""Bootstrap limits: the formulas by hand, ties, samples without an estimate, and coverage."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats.mstats import mquantiles

from opennrm.statistics.estimation.resampling import (
    acceleration_of,
    bias_of,
    corrected,
    one_person_less,
    quantile,
    resample,
)
from opennrm.statistics.estimation.shapes import histogram, humps
from opennrm.statistics.estimation.stepwise import stepwise_estimates
from tests.statistics.estimation.invented import population, table


class TestQuantile:
    @given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.floats(0.001, 0.999))
    def test_is_definition_eight(self, values: list[float], level: float) -> None:
        expected = mquantiles(np.array(values), [level], alphap=1 / 3, betap=1 / 3)[0]

        assert quantile(np.array(values), level) == pytest.approx(expected, abs=1e-6)

    def test_of_values_without_end_is_without_end(self) -> None:
        values = np.array([1.0, 2.0, math.inf, math.inf])

        assert quantile(values, 0.2) == pytest.approx(1.2)
        assert math.isinf(quantile(values, 0.6))
        assert math.isinf(quantile(values, 0.95))


class TestBias:
    def test_does_not_let_floating_point_break_ties(self) -> None:
        again = np.array([1.0, 2.0, 2.0 * (1 - 1e-13), 3.0])

        assert bias_of(2.0, again) == bias_of(2.0, np.array([1.0, 2.0, 2.0, 3.0]))

    def test_is_none_where_half_lie_below(self) -> None:
        assert bias_of(2.5, np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(0)


class TestAcceleration:
    def test_follows_the_formula(self) -> None:
        less, weights = np.array([10.0, 12.0, 7.0]), np.array([2.0, 1.0, 3.0])
        apart = (10 * 2 + 12 + 7 * 3) / 6 - less
        expected = (weights * apart**3).sum() / (6 * (weights * apart**2).sum() ** 1.5)

        assert acceleration_of(less, weights) == pytest.approx(expected)

    def test_is_none_where_nothing_changes(self) -> None:
        assert acceleration_of(np.array([4.0, 4.0]), np.array([1.0, 2.0])) == 0

    def test_without_bias_leaves_the_level_alone(self) -> None:
        assert corrected(0.1, 0.0, 0.0) == pytest.approx(0.1)


class TestResample:
    def test_takes_one_person_of_each_kind_away(self) -> None:
        counts, weights = one_person_less(table(3, 1, 2, lists=2))

        assert counts[:, 1:].tolist() == [[2, 1, 2], [3, 0, 2], [3, 1, 1]]
        assert weights.tolist() == [3, 1, 2]

    def test_is_the_same_for_the_same_seed(self) -> None:
        drawn = population(400, (0.3, 0.2, 0.25), 2)

        first, again = (resample(drawn, stepwise_estimates, 200, 5) for _ in range(2))

        assert first.limits == again.limits

    def test_survives_samples_that_leave_a_list_empty(self) -> None:
        drawn = table(30, 20, 6, 1, 0, 2, lists=3)

        again = resample(drawn, stepwise_estimates, 300, 5)

        assert again.without_limit < 300
        assert again.limits[0.025] >= drawn.people

    def test_covers_the_known_number_most_of_the_time(self) -> None:
        inside = 0
        for seed in range(40):
            drawn = population(800, (0.25, 0.2, 0.3, 0.15), seed)
            low, high = resample(drawn, stepwise_estimates, 200, seed).interval
            inside += low <= 800 <= high

        assert inside >= 32


class TestShapes:
    def test_show_one_hump_and_two(self) -> None:
        random = np.random.default_rng(3)
        one, other = random.lognormal(7, 0.1, 500), random.lognormal(8, 0.1, 500)

        assert len(humps(one)) == 1
        assert len(humps(np.concatenate([one, other]))) == 2

    def test_count_everyone_finite(self) -> None:
        counted = histogram(np.array([1.0, 2.0, 4.0, 1000.0, math.inf]))

        assert sum(counted["counts"]) == 4
        assert len(counted["edges"]) == len(counted["counts"]) + 1

    def test_are_empty_where_nothing_is_finite(self) -> None:
        assert histogram(np.array([math.inf])) == {"edges": [], "counts": []}
        assert humps(np.array([math.inf])) == []
