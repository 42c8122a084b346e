"""National values are dated data with sources; none goes below the minimum that binds."""

from datetime import date

import pytest

from opennrm.rights.jurisdictions import PresetMissing, PresetRefused, codes, presets
from opennrm.rights.jurisdictions.names import label_of
from opennrm.rights.months import months_after
from opennrm.rights.recovery import least_until
from opennrm.vocabulary.code import Verification

TODAY = date(2026, 3, 2)
STATES = ("AL", "DE", "GB-EAW", "GB-NIR", "GB-SCT", "MD", "MK", "NL", "RS")


class TestPresets:
    def test_judge_yesterdays_case_by_yesterdays_law(self) -> None:
        england = presets("GB-EAW")

        assert england.value("recovery_period_min", date(2022, 12, 12)).number == 45
        assert england.value("recovery_period_min", date(2022, 12, 13)).number == 30

    def test_fall_back_to_the_european_minimum_where_only_an_upper_end_was_found(self) -> None:
        here = presets("MK")

        least = here.value("recovery_period_min", TODAY)

        assert (least.number, least.unit, least.jurisdiction) == (30, "calendar_days", "COE")
        assert here.value("recovery_period_max", TODAY).number == 2
        assert "not verified" in here.value("recovery_period_max", TODAY).note
        assert "recovery_period_min" not in {preset.name for preset in here.own()}

    def test_never_present_an_unverified_value_as_law(self) -> None:
        england = presets("GB-EAW")
        words = {
            "reconsideration_window": (True, "law"),
            "preliminary_decision_target": (False, "project default, not law"),
            "conclusive_standard": (False, "project default, not law"),
            "permit_grounds": (False, "law, not yet confirmed here; treated as a floor"),
            "risk_review": (False, "project default, not law"),
        }

        for name, expected in words.items():
            preset = england.value(name, TODAY)
            assert (preset.is_law, preset.standing) == expected

    def test_have_a_source_and_a_verification_each(self) -> None:
        for code in codes():
            for preset in presets(code).own():
                assert preset.source and isinstance(preset.verification, Verification)
                assert preset.is_law or preset.standing != "law"

    def test_keep_a_limit_that_the_law_leaves_open(self) -> None:
        limit = presets("GB-EAW").value("conclusive_decision_limit", TODAY)

        assert limit.value is None
        with pytest.raises(PresetMissing, match="not a number"):
            _ = limit.number

    def test_say_where_and_when_a_value_is_missing(self) -> None:
        with pytest.raises(PresetMissing, match="MK has no value tea_break on 2026-03-02"):
            presets("MK").value("tea_break", TODAY)
        assert not presets("MK").has("tea_break", TODAY)
        assert presets("MK").has("risk_review", TODAY)
        assert "risk_review" in presets("MK").names()

    def test_are_found_in_any_case_and_listed(self) -> None:
        assert presets("gb-eaw").code == "GB-EAW"
        assert codes() == tuple(sorted((*STATES, "COE", "DEFAULT", "EU")))

    @pytest.mark.parametrize("code", ["XX", "../default", "", "m k"])
    def test_are_refused_for_a_place_that_is_not_there(self, code: str) -> None:
        with pytest.raises(PresetRefused, match="Choose one of: AL, COE"):
            presets(code)

    @pytest.mark.parametrize("code", STATES)
    def test_of_a_state_name_a_zone_holidays_and_coarse_regions(self, code: str) -> None:
        here = presets(code)

        assert "/" in here.zone
        assert here.holiday_country
        assert 1 <= len(here.regions) <= 16
        assert here.is_region("unknown") and not here.is_region("a small town")

    @pytest.mark.parametrize(
        ("code", "least", "unit", "standing"),
        [
            ("AL", 3, "months", "project default, not law"),
            ("DE", 3, "months", "law"),
            ("EU", 30, "calendar_days", "law"),
            ("GB-EAW", 30, "calendar_days", "law"),
            ("GB-NIR", 45, "calendar_days", "project default, not law"),
            ("GB-SCT", 90, "calendar_days", "project default, not law"),
            ("MD", 30, "calendar_days", "project default, not law"),
            ("MK", 30, "calendar_days", "law"),
            ("NL", 30, "calendar_days", "law"),
            ("RS", 90, "calendar_days", "project default, not law"),
        ],
    )
    def test_give_the_least_recovery_period_and_how_it_stands(
        self, code: str, least: int, unit: str, standing: str
    ) -> None:
        found = presets(code).value("recovery_period_min", TODAY)

        assert (found.number, found.unit, found.standing) == (least, unit, standing)

    @pytest.mark.parametrize("code", ["DE", "NL"])
    def test_of_a_member_state_stand_on_the_union_and_the_union_on_the_minimum(
        self, code: str
    ) -> None:
        here = presets(code)

        assert here.value("permit_min_length", TODAY).jurisdiction == "EU"
        assert here.value("permit_grounds", TODAY).jurisdiction == "COE"
        assert here.value("guardian_temporary", TODAY).jurisdiction == "DEFAULT"
        assert here.value("permit_min_length", TODAY).standing == (
            "law, not yet confirmed here; treated as a floor"
        )

    def test_say_nowhere_that_they_were_confirmed_without_a_day(self) -> None:
        every = [preset for code in codes() for preset in presets(code).own()]

        assert not [one.name for one in every if one.confirmed_on and not one.is_law]
        assert {label_of(one.name) for one in every} >= {"Shortest recovery and reflection period"}

    def test_read_several_numbers_and_words(self) -> None:
        here = presets("MK")

        assert here.value("follow_up_after_exit", TODAY).numbers == (1, 3, 6, 12)
        assert here.value("risk_review", TODAY).numbers == (30,)
        assert here.value("permit_grounds", TODAY).value == ("personal_situation", "co-operation")
        assert here.value("state_compensation", TODAY).value is True
        with pytest.raises(PresetMissing):
            _ = here.value("state_compensation", TODAY).number


class TestMonths:
    def test_end_on_the_same_day_or_the_last(self) -> None:
        assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
        assert months_after(date(2025, 12, 31), 2) == date(2026, 2, 28)

    def test_count_a_minimum_given_in_months_by_the_calendar(self) -> None:
        minimum = presets("DE").value("recovery_period_min", TODAY)

        assert least_until(date(2026, 1, 31), minimum) == date(2026, 4, 30)
