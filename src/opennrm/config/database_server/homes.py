"""Where OpenNRM keeps its data on this machine."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from opennrm.config.database_server.refusals import HomeUnusable

SYSTEM_HOME = Path("/var/lib/opennrm")


def data_home(environ: Mapping[str, str] = os.environ, *, as_root: bool | None = None) -> Path:
    """Name the folder for all data: OPENNRM_HOME, or the data directory of this user."""
    named = environ.get("OPENNRM_HOME")
    if named:
        return Path(named).expanduser().absolute()
    if is_root() if as_root is None else as_root:
        return SYSTEM_HOME / "home"
    return _user_data_directory(environ) / "opennrm"


def is_root() -> bool:
    """Tell whether this process runs as root."""
    return os.geteuid() == 0


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can enter; one that is there keeps its permissions.

    :raises HomeUnusable: when it cannot be made or written.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(_unusable(path, error.strerror)) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise HomeUnusable(_unusable(path, "no permission to write"))
    return path


def _user_data_directory(environ: Mapping[str, str]) -> Path:
    if sys.platform == "darwin":
        return _user_home() / "Library" / "Application Support"
    named = environ.get("XDG_DATA_HOME", "")
    return Path(named) if named.startswith("/") else _user_home() / ".local" / "share"


def _user_home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise HomeUnusable(
            "This account has no home folder to keep data in. "
            "Set OPENNRM_HOME to a folder it may write in."
        ) from error


def _unusable(path: Path, reason: str | None) -> str:
    return (
        f"The data folder {path} cannot be used ({reason}). "
        "Set OPENNRM_HOME to a folder this account may write in."
    )
