"""Samples are fair, always the same for a seed, and those R draws."""

import csv

import numpy as np
import pytest
from scipy.stats import binom, chisquare

from opennrm.statistics.estimation.drawing import binomial, samples_of, uniform_numbers
from tests.statistics.estimation.invented import population, published, published_folder, table

REPLICATED = (
    "artificial_3",
    "korea_3",
    "australia_4",
    "western_us_5",
    "uk_5",
    "netherlands_5",
    "uk_6",
)


class TestUniformNumbers:
    def test_are_those_of_r(self) -> None:
        uniform = uniform_numbers(1234)

        assert [round(uniform(), 7) for _ in range(3)] == [0.1137034, 0.6222994, 0.6092747]

    def test_go_on_past_a_block(self) -> None:
        uniform = uniform_numbers(1)
        numbers = [uniform() for _ in range(20_000)]

        assert min(numbers) > 0 and max(numbers) < 1
        assert len(set(numbers)) > 19_990


class TestBinomial:
    @pytest.mark.parametrize(
        ("trials", "chance"), [(20, 0.3), (500, 0.02), (400, 0.4), (400, 0.85), (90_000, 0.37)]
    )
    def test_is_fair(self, trials: int, chance: float) -> None:
        uniform = uniform_numbers(7)
        drawn = np.array([binomial(trials, chance, uniform) for _ in range(20_000)])
        cuts = binom.ppf(np.linspace(0.1, 0.9, 9), trials, chance)
        expected = np.diff([0, *binom.cdf(cuts, trials, chance), 1])
        observed = np.bincount(np.searchsorted(cuts, drawn), minlength=len(expected))

        kept = expected > 1e-9

        assert chisquare(observed[kept], expected[kept] * len(drawn)).pvalue > 1e-4

    def test_of_no_trials_is_none(self) -> None:
        assert binomial(0, 0.4, uniform_numbers(1)) == 0


class TestSamples:
    def test_hold_as_many_people_as_the_table(self) -> None:
        drawn = population(500, (0.3, 0.2, 0.4), 1)

        assert (samples_of(drawn, 50, 9).sum(axis=1) == drawn.people).all()

    def test_are_the_same_for_the_same_seed_only(self) -> None:
        drawn = table(30, 40, 8, 50, lists=3)

        first, again, other = (samples_of(drawn, 5, seed) for seed in (3, 3, 4))

        assert (first == again).all()
        assert (first != other).any()

    def test_stay_what_they_were(self) -> None:
        drawn = table(300, 400, 80, 500, 5, 60, 2, lists=3)

        first, second = samples_of(drawn, 2, 1234)[:, 1:].tolist()

        assert first == [287, 413, 77, 507, 3, 57, 3]
        assert second == [305, 399, 84, 489, 3, 64, 3]

    def test_keep_to_the_combinations_that_were_seen(self) -> None:
        drawn = table(30, 40, 0, 50, 0, 6, lists=3)

        assert samples_of(drawn, 20, 2)[:, [0, 3, 5, 7]].sum() == 0

    @pytest.mark.parametrize("name", REPLICATED)
    def test_are_those_of_r(self, name: str) -> None:
        drawn = published(name)
        with (published_folder() / f"replicates_{name}.csv").open(encoding="utf-8") as stream:
            rows = list(csv.reader(stream))
        places = [int(column[2:][::-1], 2) for column in rows[0][2:]]
        wanted = np.array([row[2:] for row in rows[1:]], dtype=float)

        found = samples_of(drawn, len(wanted), 1234)[:, places]

        assert (found == wanted).all()
