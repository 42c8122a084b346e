"""How long to wait before the next attempt: twice as long each time, an hour at most."""

from datetime import datetime, timedelta

FIRST, LONGEST = timedelta(seconds=20), timedelta(hours=1)


def next_attempt(attempts: int, *, at: datetime) -> datetime:
    """Return when to try again after so many attempts.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> [str(next_attempt(n, at=noon) - noon) for n in (0, 1, 5, 50)]
    ['0:00:20', '0:00:40', '0:10:40', '1:00:00']
    """
    doubled: timedelta = FIRST * 2 ** min(attempts, 12)
    return at + min(doubled, LONGEST)
