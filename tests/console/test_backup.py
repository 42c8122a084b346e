"""Backing up, restoring and the drill, as whoever runs the server types them."""

import re
from pathlib import Path

import pytest

from opennrm.config.database_server.administering import ServerAdministration
from opennrm.config.databases import server
from tests import cast, stories
from tests.console.running import command
from tests.database import DATABASE, prepared


@pytest.fixture(scope="module", autouse=True)
def _database() -> None:
    prepared()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one backup in it, and beside it the private key."""
    case_ref = stories.contact(cast.POLICE_OFFICER)
    stories.described(cast.POLICE_OFFICER, case_ref, names="Shelf Invented")
    # What other tests changed behind the record's back is put right first.
    command("rebuild")
    place = tmp_path_factory.mktemp("shelf")
    made = command("backup", "--new-key", str(place / "private.key"))
    public = re.search(r"age1\w+", made.stdout)
    assert public is not None, made.stdout + made.stderr
    done = command("backup", "--to", str(place), "--recipient", public.group())
    assert done.returncode == 0, done.stdout + done.stderr
    return place


class TestADrill:
    def test_restores_on_a_fresh_instance_and_checks_everything_there(self, shelf: Path) -> None:
        done = command("drill", str(shelf), "--identity", str(shelf / "private.key"))

        assert done.returncode == 0, done.stdout + done.stderr
        assert "verify: Every fact is what was recorded." in done.stdout
        assert re.search(r"rebuild: \d+ cases: every projection follows", done.stdout)
        assert "The drill held" in done.stdout

    def test_fails_aloud_where_a_backup_would_not_bring_one_back(
        self, shelf: Path, tmp_path: Path
    ) -> None:
        wrong = tmp_path / "wrong.key"
        assert command("backup", "--new-key", str(wrong)).returncode == 0

        done = command("drill", str(shelf), "--identity", str(wrong))

        assert done.returncode == 1
        assert "not the one it was made for" in done.stdout
        assert "would not bring you back" in done.stdout


class TestARestore:
    def test_replaces_nothing_without_being_told(self, shelf: Path) -> None:
        done = command("restore", str(shelf), "--identity", str(shelf / "private.key"))

        assert done.returncode == 1
        assert "is there already" in done.stdout

    def test_keeps_what_stood_there_under_another_name(self, shelf: Path) -> None:
        administration = ServerAdministration(server(), DATABASE)
        name = f"{DATABASE}_swapped"
        administration.make(name)
        before = ""

        try:
            done = command(
                *("restore", str(shelf), "--identity", str(shelf / "private.key"), "--replace"),
                OPENNRM_DATABASE=name,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            before = re.search(r"database (\w+_before_\w+)", done.stdout).group(1)
            assert administration.has(name)
            assert administration.has(before)
            checked = command("verify", OPENNRM_DATABASE=name)
            assert checked.returncode == 0, checked.stdout
        finally:
            administration.drop(name)
            administration.drop(before)


class TestWords:
    def test_that_name_no_folder_or_key_are_answered(self, tmp_path: Path) -> None:
        nowhere = command("backup", OPENNRM_BACKUPS="")
        nokey = command("restore", str(tmp_path), "--identity", str(tmp_path / "none"))

        assert (nowhere.returncode, nokey.returncode) == (1, 1)
        assert "Name the folder" in nowhere.stdout
        assert "There is no backup" in nokey.stdout or "is there already" in nokey.stdout

    def test_never_overwrite_a_private_key(self, tmp_path: Path) -> None:
        path = tmp_path / "private.key"
        path.write_text("something else", encoding="ascii")

        done = command("backup", "--new-key", str(path))

        assert done.returncode == 1
        assert path.read_text(encoding="ascii") == "something else"
