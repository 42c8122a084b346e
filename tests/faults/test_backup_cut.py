"""A backup or a restore that is killed leaves nothing that could be taken for a whole one."""

import contextlib
import fcntl
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from opennrm.config.database_server.administering import ServerAdministration
from opennrm.config.databases import server
from opennrm.records.backup import shelf
from tests import cast, database, stories
from tests.console.running import command, surroundings

PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one whole backup in it, and beside it the private key."""
    database.prepared()
    stories.described(cast.POLICE_OFFICER, stories.contact(cast.POLICE_OFFICER), names="Cut Short")
    folder = tmp_path_factory.mktemp("cut")
    public = re.search(r"age1\w+", command("backup", "--new-key", str(folder / "key")).stdout)
    assert public is not None
    done = command("backup", "--to", str(folder), "--recipient", public.group())
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def killed_when(condition: object, *words: str, **environment: str) -> None:
    """Start a command and kill it as soon as something is to be seen of it."""
    with subprocess.Popen(
        [sys.executable, "-m", "opennrm", *words],
        env=surroundings(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        until = time.monotonic() + PATIENCE_SECONDS
        while not condition():  # type: ignore[operator]
            assert process.poll() is None, "It ended before it was killed."
            assert time.monotonic() < until
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)


def unlocked(home: Path) -> set[Path]:
    """Tell which folders of restores no living process uses."""
    found = set()
    for folder in home.glob("restoring-*"):
        with contextlib.suppress(FileNotFoundError, BlockingIOError), opened(folder) as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            found.add(folder)
    return found


class TestABackup:
    def test_killed_midway_is_no_backup_and_the_one_before_stands(self, place: Path) -> None:
        before = shelf.stamps(place, "record")

        killed_when(
            lambda: list((place / "record").glob(".*.unfinished/*.age")),
            *("backup", "--to", str(place)),
        )

        assert list((place / "record").glob(".*.unfinished"))
        assert shelf.stamps(place, "record") == before
        assert shelf.named(place, "record", None).name == before[-1]


class TestARestore:
    def test_killed_midway_replaces_nothing_and_is_cleared_away_by_the_next(
        self, place: Path
    ) -> None:
        administration = ServerAdministration(server(), database.DATABASE)
        name = f"{database.DATABASE}_cut"
        words = ("restore", str(place), "--identity", str(place / "key"), "--replace")
        home = Path(surroundings({})["OPENNRM_HOME"])
        administration.make(name)
        try:
            killed_when(
                lambda: administration.beginning(f"{name}_restored_"),
                *words,
                OPENNRM_DATABASE=name,
            )
            assert administration.has(name)
            assert not administration.beginning(f"{name}_before_")
            assert administration.beginning(f"{name}_restored_")
            left = unlocked(home)
            assert left

            done = command(*words, OPENNRM_DATABASE=name)

            assert done.returncode == 0, done.stdout + done.stderr
            assert not administration.beginning(f"{name}_restored_")
            assert len(administration.beginning(f"{name}_before_")) == 1
            assert not left & set(home.iterdir())
        finally:
            for left in administration.beginning(name):
                administration.drop(left)
        with database.as_administrator() as connection:
            assert connection.execute("SELECT count(*) FROM nrm.fact").fetchone() != (0,)
