"""The anonymous notification has room for seven coarse codes and for nothing else."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opennrm.consent.notification import CoarseNotification, NotCoarse, coarse_notification

COARSE = {
    "age_group": "adult_18_20",
    "sex": "female",
    "main_form": "domestic_servitude",
    "citizenship_group": "western_africa",
    "place_region": "MK-801",
    "month": "2026-03",
    "reporting_entity": "ngo",
}


class TestCoarseNotification:
    def test_carries_the_seven_codes(self) -> None:
        assert coarse_notification(**COARSE).open_part() == COARSE

    def test_has_no_field_for_anything_else(self) -> None:
        assert {field.name for field in fields(CoarseNotification)} == set(COARSE)
        assert not hasattr(coarse_notification(**COARSE), "__dict__")

    @pytest.mark.parametrize("extra", ["names", "phone", "birthdate", "note", "case_ref", "file"])
    def test_cannot_be_handed_anything_else(self, extra: str) -> None:
        with pytest.raises(TypeError):
            coarse_notification(**COARSE, **{extra: "Ljubica"})

    @pytest.mark.parametrize("field", list(COARSE))
    @pytest.mark.parametrize(
        "words", ["Ljubica Petrovska", "+38970123456", "1999-04-17", "Partizanska 7", ""]
    )
    def test_refuses_words_in_any_field_without_repeating_them(
        self, field: str, words: str
    ) -> None:
        with pytest.raises(NotCoarse) as caught:
            coarse_notification(**{**COARSE, field: words})

        assert caught.value.field == field
        assert not words or words not in str(caught.value)

    @pytest.mark.parametrize(
        ("field", "finer"),
        [
            ("age_group", "17"),
            ("citizenship_group", "NG"),
            ("place_region", "MK-801-3"),
            ("place_region", "Bitola"),
            ("month", "2026-03-02"),
            ("month", "2026-13"),
        ],
    )
    def test_refuses_what_is_finer_than_its_list(self, field: str, finer: str) -> None:
        with pytest.raises(NotCoarse):
            coarse_notification(**{**COARSE, field: finer})

    @settings(deadline=None)
    @given(st.sampled_from(list(COARSE)), st.text(max_size=40))
    def test_never_carries_what_was_typed_unless_it_is_a_choice(
        self, field: str, typed: str
    ) -> None:
        try:
            carried = coarse_notification(**{**COARSE, field: typed}).open_part()
        except NotCoarse:
            return

        assert carried[field] == typed.lower() or carried[field] == typed
        assert " " not in carried[field]

    def test_takes_an_unknown_place(self) -> None:
        assert coarse_notification(**{**COARSE, "place_region": "unknown"})
