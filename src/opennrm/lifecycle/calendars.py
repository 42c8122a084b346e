"""Counts days where the case is: working days with public holidays, calendar days, months, hours.

A period given in days ends with the local day, whatever the clocks do; hours are hours elapsed.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from opennrm.rights.jurisdictions import Preset, PresetRefused, Presets, presets
from opennrm.rights.months import months_after

SATURDAY = 5
DEFAULT = "DEFAULT"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one place: its zone and, where known, its public holidays."""

    zone: str = "UTC"
    country: str | None = None
    subdivision: str | None = None

    def local_day(self, at: datetime) -> date:
        """Return the day it is here at a moment."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def start_of(self, day: date) -> datetime:
        """Return the first moment of a local day, in UTC."""
        return datetime.combine(day, time(), tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """Return the end of a local day, excluded, in UTC."""
        return self.start_of(day + timedelta(days=1))

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work here on a day."""
        if day.weekday() >= SATURDAY:
            return False
        return self.country is None or day not in _holidays(self.country, self.subdivision)

    def working_days_after(self, day: date, days: int) -> date:
        """Return the day that lies some working days later."""
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_working_day(day)
        return day

    def due(self, since: datetime, preset: Preset) -> datetime:
        """Return when something is due that starts at a moment and lasts as a preset says."""
        if preset.unit == "hours":
            return since.astimezone(UTC) + timedelta(hours=preset.number)
        return self.end_of(self.last_day(self.local_day(since), preset))

    def last_day(self, first: date, preset: Preset) -> date:
        """Return the last day of a term that is counted from the day after the first."""
        if preset.unit == "working_days":
            return self.working_days_after(first, preset.number)
        if preset.unit == "months":
            return months_after(first, preset.number)
        return first + timedelta(days=preset.number)


def local_day(jurisdiction: str | None, at: datetime) -> date:
    """Return the day it is in a jurisdiction at a moment; by the clock of the default if unknown.

    >>> local_day("MK", datetime(2026, 3, 4, 23, 30, tzinfo=UTC))
    datetime.date(2026, 3, 5)
    """
    try:
        found = presets(jurisdiction or DEFAULT)
    except PresetRefused:
        found = presets(DEFAULT)
    return calendar_for(found).local_day(at)


def calendar_for(presets: Presets) -> Calendar:
    """Return the calendar of a jurisdiction."""
    return Calendar(presets.zone, presets.holiday_country, presets.holiday_subdivision)


@cache
def _holidays(country: str, subdivision: str | None) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=subdivision)
