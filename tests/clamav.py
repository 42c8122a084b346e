"""A ClamAV of this run's own: a daemon with one signature, for a harmless test string."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opennrm.records.files.scanning import NAMED

HARMLESS = b"OpenNRM-harmless-test-string-7f3a"
PROGRAMS = ("/usr/sbin/clamd", shutil.which("clamd") or "")
PATIENCE_SECONDS = 60


def program() -> str | None:
    """Return the daemon's program, where ClamAV is on this machine."""
    return next((path for path in PROGRAMS if path and Path(path).is_file()), None)


@contextmanager
def scanning() -> Iterator[str]:
    """Run the daemon on a socket of its own, which the environment names for this block."""
    found = program()
    assert found is not None
    # A short path: the names of sockets are limited.
    with tempfile.TemporaryDirectory(prefix="nrm-clam-") as scratch:
        folder = Path(scratch)
        (folder / "own.ndb").write_text(f"OpenNRM.Test:0:*:{HARMLESS.hex()}\n", encoding="ascii")
        socket = folder / "clamd.sock"
        (folder / "clamd.conf").write_text(
            f"LocalSocket {socket}\nDatabaseDirectory {folder}\nForeground yes\n"
            f"LogFile {folder}/log\nStreamMaxLength 30M\nMaxThreads 2\n",
            encoding="utf-8",
        )
        with subprocess.Popen(
            [found, "-c", str(folder / "clamd.conf")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as daemon:
            try:
                _wait_for(socket, daemon)
                with named(str(socket)):
                    yield str(socket)
            finally:
                daemon.terminate()
                daemon.wait(30)


@contextmanager
def named(place: str) -> Iterator[None]:
    """Name where the scanner listens, for this block."""
    before = os.environ.get(NAMED)
    os.environ[NAMED] = place
    try:
        yield
    finally:
        os.environ.pop(NAMED)
        if before is not None:
            os.environ[NAMED] = before


def _wait_for(socket: Path, daemon: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not socket.is_socket():
        assert daemon.poll() is None, "The scanner ended by itself."
        assert time.monotonic() < until, "The scanner did not start in time."
        time.sleep(0.05)
