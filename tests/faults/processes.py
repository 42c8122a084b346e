"""The processes of a server: who started whom, and a signal to all of them."""

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def family(postmaster: int) -> list[int]:
    """List a server process and those it started, parents first."""
    found, waiting = [], [postmaster]
    while waiting:
        found.append(parent := waiting.pop())
        waiting += children(parent)
    return found


def children(parent: int) -> list[int]:
    """List the processes a process has started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            _, _, rest = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")
            if int(rest.split()[1]) == parent:
                found.append(int(entry.parent.name))
    return found


def signalled(pids: Iterable[int], which: signal.Signals) -> None:
    """Send a signal to processes, some of which may be gone."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, which)


def until_gone(pids: Iterable[int]) -> None:
    """Wait until processes are gone and hold no file open any more."""
    for pid in pids:
        entry = Path(f"/proc/{pid}/stat")
        while entry.exists() and not entry.read_text().rpartition(")")[2].startswith(" Z"):
            os.sched_yield()
