"""Serving: the pages come up, say where they are, and end cleanly with everything they started."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from opennrm.console.serving import ServingRefused, free_port, serving_now, the_only_one
from tests.console.running import command, surroundings
from tests.homes import new_home, remove_home

START_SECONDS = 240


@pytest.fixture
def home() -> Iterator[Path]:
    """Make a home of its own."""
    made = new_home("console", mode=0o711)
    yield made
    remove_home(made)


def of_its_own(home: Path) -> dict[str, str]:
    """Return the environment of an installation apart from this run's."""
    changed = surroundings({"OPENNRM_HOME": str(home)})
    for name in ("OPENNRM_DATABASE", "OPENNRM_DATABASE_URL"):
        changed.pop(name, None)
    return changed


def addressed(said: Path) -> str:
    """Wait until a serving command has said where the pages are."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        found = re.search(r"OpenNRM is at (\S+)", said.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(said.read_text(encoding="utf-8"))


def answered(address: str, path: str) -> int:
    """Ask for a page and return the status of the answer."""
    where = urlsplit(address)
    connection = HTTPConnection(str(where.hostname), where.port, timeout=30)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


class TestServe:
    def test_comes_up_says_who_may_sign_in_and_ends_cleanly(
        self, home: Path, tmp_path: Path
    ) -> None:
        said, surrounding = tmp_path / "said", of_its_own(home)
        with said.open("wb") as output:
            serving = subprocess.Popen(
                [sys.executable, "-m", "opennrm", "--cases", "0"],
                env=surrounding,
                stdout=output,
                stderr=output,
            )
        try:
            address = addressed(said)
            answer = answered(address, "/sign-in/")
            again = self._run("serve", surrounding)
            status = self._run("status", surrounding)
        finally:
            serving.send_signal(signal.SIGTERM)
            ended = serving.wait(60)

        assert answer == 200
        assert "casemanager" in said.read_text(encoding="utf-8")
        assert "running already" in again.stdout
        assert address in status.stdout
        assert ended == 128 + signal.SIGTERM
        assert self._run("status", surrounding).returncode == 1
        assert "Traceback" not in said.read_text(encoding="utf-8")

    def _run(self, name: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "opennrm", name]
        return subprocess.run(
            words, env=environment, capture_output=True, text=True, check=False, timeout=120
        )


class TestFreePort:
    def test_takes_the_next_when_one_is_taken(self) -> None:
        first = free_port(None)

        with socket.socket() as taken:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(("127.0.0.1", first))
            taken.listen()

            assert free_port(None) > first
            with pytest.raises(ServingRefused, match="--port"):
                free_port(first)


class TestMark:
    def test_says_who_serves_while_it_is_held(self, tmp_path: Path) -> None:
        with the_only_one(tmp_path, "http://127.0.0.1:8000/"):
            now = serving_now(tmp_path)
            with pytest.raises(ServingRefused), the_only_one(tmp_path, "http://other/"):
                pass

        assert now is not None
        assert (now.pid, now.address) == (os.getpid(), "http://127.0.0.1:8000/")
        assert serving_now(tmp_path) is None


class TestHelp:
    def test_lists_every_command_and_starts_nothing(self, tmp_path: Path) -> None:
        done = command("help", OPENNRM_HOME=str(tmp_path / "untouched"))

        assert done.returncode == 0
        for name in ("serve", "enrol", "walkthrough", "import", "rebuild", "verify", "stop"):
            assert name in done.stdout
        assert not (tmp_path / "untouched").exists()
