"""One national or international value: a period or a standard with its source and its dates."""

from dataclasses import dataclass
from datetime import date

from opennrm.rights.marked_yaml import FileRefused
from opennrm.rights.months import least_days_of_months
from opennrm.vocabulary.code import Verification

PresetValue = int | bool | str | tuple[str, ...] | None

CONFIRMED = frozenset({Verification.STATED, Verification.PUBLIC_TEXT})
LAW = "law"
FLOOR = "law, not yet confirmed here; treated as a floor"
DEFAULT = "project default, not law"
UNITS = frozenset(
    {"hours", "working_days", "calendar_days", "months", "bool", "text", "list", "date"}
)


class PresetMissing(LookupError):
    """No value of this name is in force on this day, here or in what this place builds on."""


class PresetRefused(FileRefused):
    """A file of presets cannot be used, or a place has none; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A value with its unit, its source, how far that was checked, and its days in force."""

    name: str
    value: PresetValue
    unit: str
    source: str
    verification: Verification
    from_on: date | None
    until_on: date | None
    note: str
    jurisdiction: str
    is_floor: bool = False
    is_treaty: bool = False
    confirmed_on: date | None = None

    @property
    def is_law(self) -> bool:
        """Tell whether the value may be shown as law: only when its source was read."""
        return self.verification in CONFIRMED

    @property
    def standing(self) -> str:
        """Say what the value is, in words that may stand beside it on a screen."""
        if self.is_law:
            return LAW
        is_floor = self.is_treaty and self.verification is not Verification.PROJECT
        return FLOOR if is_floor else DEFAULT

    @property
    def number(self) -> int:
        """Return the value as a number.

        :raises PresetMissing: when the value is not a number.
        """
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        raise PresetMissing(f"{self.jurisdiction}.{self.name} is not a number")

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return a list of numbers, such as the days of several alerts."""
        parts = self.value if isinstance(self.value, tuple) else (str(self.value),)
        return tuple(int(part) for part in parts)

    def is_in_force(self, on: date) -> bool:
        """Tell whether the value stands on a day; its end is excluded."""
        started = self.from_on is None or self.from_on <= on
        return started and (self.until_on is None or on < self.until_on)

    def at_least_days(self) -> int:
        """Return the least number of calendar days the value can mean."""
        if self.unit == "hours":
            return self.number // 24
        return least_days_of_months(self.number) if self.unit == "months" else self.number
