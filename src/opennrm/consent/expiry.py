"""When a consent ends or is asked again: its own end, or the review, whichever is first."""

from datetime import date

REVIEW_MONTHS = 12


def review_on(given_on: date, months: int = REVIEW_MONTHS) -> date:
    """Return the day a consent is asked again; a day a later month lacks moves to the next.

    Source: timer T13, twelve months by default, not law.

    >>> review_on(date(2024, 2, 29))
    datetime.date(2025, 3, 1)
    >>> review_on(date(2026, 5, 4), 3)
    datetime.date(2026, 8, 4)
    """
    years, month = divmod(given_on.month - 1 + months, 12)
    year, month = given_on.year + years, month + 1
    try:
        return date(year, month, given_on.day)
    except ValueError:  # never in December, which has every day
        return date(year, month + 1, 1)


def ends_on(given_on: date, until: date | None, months: int = REVIEW_MONTHS) -> date:
    """Return the end of a consent, excluded: never later than its review."""
    review = review_on(given_on, months)
    return min(until, review) if until else review
