"""Counts calendar months, as the law does: the same day of a later month, or its last day."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month.

    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    >>> months_after(date(2026, 11, 15), 3)
    datetime.date(2027, 2, 15)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def least_days_of_months(months: int) -> int:
    """Return the fewest days that some months can last, whichever day they start on.

    >>> [least_days_of_months(months) for months in (0, 1, 2, 3, 12)]
    [0, 28, 59, 89, 365]
    """
    starts = (date(2025, month, 1) for month in range(1, 13))
    return min((months_after(start, months) - start).days for start in starts)
