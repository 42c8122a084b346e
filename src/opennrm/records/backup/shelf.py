"""The folder backups lie in: finding the one to read, and ending the ones past their time."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from opennrm.records.backup.administration import BackupRefused
from opennrm.records.backup.writing import KEYS, RECORD, STAMP

# Erasure reaches backups by the end of this time (research/security.md 3.4): keys live no longer.
LONGEST_KEYS = 14


def named(shelf: Path, part: str, stamp: str | None) -> Path:
    """Return one backup of a part: the named one, or the newest.

    :raises BackupRefused: when there is none.
    """
    found = stamps(shelf, part)
    wanted = stamp or (found[-1] if found else "")
    if wanted not in found:
        raise BackupRefused(
            f"There is no backup {wanted} of the {part} in {shelf}. "
            f"There are: {', '.join(found) or 'none'}."
        )
    return shelf / part / wanted


def stamps(shelf: Path, part: str) -> list[str]:
    """List the backups of a part, oldest first; what was not finished does not count."""
    folder = shelf / part
    entries = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in entries if _moment(path.name) is not None)


def end_old(shelf: Path, *, at: datetime, record_days: int, keys_days: int) -> list[str]:
    """Remove what is past its time, but never the newest of a part; return what went.

    :raises BackupRefused: when keys would be kept so long that erasure does not reach them.
    """
    if not 1 <= keys_days <= LONGEST_KEYS or record_days < 1:
        raise BackupRefused(
            f"Backups of keys are kept between 1 and {LONGEST_KEYS} days, so that what is erased "
            "is erased in them too. Name a number of days in that range."
        )
    gone = []
    for part, days in ((RECORD, record_days), (KEYS, keys_days)):
        for stamp in stamps(shelf, part)[:-1]:
            made = _moment(stamp)
            if made is not None and made + timedelta(days=days) <= at:
                shutil.rmtree(shelf / part / stamp)
                gone.append(f"{part}/{stamp}")
    return gone


def _moment(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
