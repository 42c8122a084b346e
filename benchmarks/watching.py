"""Tells what processes took: CPU seconds and memory, of a family of processes or of a database."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

HERTZ = os.sysconf("SC_CLK_TCK")


def database_seconds(home: Path) -> float:
    """Return the CPU seconds of the database server of a home, with backends that have ended."""
    return sum(
        _seconds(process, ended_too=b"/postgres" in (process / "cmdline").read_bytes())
        for process in _processes(lambda one: (one / "cwd").resolve().is_relative_to(home))
    )


def family_seconds(parent: int) -> float:
    """Return the CPU seconds of a process and its children."""
    return sum(_seconds(process) for process in _family(parent))


def family_memory(parent: int) -> int:
    """Return the MiB that a process and its children hold."""
    pages = sum(int((one / "statm").read_text().split()[1]) for one in _family(parent))
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def _family(parent: int) -> Iterator[Path]:
    return _processes(lambda one: parent in (int(one.name), int(_state(one)[1])))


def _processes(wanted: Callable[[Path], bool]) -> Iterator[Path]:
    for process in Path("/proc").iterdir():
        # A process that ends while it is looked at is passed over.
        with suppress(OSError, ValueError, IndexError):
            if process.name.isdigit() and wanted(process):
                yield process


def _state(process: Path) -> list[str]:
    return (process / "stat").read_text().rpartition(")")[2].split()


def _seconds(process: Path, *, ended_too: bool = False) -> float:
    try:
        return sum(map(int, _state(process)[11 : 15 if ended_too else 13])) / HERTZ
    except (OSError, IndexError):
        return 0.0
