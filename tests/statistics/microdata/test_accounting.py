"""What a release costs: exact sums, a delta that is small, and OpenDP's own word for it."""

import math

import numpy as np
import pytest

from opennrm.statistics.microdata import Budget, BudgetRefused, Promise, epsilon_of, promise_of
from opennrm.statistics.microdata.noise import NoiseRefused, noisy, scale_for


class TestPromiseOf:
    # The marks of Canonne, Kamath and Steinke's conversion at a delta of one millionth.
    @pytest.mark.parametrize(
        ("rho", "epsilon"), [(0.01, 0.62), (0.025, 1.01), (0.1, 2.14), (0.5, 5.22), (1.0, 7.77)]
    )
    def test_agrees_with_known_marks(self, rho, epsilon):
        assert epsilon_of(rho, 1e-6) == pytest.approx(epsilon, abs=0.006)

    def test_never_promises_more_than_was_asked_for(self):
        for epsilon in (0.5, 1.0, 2.0, 4.0):
            assert promise_of(epsilon).epsilon <= epsilon

    def test_refuses_a_large_delta(self):
        with pytest.raises(BudgetRefused, match="Delta is at most 1e-06"):
            promise_of(1.0, 1e-5)

    @pytest.mark.parametrize("epsilon", [0, -1, 11, 0.001, math.nan])
    def test_refuses_an_epsilon_that_means_nothing(self, epsilon):
        with pytest.raises(BudgetRefused, match=r"[Ee]psilon"):
            promise_of(epsilon)

    def test_loses_no_unit_when_it_is_split(self):
        assert sum(Promise(293_063, 1e-6).parts(0.01, 0.12)) == 293_063


class TestBudget:
    def test_adds_up_exactly_and_refuses_the_unit_too_many(self):
        budget = Budget(500_000)
        for _ in range(20):
            budget = budget.charged(25_000)

        assert budget.spent == 500_000
        with pytest.raises(BudgetRefused, match="only 0 of 500,000 are left"):
            budget.charged(1)

    def test_refuses_a_release_for_nothing(self):
        with pytest.raises(BudgetRefused, match="at least one unit"):
            Budget(10).charged(0)


class TestNoisy:
    def test_has_the_spread_that_was_stated(self):
        scale = scale_for(10_000, 3.0)

        drawn = noisy(np.zeros(20_000, np.int64), units=10_000, sensitivity=3.0)

        assert drawn.std() == pytest.approx(scale, rel=0.03)
        assert abs(drawn.mean()) < 4 * scale / math.sqrt(20_000)

    def test_is_refused_where_opendp_finds_it_too_dear(self, monkeypatch):
        monkeypatch.setattr(
            "opennrm.statistics.microdata.noise.scale_for", lambda *_: scale_for(20_000, 3.0)
        )

        with pytest.raises(NoiseRefused, match="would cost 20000"):
            noisy(np.zeros(3, np.int64), units=10_000, sensitivity=3.0)
