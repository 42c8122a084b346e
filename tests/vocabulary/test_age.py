"""Bands and majority follow from age; doubt about age never makes an adult."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opennrm.vocabulary.age import (
    AgeGroup,
    AgeStatus,
    Majority,
    age_group,
    age_group_on,
    completed_years,
    majority,
    majority_of,
)


class TestAgeGroup:
    @pytest.mark.parametrize(
        ("age", "group"),
        [
            (0, "child_0_8"),
            (8, "child_0_8"),
            (9, "child_9_17"),
            (17, "child_9_17"),
            (18, "adult_18_20"),
            (23, "adult_21_23"),
            (24, "adult_24_26"),
            (29, "adult_27_29"),
            (30, "adult_30_38"),
            (47, "adult_39_47"),
            (48, "adult_48_plus"),
            (101, "adult_48_plus"),
        ],
    )
    def test_cuts_where_the_published_bands_cut(self, age: int, group: str) -> None:
        assert age_group(age).value == group

    @given(st.integers(0, 130))
    def test_agrees_with_majority_at_eighteen(self, age: int) -> None:
        expected = Majority.CHILD if age < 18 else Majority.ADULT

        assert majority(age_group(age)) is expected

    def test_takes_a_wide_band_when_only_the_status_is_known(self) -> None:
        assert age_group(None, AgeStatus.ADULT) is AgeGroup.ADULT
        assert age_group(None, AgeStatus.PRESUMED_CHILD) is AgeGroup.CHILD
        assert age_group(None) is AgeGroup.UNKNOWN

    def test_refuses_an_age_below_zero(self) -> None:
        with pytest.raises(ValueError, match="below zero"):
            age_group(-1)


class TestCompletedYears:
    @given(st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.integers(0, 36_000))
    def test_never_fall_as_days_pass(self, born_on: date, days: int) -> None:
        later = born_on + timedelta(days=days)

        assert completed_years(born_on, later) <= completed_years(
            born_on, later + timedelta(days=1)
        )

    def test_make_a_child_of_the_day_before_eighteen(self) -> None:
        born_on = date(2005, 6, 15)

        assert age_group_on(born_on, date(2023, 6, 14)) is AgeGroup.CHILD_9_17
        assert age_group_on(born_on, date(2023, 6, 15)) is AgeGroup.ADULT_18_20

    def test_refuse_a_day_before_the_birth(self) -> None:
        with pytest.raises(ValueError, match="before the birth"):
            completed_years(date(2005, 6, 15), date(2005, 6, 14))


class TestMajorityOf:
    def test_treats_doubt_as_childhood(self) -> None:
        assert majority_of(AgeStatus.PRESUMED_CHILD) is Majority.CHILD
