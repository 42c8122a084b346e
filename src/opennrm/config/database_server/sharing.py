"""Locks that let several commands share one server, and the last of them stop it."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opennrm.config.database_server.refusals import StartFailed

PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = 0.02


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the lock under which the server is started or stopped.

    A lock of a killed process vanishes with it; only a living one is waited for.

    :raises StartFailed: when another command holds it too long.
    """
    handle = _opened(folder / "database.lock")
    try:
        _wait_for(handle, folder)
        yield
    finally:
        os.close(handle)


class Use:
    """The mark of this process that it uses the server."""

    def __init__(self, folder: Path) -> None:
        self.pid = os.getpid()
        self._handle = _opened(folder / "database.users")
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def end(self) -> bool:
        """Take the mark away, and tell whether nobody uses the server any more."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            return True
        finally:
            os.close(self._handle)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _wait_for(handle: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise StartFailed(
                    f"Another command has been starting or stopping the database in {folder} "
                    f"for {PATIENCE_SECONDS:.0f} seconds. Look at that command, then try again."
                ) from None
            time.sleep(PAUSE_SECONDS)
        else:
            return
