"""Working days and holidays of every jurisdiction, and periods over changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from opennrm.lifecycle.calendars import calendar_for
from opennrm.rights.jurisdictions import Preset, codes, presets, read
from opennrm.rights.recovery import least_until
from opennrm.vocabulary.code import Verification

STATES = tuple(code for code in codes() if presets(code).holiday_country)
# Each a Monday to Friday; each from the law of the place, so that a wrong calendar is seen.
HOLIDAYS = {
    "AL": date(2025, 11, 28),
    "DE": date(2025, 10, 3),
    "GB-EAW": date(2026, 8, 31),
    "GB-NIR": date(2026, 3, 17),
    "GB-SCT": date(2026, 8, 3),
    "MD": date(2026, 8, 27),
    "MK": date(2025, 10, 23),
    "NL": date(2026, 4, 27),
    "RS": date(2027, 2, 15),
}
CHANGES = {
    2026: (date(2026, 3, 29), date(2026, 10, 25)),
    2027: (date(2027, 3, 28), date(2027, 10, 31)),
}


def lasting(value: int, unit: str) -> Preset:
    """Make a value of a length."""
    return Preset(
        "risk_review", value, unit, "An invented law", Verification.PROJECT, None, None, "", "XX"
    )


class TestHolidays:
    def test_are_known_for_every_state(self) -> None:
        assert set(HOLIDAYS) == set(STATES)

    @pytest.mark.parametrize("place", STATES)
    def test_are_no_working_days(self, place: str) -> None:
        calendar, day = calendar_for(presets(place)), HOLIDAYS[place]

        assert day.weekday() < 5 and not calendar.is_working_day(day)
        assert calendar.working_days_after(day - timedelta(days=1), 1) > day

    def test_differ_within_a_state(self) -> None:
        scotland, england = (calendar_for(presets(code)) for code in ("GB-SCT", "GB-EAW"))
        ireland = calendar_for(presets("GB-NIR"))

        late_summer, patrick = date(2026, 8, 31), date(2026, 3, 17)
        assert scotland.is_working_day(late_summer) and not england.is_working_day(late_summer)
        assert england.is_working_day(patrick) and not ireland.is_working_day(patrick)

    def test_of_a_part_of_a_state_come_with_a_file_of_its_own(self) -> None:
        bavaria = read(
            "code: DE-BY\nname: Bavaria\nextends: de\nzone: Europe/Berlin\n"
            "holidays: {country: DE, subdivision: BY}\nvalues: {}\n",
            file="de-by.yaml",
        )
        epiphany = date(2026, 1, 6)

        assert calendar_for(presets("DE")).is_working_day(epiphany)
        assert not calendar_for(bavaria).is_working_day(epiphany)
        assert bavaria.value("recovery_period_min", epiphany).number == 3

    @pytest.mark.parametrize("place", STATES)
    def test_do_not_shorten_days_of_the_calendar_or_hours(self, place: str) -> None:
        calendar, day = calendar_for(presets(place)), HOLIDAYS[place]
        since = calendar.start_of(day)

        assert calendar.last_day(day, lasting(2, "calendar_days")) == day + timedelta(days=2)
        assert calendar.due(since, lasting(48, "hours")) == since + timedelta(hours=48)


class TestChangesOfTheClock:
    @pytest.mark.parametrize("place", STATES)
    @pytest.mark.parametrize("year", list(CHANGES))
    def test_leave_hours_hours_and_days_whole(self, place: str, year: int) -> None:
        calendar = calendar_for(presets(place))
        for change, length in zip(CHANGES[year], (23, 25), strict=True):
            since = calendar.start_of(change - timedelta(days=1)) + timedelta(hours=12)

            in_hours = calendar.due(since, lasting(24, "hours"))
            in_days = calendar.due(since, lasting(1, "calendar_days"))

            assert in_hours - since == timedelta(hours=24)
            assert calendar.end_of(change) - calendar.start_of(change) == timedelta(hours=length)
            assert in_days == calendar.end_of(change)
            assert in_days.astimezone(ZoneInfo(calendar.zone)).hour == 0

    def test_move_a_term_in_hours_on_the_clock_of_the_wall(self) -> None:
        berlin = calendar_for(presets("DE"))
        spring = datetime(2026, 3, 28, 19, 0, tzinfo=UTC)
        autumn = datetime(2026, 10, 24, 18, 0, tzinfo=UTC)

        due = [berlin.due(at, lasting(24, "hours")) for at in (spring, autumn)]

        walls = [one.astimezone(ZoneInfo("Europe/Berlin")).hour for one in (spring, *due[:1])]
        assert walls == [20, 21]
        walls = [one.astimezone(ZoneInfo("Europe/Berlin")).hour for one in (autumn, *due[1:])]
        assert walls == [20, 19]

    @pytest.mark.parametrize("place", STATES)
    def test_take_no_day_from_a_recovery_period(self, place: str) -> None:
        calendar = calendar_for(presets(place))
        minimum = presets(place).value("recovery_period_min", date(2026, 3, 2))
        for told in (date(2026, 3, 20), date(2026, 10, 20)):
            until = least_until(told, minimum)

            first, last = calendar.start_of(told), calendar.start_of(until)

            assert (until - told).days >= 30
            assert calendar.local_day(last - timedelta(seconds=1)) == until - timedelta(days=1)
            assert abs((last - first) - (until - told)) == timedelta(hours=1)
