"""Killing the database or the worker in the middle of 200 appends loses nothing acknowledged."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from opennrm.config.database_server import embedded_cluster
from tests.faults.processes import family, signalled
from tests.homes import new_home, remove_home

ROOT = Path(__file__).parent.parent.parent
APPENDS = 200
OURS = ("OPENNRM_DATABASE", "OPENNRM_THROW_AWAY", "PYTEST_XDIST_WORKER", "OPENNRM_FRONT_DOOR")
Kill = Callable[[Path, "subprocess.Popen[str]"], None]

pytestmark = pytest.mark.skipif(
    "OPENNRM_DATABASE_URL" in os.environ,
    reason="A server that OPENNRM_DATABASE_URL names is not ours to kill.",
)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home of its own, with a server that keeps what it acknowledges."""
    path = new_home("faults")
    yield path
    remove_home(path)


def command(home: Path, *words: str) -> dict[str, Any]:
    """Say how to run the worker in a process of its own."""
    environment = {key: value for key, value in os.environ.items() if key not in OURS}
    environment |= {"OPENNRM_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    return {
        "args": [sys.executable, "-m", "tests.faults.writer", *words],
        "cwd": ROOT,
        "env": environment,
        "text": True,
    }


def acknowledged(home: Path, after: int, kill: Kill) -> list[str]:
    """Let a worker append, kill after so many acknowledgements; return all that were given."""
    with subprocess.Popen(
        **command(home, "write", str(APPENDS)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as worker:
        assert worker.stdout is not None
        said = [worker.stdout.readline() for _ in range(after)]
        kill(home, worker)
        said += worker.stdout.readlines()
    return [line.strip() for line in said if line.endswith("\n")]


def left(home: Path) -> dict[str, Any]:
    """Look at the record from a fresh process, which starts the database again if need be."""
    done = subprocess.run(**command(home, "check"), check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def kill_worker(home: Path, worker: "subprocess.Popen[str]") -> None:
    """Kill the writing process, which gets no chance to end its transaction."""
    worker.kill()


def kill_database(home: Path, worker: "subprocess.Popen[str]") -> None:
    """Kill the postmaster and every process it started, at the same moment."""
    postmaster = embedded_cluster(home).running()
    assert postmaster is not None
    signalled(family(postmaster.pid), signal.SIGKILL)


class TestAKill:
    """In the middle of 200 appends, early, half-way and late."""

    @pytest.mark.parametrize(
        ("kill", "after"),
        [(kill_database, 7), (kill_worker, 40), (kill_database, 90), (kill_database, 160)],
    )
    def test_loses_no_acknowledged_fact_and_leaves_none_half(self, home, kill, after):
        given = acknowledged(home, after, kill)

        found = left(home)
        assert after <= len(given) < APPENDS
        assert set(given) <= set(found["facts"])
        assert found["half"] == 0
        assert found["broken"] == []
        assert found["differences"] == []

    def test_was_tried_on_a_server_that_keeps_its_word(self, home):
        found = left(home)

        assert found["fsync"] == "on"
        assert found["afterwards"] in left(home)["facts"]
