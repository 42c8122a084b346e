"""What the embedded server does after a crash, and with data it must not touch."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opennrm.config.database_server import DatabaseRefused, Role, Server
from opennrm.config.database_server.binaries import Binaries, wheel_binaries
from opennrm.config.database_server.connecting import connect
from opennrm.config.database_server.postmaster import running_postmaster, serves
from opennrm.config.database_server.refusals import OtherMajorVersion, StartFailed

Start = Callable[[], Server]


@pytest.fixture
def stranger() -> Iterator[int]:
    """A living process that is no database, of this user."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
        yield process.pid
        process.kill()


def data_of(server: Server) -> Path:
    """Name the data directory of an embedded server."""
    assert server.cluster is not None
    return server.cluster.place.data


def crash(server: Server) -> None:
    """Kill the server the hardest way and wait until it is gone."""
    pid = server.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while serves(pid, data_of(server)):
        time.sleep(0.01)


def with_facts(server: Server) -> int:
    """Write acknowledged rows, one commit each, and return how many."""
    server.ensure_database("facts")
    with connect(server.dsn(Role.OWNER, "facts"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        for number in range(200):
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
    return 200


class TestStartAfterACrash:
    def test_has_every_acknowledged_row(self, start: Start) -> None:
        server = start()
        written = with_facts(server)

        crash(server)

        with connect(start().dsn(Role.OWNER, "facts")) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (written,)

    def test_is_not_held_up_by_a_lock_file_that_names_a_stranger(
        self, start: Start, stranger: int
    ) -> None:
        server = start()
        crash(server)
        lock = data_of(server) / "postmaster.pid"
        lines = lock.read_text(encoding="utf-8").splitlines()
        lock.write_text("\n".join([str(stranger), *lines[1:]]) + "\n", encoding="utf-8")
        assert running_postmaster(data_of(server)) is None

        again = start()

        assert again.status().pid not in (None, stranger)
        os.kill(stranger, 0)

    @pytest.mark.parametrize("text", ["", "nonsense\n", "999999999\n"])
    def test_is_not_held_up_by_a_torn_lock_file(self, start: Start, text: str) -> None:
        server = start()
        crash(server)
        (data_of(server) / "postmaster.pid").write_text(text, encoding="utf-8")

        assert start().status().running

    def test_finishes_a_set_up_that_was_cut_off(self, start: Start) -> None:
        server = start()
        with connect(server.admin_dsn(), autocommit=True) as connection:
            connection.execute("DROP ROLE opennrm_recorder")
        (data_of(server).parent / "roles.made").unlink()
        (data_of(server).parent / "data.new").mkdir()

        again = start()

        with connect(again.dsn(Role.RECORDER, again.ensure_database())) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


class TestDataOfAnotherMajorVersion:
    @pytest.mark.parametrize("major", ["16", "19"])
    def test_are_refused_untouched_with_the_way_to_upgrade(self, start: Start, major: str) -> None:
        server = start()
        server.stop()
        (data_of(server) / "PG_VERSION").write_text(f"{major}\n", encoding="ascii")
        before = sorted(data_of(server).iterdir())

        with pytest.raises(OtherMajorVersion, match=r"upgrade-the-database\.md") as refusal:
            start()

        assert f"PostgreSQL {major}" in str(refusal.value)
        assert sorted(data_of(server).iterdir()) == before
        shown = Path(__file__).parents[2] / "docs" / "how-to" / "upgrade-the-database.md"
        assert shown.is_file()


class TestTrouble:
    def test_is_told_with_the_last_words_of_the_server(self, start: Start) -> None:
        server = start()
        server.stop()
        with (data_of(server) / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("no_such_setting = 1\n")

        with pytest.raises(StartFailed, match="no_such_setting"):
            start()

    def test_with_missing_programs_says_so(self, tmp_path: Path) -> None:
        assert wheel_binaries().program("postgres").is_file()

        with pytest.raises(FileNotFoundError):
            subprocess.run([Binaries(tmp_path).program("postgres")], check=True)

    def test_with_a_home_that_is_a_file_says_what_to_set(self, home: Path, start: Start) -> None:
        shutil.rmtree(home)
        home.write_text("in the way", encoding="utf-8")

        with pytest.raises(DatabaseRefused, match="Set OPENNRM_HOME"):
            start()

        home.unlink()
        home.mkdir()
