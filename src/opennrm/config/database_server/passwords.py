"""Small private files: the passwords of the database roles, one each, kept beside the data."""

import os
import secrets
from pathlib import Path

from opennrm.config.database_server.homes import private_folder


def kept_text(path: Path) -> str | None:
    """Read a small private file, if it is there."""
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


def keep_text(path: Path, text: str, *, mode: int = 0o600) -> str:
    """Write a small private file whole or not at all, on the disk before this returns."""
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        os.fchmod(stream.fileno(), mode)
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    scratch.rename(path)
    return text


def kept_password(folder: Path, role: str) -> str | None:
    """Read the password of a role, if it is kept here."""
    return kept_text(folder / role)


def password_of(folder: Path, role: str) -> str:
    """Read the password of a role, or make a random one and keep it first."""
    known = kept_password(folder, role)
    return known or keep_text(private_folder(folder) / role, secrets.token_urlsafe(32))
