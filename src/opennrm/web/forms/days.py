"""A day typed in three boxes, with the month as a number or a word."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import get_month_names
from django import forms
from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle.fields import FIRST_YEAR, LAST_YEAR
from opennrm.web import words

BOXES = ("day", "month", "year")


class DayBoxes(forms.Widget):
    """Three boxes: day, month, year; what was typed is kept as it was typed."""

    boxes = BOXES

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> tuple[str, str, str] | None:
        """Collect the three boxes; nothing at all when they are empty."""
        typed = tuple(str(data.get(f"{name}-{box}", "")).strip() for box in BOXES)
        return (typed[0], typed[1], typed[2]) if any(typed) else None

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        """Tell whether none of the boxes was sent."""
        return all(f"{name}-{box}" not in data for box in BOXES)


class DayField(forms.Field):
    """A day; refuses days that do not exist and says which box to look at."""

    widget = DayBoxes
    default_error_messages = {
        "required": _("enter a day, month and year"),
        "incomplete": _("the date must have a day, a month and a year with four digits"),
        "invalid": _("the date must be a real date, such as 27 3 2026"),
        "far_off": _("the year must lie between 1900 and 2199"),
    }

    def to_python(self, value: Any) -> date | None:
        """Read the boxes as a day.

        :raises ValidationError: when a box is missing or there is no such day.
        """
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        day, month, year = value
        if not (day and month and len(year) == 4):
            raise forms.ValidationError(self.error_messages["incomplete"], "incomplete")
        try:
            typed = date(int(year), _month_number(month), int(day))
        except (ValueError, OverflowError):  # Twenty digits are more than a day can have.
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None
        if not FIRST_YEAR <= typed.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["far_off"], "far_off")
        return typed


def boxes(value: Any) -> tuple[str, str, str]:
    """Return what stands in the three boxes for a value of a form."""
    if isinstance(value, date):
        return (str(value.day), str(value.month), str(value.year))
    return value if isinstance(value, tuple) else ("", "", "")


def _month_number(typed: str) -> int:
    if typed.isdecimal():
        return int(typed)
    for locale in (words.locale(), "en"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                if typed.casefold().rstrip(".") == name.casefold().rstrip("."):
                    return int(number)
    return 0
