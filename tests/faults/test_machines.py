"""Kills, power cuts and full disks, a few of each; the night does many of them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.disk import why_not
from tests.homes import new_home, remove_home

ROOT = Path(__file__).parent.parent.parent
OURS = ("OPENNRM_DATABASE", "OPENNRM_THROW_AWAY", "PYTEST_XDIST_WORKER", "OPENNRM_FRONT_DOOR")
needs_disk = pytest.mark.skipif(bool(why_not()), reason=f"Not run: {why_not()}.")
pytestmark = pytest.mark.skipif(
    "OPENNRM_DATABASE_URL" in os.environ,
    reason="A server that OPENNRM_DATABASE_URL names is not ours to kill.",
)


def machine(name: str, *words: str, mounts: bool = False) -> dict[str, Any]:
    """Run one of the machines of this room in a home of its own; return its tally."""
    home = new_home(name, mode=0o711)
    environment = {key: value for key, value in os.environ.items() if key not in OURS}
    environment |= {"OPENNRM_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    own = ["unshare", "--mount", "--propagation", "private"] if mounts else []
    command = [*own, sys.executable, "-m", f"tests.faults.{name}", *words]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
        )
    finally:
        remove_home(home)
    assert done.returncode == 0, done.stderr[-2000:]
    tally: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return tally


class TestManyKills:
    def test_lose_nothing(self):
        tally = machine("kills", "4", "20261128")

        assert tally["kills_of_worker"] == tally["kills_of_database"] == 2
        assert tally["acknowledged"] > 3
        assert (tally["lost"], tally["half"], tally["broken_links"]) == (0, 0, 0)


@needs_disk
class TestAPowerCut:
    def test_loses_nothing(self):
        tally = machine("power", "1", "20261128", "on", mounts=True)

        assert tally["acknowledged"] > 5
        assert (tally["lost"], tally["half"], tally["broken_links"]) == (0, 0, 0)

    def test_loses_something_where_commits_do_not_wait(self):
        """The control: the same cut would show a loss."""
        tally = machine("power", "1", "20261128", "off", mounts=True)

        assert tally["lost"] > 0
        assert (tally["half"], tally["broken_links"]) == (0, 0)


@needs_disk
class TestAFullDisk:
    def test_loses_nothing_and_work_goes_on_once_there_is_room(self):
        tally = machine("fullness", "1", mounts=True)

        assert tally["refused"] > 0
        assert (tally["lost"], tally["half"], tally["broken_links"]) == (0, 0, 0)
        assert tally["went_on_by_itself"] + tally["restarts_needed"] == 1
        assert tally["pages_failed"] == 0
