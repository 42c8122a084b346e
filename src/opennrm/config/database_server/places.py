"""The folder of one embedded database: its data, its passwords, its socket and its log."""

import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from opennrm.config.database_server.account import Account, open_folder, system_folder
from opennrm.config.database_server.homes import private_folder
from opennrm.config.database_server.passwords import keep_text, kept_text

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
        return self.folder / "server.log"


def place_of(home: Path, account: Account) -> Place:
    """Return the folder of the database of a home, made private to the server's account.

    Under root the account may be unable to reach the home. Its database then stands in the
    account's own folder, and a file in the home says where.
    """
    private_folder(home)
    mark = home / "database.place"
    if (named := kept_text(mark)) is not None:
        folder = Path(named)
    elif (home / "database").is_dir() or _reaches(account, home):
        folder = home / "database"
    else:
        folder = open_folder(system_folder() / "databases", 0o711) / secrets.token_hex(8)
        keep_text(mark, str(folder))
    return Place(_owned(folder, account))


def socket_folder(place: Place, account: Account) -> Path:
    """Make a private folder for the socket: beside the data, or a short one if that is too long.

    A comma would be read as a list of folders by the client library, so it counts as too long.
    """
    beside = place.folder / "socket"
    length = len(str(beside / SOCKET_NAME).encode())
    if length <= LONGEST_SOCKET and "," not in str(beside):
        return _owned(beside, account)
    return account.own(Path(tempfile.mkdtemp(prefix="opennrm-", dir="/tmp")))


def _owned(folder: Path, account: Account) -> Path:
    if folder.is_dir():
        return folder
    return account.own(private_folder(folder))


def _reaches(account: Account, folder: Path) -> bool:
    if not account.switched:
        return True
    return account.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], cwd=Path("/")).returncode == 0
