"""Turns the signals that ask a command to stop into an orderly end."""

import signal
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class Stopped(SystemExit):
    """Somebody asked this command to stop; what was begun is undone or finished first."""


def listen() -> None:
    """Let a stop signal end this command the way an interruption from the keyboard does."""
    for one in SIGNALS:
        signal.signal(one, _stop)
    signal.signal(signal.SIGINT, _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    # A second signal must not break into the clearing up after the first.
    for one in (*SIGNALS, signal.SIGINT):
        signal.signal(one, _ending)
    raise Stopped(128 + number if number != signal.SIGINT else 0)


def _ending(_number: int, _frame: FrameType | None) -> None:
    """Let a command that is ending end."""
