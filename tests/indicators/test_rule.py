"""The rule gives the published answers to the published questions."""

from dataclasses import replace
from itertools import product

import pytest

from opennrm.indicators.catalogue import indicators
from opennrm.indicators.rule import combined, positive, positive_dimensions
from opennrm.vocabulary.screening import AdviceOutcome, Dimension, Population, Strength

VECTORS = [
    ((2, 0, 0), True),
    ((1, 1, 0), True),
    ((1, 0, 1), True),
    ((0, 3, 0), True),
    ((0, 2, 1), True),
    ((1, 0, 0), False),
    ((0, 2, 0), False),
    ((0, 1, 2), False),
    ((0, 1, 9), False),
    ((0, 0, 9), False),
    ((0, 0, 0), False),
]
DECEPTION, COERCION = Dimension.DECEPTIVE_RECRUITMENT, Dimension.COERCIVE_RECRUITMENT
VULNERABLE, EXPLOITED = Dimension.RECRUITMENT_BY_ABUSE_OF_VULNERABILITY, Dimension.EXPLOITATION
HELD, DEPENDENT = (
    Dimension.COERCION_AT_DESTINATION,
    Dimension.ABUSE_OF_VULNERABILITY_AT_DESTINATION,
)
ADULT = [
    ([], "no_sign"),
    ([EXPLOITED], "labour_rights_referral"),
    ([DECEPTION, EXPLOITED], "possible"),
    ([DECEPTION, EXPLOITED, HELD], "strong_grounds"),
    ([VULNERABLE, EXPLOITED, DEPENDENT], "strong_grounds"),
    ([COERCION], "possible"),
    ([COERCION, HELD], "possible"),
    ([EXPLOITED, HELD], "possible"),
    ([HELD], "possible"),
]
CHILD = [
    ([], False, "no_sign"),
    ([EXPLOITED], False, "possible"),
    ([EXPLOITED], True, "strong_grounds"),
    ([EXPLOITED, DECEPTION], False, "strong_grounds"),
    ([EXPLOITED, HELD], False, "strong_grounds"),
    ([VULNERABLE], False, "possible"),
    ([DEPENDENT], False, "possible"),
]


class TestPositive:
    @pytest.mark.parametrize(("counts", "answer"), VECTORS)
    def test_agrees_with_the_test_vectors(
        self, counts: tuple[int, int, int], answer: bool
    ) -> None:
        assert positive(*counts) is answer

    def test_never_turns_back_when_a_sign_is_added(self) -> None:
        for strong, medium, weak in product(range(4), repeat=3):
            more = [(strong + 1, medium, weak), (strong, medium + 1, weak)]
            more.append((strong, medium, weak + 1))

            assert not positive(strong, medium, weak) or all(positive(*each) for each in more)


class TestPositiveDimensions:
    def test_name_the_indicators_that_carry_them(self) -> None:
        signs = [indicators()[key] for key in ("DEL-AL-EX-02", "DEL-AL-EX-01", "DEL-AL-DR-01")]

        found = positive_dimensions(signs)

        assert [(each.dimension, each.series) for each in found] == [(EXPLOITED, "DEL-AL")]
        assert found[0].carried_by == ("DEL-AL-EX-01", "DEL-AL-EX-02")

    def test_are_carried_by_checked_strengths_only(self) -> None:
        keys = ("DEL-AL-EX-01", "DEL-AL-EX-02", "DEL-AL-EX-03")
        first, second, third = (indicators()[key] for key in keys)
        unchecked = replace(third, strength=Strength.UNVERIFIED)

        found = positive_dimensions([first, second, unchecked])

        assert found[0].carried_by == ("DEL-AL-EX-01", "DEL-AL-EX-02")

    def test_do_not_count_one_concept_twice_across_lists(self) -> None:
        signs = [indicators()[key] for key in ("DEL-CL-EX-01", "DEL-CS-EX-03")]

        assert positive_dimensions(signs) == ()


class TestCombined:
    @pytest.mark.parametrize(("dimensions", "outcome"), ADULT)
    def test_reads_an_adults_dimensions(self, dimensions: list[Dimension], outcome: str) -> None:
        assert combined(dimensions, Population.ADULT) is AdviceOutcome(outcome)

    @pytest.mark.parametrize(("dimensions", "act_noted", "outcome"), CHILD)
    def test_reads_a_childs_dimensions_without_asking_for_means(
        self, dimensions: list[Dimension], act_noted: bool, outcome: str
    ) -> None:
        found = combined(dimensions, Population.CHILD, act_noted=act_noted)

        assert found is AdviceOutcome(outcome)
