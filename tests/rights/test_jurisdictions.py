"""National values are dated data with sources; none goes below the minimum that binds."""

from datetime import date

import pytest

from opennrm.rights.jurisdictions import PresetMissing, PresetRefused, codes, presets, read
from opennrm.rights.months import months_after
from opennrm.rights.recovery import least_until
from opennrm.vocabulary.code import Verification

TODAY = date(2026, 3, 2)
ENTRY = {"value": 30, "unit": "calendar_days", "source": "A law", "verification": "public_text"}


def content(**values: object) -> dict[str, object]:
    """Make the content of a file of one invented place."""
    named = {"code": "XX", "name": "Nowhere", "extends": "coe", "zone": "UTC"}
    return {**named, "values": values}


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
            "preliminary_decision_target": (
                False,
                "law, not yet confirmed here; treated as a floor",
            ),
            "conclusive_standard": (False, "law, not yet confirmed here; treated as a floor"),
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
        assert codes() == ("COE", "DEFAULT", "GB-EAW", "MK")

    @pytest.mark.parametrize("code", ["XX", "../default", "", "m k"])
    def test_are_refused_for_a_place_that_is_not_there(self, code: str) -> None:
        with pytest.raises(PresetRefused, match="Choose one of: COE"):
            presets(code)

    @pytest.mark.parametrize("code", ["GB-EAW", "MK"])
    def test_name_a_zone_and_a_calendar_of_holidays(self, code: str) -> None:
        assert "/" in presets(code).zone
        assert presets(code).holiday_country

    def test_read_several_numbers_and_words(self) -> None:
        here = presets("MK")

        assert here.value("follow_up_after_exit", TODAY).numbers == (1, 3, 6, 12)
        assert here.value("risk_review", TODAY).numbers == (30,)
        assert here.value("permit_grounds", TODAY).value == ("personal_situation", "co-operation")
        assert here.value("state_compensation", TODAY).value is True
        with pytest.raises(PresetMissing):
            _ = here.value("state_compensation", TODAY).number


class TestReading:
    @pytest.mark.parametrize(
        ("value", "unit"), [(20, "calendar_days"), (29, "calendar_days"), (1, "months")]
    )
    def test_refuses_a_recovery_period_below_the_european_minimum(
        self, value: int, unit: str
    ) -> None:
        short = {**ENTRY, "value": value, "unit": unit}

        with pytest.raises(PresetRefused, match=r"below the minimum of 30 .*\(R25\)"):
            read(content(recovery_period_min=[short]))

    def test_refuses_a_short_period_in_the_past_too(self) -> None:
        past = {**ENTRY, "value": 20, "until": date(2020, 1, 1)}

        with pytest.raises(PresetRefused):
            read(content(recovery_period_min=[past, ENTRY]))

    @pytest.mark.parametrize(
        ("value", "unit"), [(30, "calendar_days"), (90, "calendar_days"), (3, "months")]
    )
    def test_takes_a_recovery_period_at_or_above_it(self, value: int, unit: str) -> None:
        place = read(content(recovery_period_min=[{**ENTRY, "value": value, "unit": unit}]))

        assert place.value("recovery_period_min", TODAY).number == value

    def test_refuses_a_value_without_a_source(self) -> None:
        bare = {"value": 30, "unit": "calendar_days", "verification": "project"}

        with pytest.raises(PresetRefused, match=r"XX.guardian lacks source. Add it."):
            read(content(guardian=[bare]))

    def test_refuses_a_unit_it_does_not_know(self) -> None:
        with pytest.raises(PresetRefused, match="no known unit"):
            read(content(guardian=[{**ENTRY, "unit": "moons"}]))

    def test_keeps_a_day_as_text(self) -> None:
        plan = {**ENTRY, "value": date(2028, 7, 15), "unit": "date"}

        assert read(content(plan=[plan])).value("plan", TODAY).value == "2028-07-15"

    def test_takes_a_file_without_values(self) -> None:
        place = read({"code": "XX", "name": "Nowhere", "zone": "UTC"})

        assert place.own() == ()
        assert place.holiday_country is None


class TestMonths:
    def test_end_on_the_same_day_or_the_last(self) -> None:
        assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
        assert months_after(date(2025, 12, 31), 2) == date(2026, 2, 28)

    def test_count_a_minimum_given_in_months_by_the_calendar(self) -> None:
        three = {**ENTRY, "value": 3, "unit": "months"}
        place = read(content(recovery_period_min=[three]))

        minimum = place.value("recovery_period_min", TODAY)

        assert least_until(date(2026, 1, 31), minimum) == date(2026, 4, 30)
