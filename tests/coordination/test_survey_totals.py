"""Numbers are added up only where they are the same kind of number (R80)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opennrm.coordination.surveys.totals import TotalRefused, part_of, total_of
from tests.coordination.asking import ON, PERSONS, none, number, reply

FIVE_YEARS = (date(2021, 1, 1), date(2026, 1, 1))


class TestTotal:
    def test_adds_up_numbers_of_one_period_and_definition(self) -> None:
        found = total_of(PERSONS, [reply("A", number(3)), reply("B", number(4))], on=ON)

        assert (found.value, found.replies, found.is_minimum) == (Decimal(7), 2, False)

    @pytest.mark.parametrize(
        "other",
        [
            number(4, FIVE_YEARS),
            number(4, definition="by court only"),
            number(4, period_from=None, period_until=None),
        ],
    )
    def test_is_refused_where_they_differ_or_nobody_knows(self, other: object) -> None:
        replies = [reply("A", number(3)), reply("B", other)]  # type: ignore[arg-type]

        with pytest.raises(TotalRefused, match=r"must not be added up|not known for which"):
            total_of(PERSONS, replies, on=ON)

    def test_prints_the_caveat_somebody_wrote(self) -> None:
        replies = [reply("A", number(3)), reply("B", number(4, FIVE_YEARS))]

        found = total_of(PERSONS, replies, on=ON, caveat="One year and five years.")

        assert (found.value, found.caveat) == (Decimal(7), "One year and five years.")
        with pytest.raises(TotalRefused):
            total_of(PERSONS, replies, on=ON, caveat="  ")

    def test_never_adds_persons_to_cases_whatever_is_written(self) -> None:
        replies = [reply("A", number(3)), reply("B", number(4, unit="cases"))]

        with pytest.raises(TotalRefused):
            total_of(PERSONS, replies, on=ON, caveat="We know.")

    def test_is_a_minimum_where_somebody_gave_none_or_a_minimum(self) -> None:
        silent = total_of(PERSONS, [reply("A", number(3)), reply("B", none(PERSONS))], on=ON)
        bounded = total_of(PERSONS, [reply("A", number(3, at_least=True))], on=ON)

        assert silent.is_minimum and bounded.is_minimum

    @given(st.lists(st.sampled_from([(2024, 2025), (2025, 2026)]), min_size=1, max_size=5))
    def test_is_there_without_caveat_exactly_for_one_period(
        self, years: list[tuple[int, int]]
    ) -> None:
        replies = [
            reply(f"S{place}", number(1, (date(first, 1, 1), date(last, 1, 1))))
            for place, (first, last) in enumerate(years)
        ]

        if len(set(years)) == 1:
            assert total_of(PERSONS, replies, on=ON).value == len(years)
        else:
            with pytest.raises(TotalRefused):
                total_of(PERSONS, replies, on=ON)


class TestPart:
    def test_is_taken_over_those_who_gave_every_number(self) -> None:
        replies = [reply("A", number(3)), reply("B")]

        share = part_of(PERSONS, (PERSONS,), replies, on=ON, caveat="")

        assert (share.count, share.base, share.value) == (3, 3, Decimal(100))
