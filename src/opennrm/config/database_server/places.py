"""The folder of one embedded database: its data, its passwords, its socket and its log.

Under root the folder belongs to root, and only data, socket and log to the server's account: what
root writes, that account cannot replace.
"""

import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from opennrm.config.database_server.account import Account, open_folder, system_folder
from opennrm.config.database_server.homes import private_folder
from opennrm.config.database_server.passwords import keep_text, kept_text
from opennrm.config.database_server.refusals import HomeUnusable

SOCKET_NAME = ".s.PGSQL.5432"
# 104 bytes with their closing zero on macOS, 108 on Linux: the smaller holds everywhere.
LONGEST_SOCKET = 103


@dataclass(frozen=True)
class Place:
    """The folder of one embedded database."""

    folder: Path

    @property
    def data(self) -> Path:
        """Name the PostgreSQL data directory."""
        return self.folder / "data"

    @property
    def passwords(self) -> Path:
        """Name the folder of password files."""
        return self.folder / "passwords"

    @property
    def log(self) -> Path:
        """Name the file the server writes its messages to."""
        return self.folder / "log" / "server.log"


def place_of(home: Path, account: Account) -> Place:
    """Return the folder of the database of a home, made private to OpenNRM if it is new.

    Under root the account may be unable to reach the home. Its database then stands in a folder
    of the system, and a file in the home says where.

    :raises HomeUnusable: when the folder is gone or belongs to somebody else.
    """
    private_folder(home)
    mark, beside = home / "database.place", home / "database"
    named = kept_text(mark)
    if named is not None:
        return Place(_known(Path(named), mark))
    if beside.is_dir() or _reaches(account, home):
        return Place(_made(beside, account))
    folder = open_folder(system_folder() / "databases", 0o711) / secrets.token_hex(8)
    keep_text(mark, str(_made(folder, account)))
    return Place(folder)


def account_folder(folder: Path, account: Account) -> Path:
    """Make a private folder for the server's account; one that is there stays as it is."""
    return folder if folder.is_dir() else account.own(private_folder(folder))


def socket_folder(place: Place, account: Account) -> Path:
    """Make a private folder for the socket: beside the data, or a short one if that is too long.

    A comma would be read as a list of folders by the client library, so it counts as too long.
    """
    beside = place.folder / "socket"
    length = len(str(beside / SOCKET_NAME).encode())
    if length <= LONGEST_SOCKET and "," not in str(beside):
        return account_folder(beside, account)
    return account.own(Path(tempfile.mkdtemp(prefix="opennrm-", dir="/tmp")))


def _made(folder: Path, account: Account) -> Path:
    if folder.is_dir():
        return _known(folder, folder)
    private_folder(folder)
    if account.switched:
        os.chown(folder, -1, account.gid)
        folder.chmod(0o710)
    return folder


def _known(folder: Path, mark: Path) -> Path:
    if not folder.is_dir():
        raise HomeUnusable(
            f"{mark} says that the database is in {folder}, but it is not there. Bring it back, "
            f"or remove {mark} to begin with an empty database."
        )
    if folder.stat().st_uid != os.geteuid():
        raise HomeUnusable(
            f"The database in {folder} belongs to the account {folder.owner()}. "
            "Run OpenNRM as that account, or set OPENNRM_HOME to another folder."
        )
    return folder


def _reaches(account: Account, folder: Path) -> bool:
    if not account.switched:
        return True
    return account.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], cwd=Path("/")).returncode == 0
