"""Days are counted where the case is, through changes of the clock and over holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opennrm.lifecycle.calendars import Calendar, calendar_for
from opennrm.rights.jurisdictions import presets

LONDON = calendar_for(presets("GB-EAW"))
SKOPJE = calendar_for(presets("MK"))
NOWHERE = calendar_for(presets("COE"))
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)


class TestCalendar:
    def test_counts_working_days_over_easter(self) -> None:
        assert LONDON.working_days_after(date(2026, 4, 1), 5) == date(2026, 4, 10)
        assert SKOPJE.working_days_after(date(2026, 4, 9), 2) == date(2026, 4, 14)

    def test_knows_only_weekends_where_no_country_is_named(self) -> None:
        assert NOWHERE.working_days_after(date(2026, 12, 24), 1) == date(2026, 12, 25)
        assert not NOWHERE.is_working_day(date(2026, 12, 26))

    @pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)])
    def test_ends_a_day_with_the_local_day_when_the_clocks_change(
        self, day: date, hours: int
    ) -> None:
        assert LONDON.end_of(day) - LONDON.start_of(day) == timedelta(hours=hours)

    def test_counts_hours_as_hours_elapsed_when_the_clocks_change(self) -> None:
        since = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)
        send = presets("GB-EAW").value("referral_send", SPRING)

        assert LONDON.due(since, send) == datetime(2026, 3, 30, 20, 0, tzinfo=UTC)

    def test_takes_the_local_day_and_not_the_day_in_utc(self) -> None:
        late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)

        assert SKOPJE.local_day(late) == date(2026, 7, 1)
        assert NOWHERE.local_day(late) == date(2026, 6, 30)

    def test_counts_calendar_days_and_months_to_the_end_of_the_last_day(self) -> None:
        since = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
        review = presets("MK").value("risk_review", since.date())
        consent = presets("MK").value("consent_review", since.date())

        assert SKOPJE.due(since, review) == datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
        assert SKOPJE.last_day(date(2024, 2, 29), consent) == date(2025, 2, 28)

    @settings(deadline=None)
    @given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 30))
    def test_never_lands_on_a_day_nobody_works(self, day: date, days: int) -> None:
        last = SKOPJE.working_days_after(day, days)

        assert last >= day + timedelta(days=days)
        assert days == 0 or SKOPJE.is_working_day(last)

    @settings(deadline=None)
    @given(st.integers(1_600_000_000, 2_000_000_000))
    def test_holds_every_moment_within_its_local_day(self, seconds: int) -> None:
        at = datetime.fromtimestamp(seconds, tz=UTC)
        day = LONDON.local_day(at)

        assert LONDON.start_of(day) <= at < LONDON.end_of(day)

    def test_is_plain_utc_unless_told_otherwise(self) -> None:
        assert Calendar().start_of(SPRING) == datetime(2026, 3, 29, tzinfo=UTC)
