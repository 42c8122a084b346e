"""A disk of its own for a database: a file that holds a file system, or one of memory.

Only root can mount, and only inside a mount namespace of its own, which ends with the process.
"""

import os
import shutil
import subprocess
from pathlib import Path

from opennrm.config.database_server.account import server_account

NEEDED = ("unshare", "mount", "umount", "mkfs.ext4")


def why_not() -> str:
    """Say why this machine cannot mount disks of its own; nothing when it can."""
    if os.geteuid() != 0:
        return "only root can mount a disk of its own"
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        return f"{', '.join(missing)} is not installed"
    tried = subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True,
        check=False,
    )
    if tried.returncode != 0:
        return "this machine does not let a process mount a disk"
    return "" if Path("/dev/loop-control").exists() else "there is no loop device"


class Disk:
    """A file with an ext4 file system, mounted where the database of a home stands."""

    def __init__(self, home: Path, *, megabytes: int) -> None:
        self.image, self.place = home / "disk", home / "database"
        with self.image.open("wb") as disk:
            disk.truncate(megabytes * 1024 * 1024)
        run("mkfs.ext4", "-q", "-F", self.image)
        self.place.mkdir(exist_ok=True)
        self.mount()
        entrust(self.place)

    def mount(self) -> None:
        """Put the disk in its place; a journal left open is played back."""
        run("mount", "-o", "loop", self.image, self.place)

    def cut(self) -> Path:
        """Copy what has reached the disk by now: what would be left when the power goes."""
        copy = self.image.with_name("left")
        run("cp", "--sparse=always", self.image, copy)
        return copy

    def replace(self, left: Path) -> None:
        """Take the disk away and put another in its place."""
        run("umount", self.place)
        left.replace(self.image)
        self.mount()


def memory_disk(place: Path, *, megabytes: int) -> None:
    """Mount a small disk of memory in some place."""
    place.mkdir(exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", place)
    entrust(place)


def entrust(place: Path) -> None:
    """Let the server's account pass, as into any folder of a database."""
    account = server_account()
    if account.switched:
        os.chown(place, -1, account.gid)
        place.chmod(0o710)


def run(*words: str | Path) -> None:
    """Run a program of the system.

    :raises RuntimeError: when it fails, with what it said.
    """
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{words[0]}: {done.stderr.strip()}")
