"""What the lock file of a data directory says, and whether its server is really alive."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from opennrm.config.database_server.account import Account

DEAD_PID = 2_147_483_646


@dataclass(frozen=True)
class Postmaster:
    """The server that a lock file (postmaster.pid) names."""

    pid: int
    socket_folder: str
    ready: bool


def running_postmaster(data: Path) -> Postmaster | None:
    """Return the server that runs on this data directory, if one does."""
    named = _named(data)
    return named if named and serves(named.pid, data) else None


def serves(pid: int, data: Path) -> bool:
    """Tell whether a process is a PostgreSQL server of this data directory."""
    if sys.platform.startswith("linux"):
        return _linux_process_serves(pid, data)
    answer = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return "postgres" in answer.stdout and str(data) in answer.stdout


def clear_stale_locks(data: Path, socket_folder: Path, account: Account) -> None:
    """Take out of the way what a crashed server left and the next one would stumble over.

    To be called only while no server runs on the data.
    """
    for left in socket_folder.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)
    named, path = _named(data), data / "postmaster.pid"
    if named is not None and _alive(named.pid):
        _name_no_one(path, account)
    elif named is None and not _anyone_serves(data):
        path.unlink(missing_ok=True)


def _name_no_one(path: Path, account: Account) -> None:
    # The number now belongs to a stranger, so only the number is replaced. The rest lets the
    # starting server find out whether processes of the crashed one still hold its memory.
    lines = path.read_text(encoding="utf-8").splitlines()
    account.write(path, "\n".join([str(DEAD_PID), *lines[1:], ""]))


def _anyone_serves(data: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return True
    pids = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    return any(serves(pid, data) for pid in pids)


def _named(data: Path) -> Postmaster | None:
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid = abs(int(lines[0]))
    except (OSError, ValueError, IndexError):
        return None
    lines += [""] * 8
    return Postmaster(pid, lines[4].strip(), ready=lines[7].strip() == "ready")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _linux_process_serves(pid: int, data: Path) -> bool:
    process = Path("/proc") / str(pid)
    try:
        name = (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
        return name == "postgres" and (process / "cwd").resolve() == data.resolve()
    except OSError:
        return False
