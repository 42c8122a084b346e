"""The embedded server starts once, privately, and is shared until its last user ends."""

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from opennrm.config.database_server import Role, Server, embedded_cluster, ensure_server
from opennrm.config.database_server.connecting import connect
from opennrm.config.database_server.homes import is_root
from opennrm.config.database_server.places import LONGEST_SOCKET, SOCKET_NAME
from tests.config.conftest import EMBEDDED, parents_and_modes
from tests.homes import remove_home

Start = Callable[[], Server]
HOLD = """
import pathlib, sys
from opennrm.config.database_server import ensure_server
server = ensure_server(pathlib.Path(sys.argv[1]), environ={})
print(server.status().pid, flush=True)
sys.stdin.read()
"""


def settings_of(server: Server) -> dict[str, str]:
    """Read all settings of a server."""
    with connect(server.admin_dsn()) as connection:
        return dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())


def holder(home: Path) -> subprocess.Popen[str]:
    """Start another command that uses the server until its input ends."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


class TestFirstStart:
    def test_keeps_what_it_acknowledges_and_checks_what_it_reads(self, start: Start) -> None:
        settings = settings_of(start())

        wanted = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
        assert {settings[name] for name in wanted} == {"on"}

    def test_listens_on_a_local_socket_only(self, start: Start) -> None:
        server = start()

        assert settings_of(server)["listen_addresses"] == ""
        with pytest.raises(psycopg.OperationalError):
            connect({**server.admin_dsn(), "host": "127.0.0.1"})

    def test_asks_every_role_for_a_scram_password(
        self, start: Start, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("PGPASSWORD", raising=False)
        server = start()
        with connect(server.admin_dsn()) as connection:
            methods = connection.execute(
                "SELECT DISTINCT auth_method FROM pg_hba_file_rules"
            ).fetchall()

        assert methods == [("scram-sha-256",)]
        for parameters in (server.admin_dsn(), server.dsn(Role.APP, "postgres")):
            nameless = {key: text for key, text in parameters.items() if key != "password"}
            with pytest.raises(psycopg.OperationalError, match="no password supplied"):
                connect({**nameless, "passfile": "/dev/null"})

    def test_writes_no_typed_value_into_its_log(self, start: Start) -> None:
        server = start()
        server.create_database("logged")
        with connect(server.dsn(Role.OWNER, "logged"), autocommit=True) as connection:
            connection.execute("CREATE TABLE once (word text PRIMARY KEY)")
            connection.execute("INSERT INTO once VALUES (%s)", ["Marigold"])
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO once VALUES (%s)", ["Marigold"])
            with pytest.raises(psycopg.errors.SyntaxError):
                connection.execute("SELEKT 'Marigold'")

        assert server.cluster is not None
        log = server.cluster.place.log.read_text(encoding="utf-8")
        assert "duplicate key" in log
        assert "Marigold" not in log

    def test_lets_nobody_else_into_its_folders(self, start: Start) -> None:
        cluster = start().cluster
        assert cluster is not None

        place = cluster.place
        for folder in (place.data, place.passwords, place.log.parent, place.folder / "socket"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(place.folder.stat().st_mode) == (0o710 if is_root() else 0o700)
        for file in place.passwords.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert not (place.folder / "initdb.password").exists()

    def test_changes_no_permission_of_the_folders_above(self, home: Path, start: Start) -> None:
        programs = embedded_cluster(home).binaries.folder
        places = (home, programs, Path(sys.executable))
        before = [parents_and_modes(path) for path in places]

        start()

        assert [parents_and_modes(path) for path in places] == before

    def test_runs_as_an_unprivileged_account(self, start: Start) -> None:
        server = start()
        status, cluster = server.status(), server.cluster
        assert cluster is not None

        owner = Path(f"/proc/{status.pid}").stat().st_uid
        assert owner == cluster.account.uid != 0
        assert cluster.account.switched == is_root()

    def test_finds_a_short_folder_for_its_socket_when_the_home_is_deep(self, home: Path) -> None:
        deep = home / ("a" * 60) / ("b, c" * 20)
        deep.mkdir(parents=True)
        for folder in (home, deep.parent, deep):
            folder.chmod(0o711)

        server = ensure_server(deep, environ=EMBEDDED)

        folder = Path(server.shared["host"])
        assert len(str(folder / SOCKET_NAME)) <= LONGEST_SOCKET
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        with connect(server.admin_dsn()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        server.release()
        assert not folder.exists()
        remove_home(deep)


class TestSecondCommand:
    def test_joins_the_server_that_runs(self, home: Path, start: Start) -> None:
        first = start()

        second = start()

        assert second.status().pid == first.status().pid
        assert second.passwords == first.passwords

    def test_starting_at_the_same_moment_makes_one_server(self, home: Path) -> None:
        commands = [holder(home) for _ in range(4)]

        pids = {command.stdout.readline() for command in commands if command.stdout}

        for command in commands:
            command.communicate()
        assert len(pids) == 1
        assert {command.returncode for command in commands} == {0}

    def test_the_last_one_to_end_stops_it(self, home: Path) -> None:
        first, second = holder(home), holder(home)
        for command in (first, second):
            assert command.stdout is not None
            command.stdout.readline()

        first.communicate()
        after_first = embedded_cluster(home).running()
        second.communicate()

        assert after_first is not None
        assert embedded_cluster(home).running() is None

    def test_one_that_was_killed_does_not_keep_it_running_for_ever(self, home: Path) -> None:
        killed, other = holder(home), holder(home)
        for command in (killed, other):
            assert command.stdout is not None
            command.stdout.readline()
        killed.kill()
        killed.communicate()

        other.communicate()

        assert embedded_cluster(home).running() is None


class TestStop:
    def test_is_clean(self, start: Start) -> None:
        server = start()

        server.stop()
        server.stop()

        assert not server.status().running
        assert server.cluster is not None
        assert not (server.cluster.place.data / "postmaster.pid").exists()
        assert "database system is shut down" in server.cluster.place.log.read_text()
