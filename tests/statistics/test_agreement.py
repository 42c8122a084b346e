"""Kappa as published examples have it, with its limits, and without a number where it has none."""

import numpy as np
import pytest

from opennrm.statistics.agreement import AgreementRefused, cohen_kappa, presence_kappa


def coded(table: list[list[int]]) -> tuple[list[str], list[str]]:
    """Write a cross table out as two lists of codes."""
    first, second = [], []
    for row, counts in enumerate(table):
        for column, count in enumerate(counts):
            first += [str(row)] * count
            second += [str(column)] * count
    return first, second


class TestCohenKappa:
    def test_is_the_one_of_two_readers_of_fifty_proposals(self) -> None:
        found = cohen_kappa(*coded([[20, 5], [10, 15]]))

        assert (found.units, found.observed, found.expected) == (50, 0.7, 0.5)
        assert found.kappa == pytest.approx(0.4)

    def test_has_an_interval_that_resampling_confirms(self) -> None:
        first, second = coded([[40, 9, 2], [5, 30, 7], [1, 6, 20]])
        draw = np.random.default_rng(7)
        pairs = np.array([first, second])
        drawn = [
            cohen_kappa(*map(list, pairs[:, draw.integers(0, len(first), len(first))])).kappa
            for _ in range(400)
        ]

        found = cohen_kappa(first, second)

        assert found.kappa is not None and found.high is not None
        error = (found.high - found.kappa) / 1.959964
        assert error == pytest.approx(float(np.std([one for one in drawn if one])), rel=0.15)

    def test_is_one_for_full_agreement_and_below_zero_for_less_than_chance(self) -> None:
        assert cohen_kappa(["a", "b", "a"], ["a", "b", "a"]).kappa == pytest.approx(1)
        below = cohen_kappa(["a", "b", "a", "b"], ["b", "a", "b", "a"])
        assert below.kappa == pytest.approx(-1) and below.low == -1

    def test_has_no_meaning_where_both_use_one_code_throughout(self) -> None:
        found = cohen_kappa(["a", "a"], ["a", "a"])

        assert (found.kappa, found.low, found.observed) == (None, None, 1.0)

    @pytest.mark.parametrize("second", [["a"], []])
    def test_is_refused_where_the_two_did_not_read_the_same(self, second: list[str]) -> None:
        with pytest.raises(AgreementRefused, match="same answers"):
            cohen_kappa(["a", "b"] if second else [], second)


class TestPresenceKappa:
    def test_looks_at_each_code_by_itself(self) -> None:
        first = {"1": frozenset("ab"), "2": frozenset("a"), "3": frozenset(), "4": frozenset("b")}
        second = {"1": frozenset("a"), "2": frozenset("a"), "3": frozenset(), "4": frozenset("b")}

        found = presence_kappa(first, second, ["a", "b"])

        assert found["a"].kappa == pytest.approx(1)
        assert found["b"].kappa == pytest.approx(0.5)

    def test_is_refused_where_one_left_an_answer_out(self) -> None:
        with pytest.raises(AgreementRefused):
            presence_kappa({"1": frozenset()}, {"2": frozenset()}, ["a"])
