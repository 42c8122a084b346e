"""Serves the pages on this machine: a free port, the web server as a child, one per home."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from opennrm.console.saying import say

HOST = "127.0.0.1"
FIRST_PORT = 8000
TRIES = 50
APPLICATION = "opennrm.config.wsgi:application"
WORKERS, THREADS = 2, 4
# How long a thread without work is kept, the longest the web server allows: with a thread its
# connections to the database go, and the next call would make and plan them anew.
IDLE_SECONDS = 600
START_SECONDS = 60
STOP_SECONDS = 20
MARK = "serving"


class ServingRefused(Exception):
    """The pages cannot be served; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What serves this home now: the process and its address."""

    pid: int
    address: str


def free_port(wanted: int | None) -> int:
    """Find a port nobody listens on: the wanted one, or the first free from 8000.

    :raises ServingRefused: when there is none.
    """
    candidates = (wanted,) if wanted else range(FIRST_PORT, FIRST_PORT + TRIES)
    for port in candidates:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise ServingRefused(
        f"Port {wanted} is taken. Choose another with --port."
        if wanted
        else f"No port from {FIRST_PORT} on is free. Name one with --port."
    )


def serving_now(home: Path) -> Serving | None:
    """Find what serves this home, if something does; a mark of a killed process counts not."""
    mark = home / MARK
    if not mark.is_file():
        return None
    with mark.open("r", encoding="ascii") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid, _, address = held.read().strip().partition(" ")
            return Serving(int(pid or 0), address)
    return None


@contextmanager
def the_only_one(home: Path, address: str) -> Iterator[None]:
    """Hold the mark of who serves this home.

    :raises ServingRefused: when somebody else began at the same moment.
    """
    handle = os.open(home / MARK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServingRefused("These data are being served already.") from None
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()} {address}".encode("ascii"))
        yield
    finally:
        os.close(handle)


@contextmanager
def pages(port: int, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start the web server, wait until it answers, and end it with this block.

    :raises ServingRefused: when it does not come up.
    """
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST),
        *("--port", str(port), "--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        *("--blocking-threads-idle-timeout", str(IDLE_SECONDS)),
        *("--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "10"),
        *("--log-level", "warning", APPLICATION),
    ]
    with child(command, {**environment, "OPENNRM_PAGES_ONLY": "1"}) as server:
        _wait_until_it_answers(server, port)
        yield server


@contextmanager
def child(
    command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program beside this one, and end it with this block."""
    # A session of its own: Ctrl+C reaches this command only, which then ends the program.
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
        command,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _end(process)


def stop_serving(home: Path) -> Serving | None:
    """Ask what serves this home to stop, and wait until it has."""
    serving = serving_now(home)
    if serving is None or serving.pid <= 1:
        return None
    os.kill(serving.pid, signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    while serving_now(home) is not None and time.monotonic() < until:
        time.sleep(0.1)
    return serving


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        if _answers(port):
            return
        time.sleep(0.1)
    raise ServingRefused("The pages did not come up. Look at the lines above for the reason.")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/sign-in/", timeout=10):
            return True
    except urllib.error.HTTPError as answered:
        say(f"The sign-in page answers with an error ({answered.code}).", to=sys.stderr)
        return True
    except OSError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
