"""Existence and identification of estimates, by hand and against published checks."""

import csv

import numpy as np
import pytest

from opennrm.statistics.estimation.existence import hierarchical_terms, standing
from opennrm.statistics.estimation.loglinear import overlapping_triangle
from opennrm.statistics.estimation.subsets import pairs
from tests.statistics.estimation.invented import published, published_folder, table


class TestStanding:
    def test_is_fine_where_every_combination_was_seen(self) -> None:
        drawn = table(9, 8, 3, 7, 2, 4, 1, lists=3)

        assert standing(drawn.dense, hierarchical_terms(3, pairs(3))).code == 0

    def test_does_not_exist_where_all_are_on_one_list(self) -> None:
        drawn = table(9, 0, 3, 0, 2, 0, 1, lists=3)

        assert standing(drawn.dense, hierarchical_terms(3, ())).code == 1

    def test_is_not_identified_by_two_lists_and_their_pair(self) -> None:
        drawn = table(9, 8, 3, lists=2)

        assert standing(drawn.dense, hierarchical_terms(2, (3,))).code == 2

    def test_is_neither_where_no_two_lists_meet_and_all_pairs_are_in(self) -> None:
        drawn = table(9, 8, 0, 7, lists=3)

        assert standing(drawn.dense, hierarchical_terms(3, pairs(3))).identified is False

    def test_depends_only_on_which_combinations_were_seen(self) -> None:
        small, large = table(1, 1, 1, 1, 0, 1, lists=3), table(9, 700, 3, 8, 0, 12, lists=3)

        for model in ((), (3,), (3, 6), pairs(3)):
            terms = hierarchical_terms(3, model)
            assert standing(small.dense, terms) == standing(large.dense, terms)

    def test_says_what_was_published(self) -> None:
        with (published_folder() / "existence_checks.csv").open(encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        wrong = []
        for row in rows:
            drawn = published(row["dataset"])
            names = [pair.split(":") for pair in row["pairs_in_model"].split("+") if pair]
            model = [sum(1 << drawn.lists.index(name) for name in pair) for pair in names]
            found = standing(drawn.dense, hierarchical_terms(len(drawn.lists), model))
            if found.code != int(row["code"]):
                wrong.append((row, found))

        assert len(rows) > 100
        assert wrong == []


class TestTriangle:
    @pytest.mark.parametrize(
        ("cells", "there"),
        [((5, 5, 2, 5, 2, 2, 0), True), ((5, 5, 2, 5, 2, 0, 0), False), ((5, 5, 0, 5), False)],
    )
    def test_needs_three_lists_that_overlap_two_by_two(
        self, cells: tuple[int, ...], there: bool
    ) -> None:
        assert overlapping_triangle(table(*cells, lists=3)) is there

    def test_is_met_by_people_on_three_lists(self) -> None:
        assert overlapping_triangle(table(*np.ones(7, dtype=int).tolist(), lists=3))
