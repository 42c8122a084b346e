"""The account the database runs under: this user, or one of its own when this user is root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opennrm.config.database_server.homes import SYSTEM_HOME, is_root
from opennrm.config.database_server.refusals import AccountMissing

NAME = "opennrm"


@dataclass(frozen=True)
class Account:
    """A user and group under which programs are run."""

    uid: int
    gid: int
    switched: bool

    def run(
        self, command: Sequence[str | Path], *, cwd: Path, output: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program under this account, with a clean environment and no input.

        With `output` both streams go to that file, for programs that leave a server behind.
        """
        how: dict[str, Any] = {"cwd": cwd, "env": _environment(cwd), "umask": 0o077}
        if self.switched:
            how |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        words = [str(word) for word in command]
        if output is None:
            return _silent_run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)
        with output.open("w", encoding="utf-8") as stream:
            return _silent_run(words, stdout=stream, stderr=stream, **how)

    def write(self, path: Path, text: str) -> None:
        """Write a file as this account, so that root never writes where the account may link."""
        script = ["/bin/sh", "-c", 'printf %s "$1" > "$2"', "sh", text, str(path)]
        self.run(script, cwd=Path("/")).check_returncode()

    def own(self, path: Path) -> Path:
        """Give a path that OpenNRM has just made to this account."""
        if self.switched:
            os.chown(path, self.uid, self.gid)
        return path


def server_account() -> Account:
    """Return this user, or the unprivileged system account when this user is root.

    :raises AccountMissing: when root has no such account and none can be made.
    """
    if not is_root():
        return Account(os.getuid(), os.getgid(), switched=False)
    entry = _entry() or _made()
    if entry.pw_uid == 0:
        raise AccountMissing(
            f"The account {NAME} is root itself; PostgreSQL refuses to run as root. "
            f"Give the account {NAME} an ordinary number, or run OpenNRM as another user."
        )
    system_folder()
    return Account(entry.pw_uid, entry.pw_gid, switched=True)


def system_folder() -> Path:
    """Make the folder that belongs to the database when root starts it."""
    return open_folder(SYSTEM_HOME, 0o711)


def open_folder(path: Path, mode: int) -> Path:
    """Make a folder others may pass through; one that is there keeps its permissions."""
    if not path.is_dir():
        path.mkdir(parents=True)
        path.chmod(mode)
    return path


def _silent_run(words: list[str], **how: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, stdin=subprocess.DEVNULL, text=True, check=False, **how)  # noqa: S603


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd:
    for command in _commands():
        if shutil.which(command[0]):
            subprocess.run(command, capture_output=True, check=False)  # noqa: S603
        entry = _entry()
        if entry is not None:
            return entry
    raise AccountMissing(
        f"PostgreSQL refuses to run as root, and the system account {NAME} could not be made. "
        f"Make it (useradd --system {NAME}), or run OpenNRM as an ordinary user."
    )


def _commands() -> list[list[str]]:
    home, shell = str(SYSTEM_HOME), "/usr/sbin/nologin"
    useradd = ["useradd", "--system", "--no-create-home", "--home-dir", home, "--shell", shell]
    return [
        [*useradd, "--user-group", NAME],
        [*useradd, NAME],
        ["adduser", "-S", "-D", "-H", "-h", home, "-s", "/sbin/nologin", NAME],
    ]


def _environment(cwd: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(cwd), "LC_ALL": "C", "TZ": "UTC"}
