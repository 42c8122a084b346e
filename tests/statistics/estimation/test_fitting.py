"""Fitting many models side by side gives what fitting each alone gives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opennrm.statistics.estimation.existence import design, hierarchical_terms, standing
from opennrm.statistics.estimation.fitting import CERTAIN_ROUNDS, extended, fit
from opennrm.statistics.estimation.hierarchies import term_rows
from opennrm.statistics.estimation.loglinear import fit_model
from opennrm.statistics.estimation.subsets import over_subsets, over_supersets, pairs
from tests.statistics.estimation.invented import population, table, tables


class TestSums:
    @given(st.integers(1, 6), st.integers(0, 2**32 - 1))
    def test_over_supersets_and_subsets_add_what_they_say(self, lists: int, seed: int) -> None:
        values = np.random.default_rng(seed).random(1 << lists)
        masks = range(1 << lists)

        above, below = over_supersets(values), over_subsets(values)

        assert above == pytest.approx([sum(values[m] for m in masks if m & s == s) for s in masks])
        assert below == pytest.approx([sum(values[m] for m in masks if m & s == m) for s in masks])


class TestFit:
    @settings(deadline=None, max_examples=60)
    @given(tables(st.integers(2, 5)), st.data())
    def test_matches_every_total_of_the_model(self, drawn, data) -> None:
        every = pairs(len(drawn.lists))
        model = tuple(data.draw(st.sets(st.sampled_from(every))))
        ready = extended(drawn.margins[None], term_rows(len(drawn.lists), [model]))

        fits = fit(ready)

        if standing(drawn.dense, hierarchical_terms(len(drawn.lists), model)).exists:
            seen = ready.terms[0][ready.terms[0] >= 0]
            assert fits.sums[0, seen] == pytest.approx(drawn.margins[seen], rel=1e-7)

    def test_gives_the_ratio_formula_where_there_is_one(self) -> None:
        drawn = table(30, 40, 8, 50, 5, 6, 2, lists=3)
        full = fit_model(drawn, pairs(3))

        # Without three-way term: unseen = n_A n_B n_C n_ABC / (n_AB n_AC n_BC).
        assert full.estimate - drawn.people == pytest.approx(30 * 40 * 50 * 2 / (8 * 5 * 6))

    def test_does_not_depend_on_its_neighbours_in_the_batch(self) -> None:
        models = [(), (3,), (3, 5), (6, 9), pairs(4)]
        drawn = population(900, (0.2, 0.25, 0.3, 0.1), 5)
        ready = extended(
            np.tile(drawn.margins, (len(models), 1)), term_rows(len(drawn.lists), models)
        )

        together = fit(ready).unseen

        alone = [fit_model(drawn, model).estimate - drawn.people for model in models]
        assert together == pytest.approx(alone, rel=1e-8)

    def test_finds_its_way_from_a_bad_start(self) -> None:
        drawn = population(2000, (0.1, 0.2, 0.3, 0.1, 0.05), 6)
        ready = extended(drawn.margins[None], term_rows(5, [(3, 6)]))

        far = fit(ready, np.full(ready.terms.shape, 3.0))

        assert far.unseen == pytest.approx(fit(ready).unseen, rel=1e-8)


class TestCertainty:
    @settings(deadline=None, max_examples=300)
    @given(tables(st.integers(3, 5), most=6), st.data())
    def test_of_a_fit_that_settles_is_what_the_linear_programme_says(self, drawn, data) -> None:
        every = pairs(len(drawn.lists))
        model = tuple(sorted(data.draw(st.sets(st.sampled_from(every), min_size=1))))
        terms = hierarchical_terms(len(drawn.lists), model)
        stands = standing(drawn.dense, terms)
        ready = extended(drawn.margins[None], term_rows(len(drawn.lists), [model]))

        settled = bool(fit(ready, most=CERTAIN_ROUNDS).settled[0])

        if settled:
            assert stands.exists
        if not stands.exists:
            assert not settled


class TestDesign:
    def test_writes_one_where_the_term_is_inside_the_cell(self) -> None:
        assert design([1, 3], [0, 1, 2, 3]).tolist() == [[1, 1, 0, 0], [1, 1, 1, 1]]
