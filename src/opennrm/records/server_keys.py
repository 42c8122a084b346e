"""Keys that the server holds: for what must be opened before anybody's passphrase is known.

They open no part of a case. A provider in a file is the first; one in a hardware module needs the
same two functions.
"""

from __future__ import annotations

import os
import secrets
import stat
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from opennrm.records.sealing import lock, unlock

KEY_BYTES = 32
FACTORS = b"opennrm second factors 1"


class KeyUnusable(Exception):
    """The server's key cannot be used; the message says why and what to do."""


class KeyProvider(Protocol):
    """Whatever holds a key of the server and uses it without showing it."""

    def lock(self, plain: bytes, purpose: bytes) -> bytes:
        """Encrypt bytes for a purpose."""

    def unlock(self, locked: bytes, purpose: bytes) -> bytes:
        """Decrypt bytes that were encrypted for the same purpose."""


class FileKeys:
    """A key in a file that only the account of the server can read."""

    def __init__(self, path: Path) -> None:
        self._key = secret_in(path)

    def lock(self, plain: bytes, purpose: bytes) -> bytes:
        """Encrypt bytes for a purpose."""
        return lock(plain, self._key, purpose)

    def unlock(self, locked: bytes, purpose: bytes) -> bytes:
        """Decrypt bytes that were encrypted for the same purpose.

        :raises SealBroken: when the key has been exchanged or the bytes were moved.
        """
        return unlock(locked, self._key, purpose)


def secret_in(path: Path) -> bytes:
    """Return the secret a file keeps, making it where there is none yet.

    :raises KeyUnusable: when others can read the file, or it holds something else.
    """
    return _kept(path) or _made(path)


@cache
def factor_keys() -> KeyProvider:
    """Return the key under which the secrets of authenticator apps and recovery codes stand."""
    return FileKeys(Path(settings.OPENNRM_FACTOR_KEY))


def _kept(path: Path) -> bytes | None:
    if not path.is_file():
        return None
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyUnusable(f"{path} can be read by others. Run: chmod 600 {path}")
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyUnusable(f"{path} does not hold a key of {KEY_BYTES} bytes. Put the backup back.")
    return key


def _made(path: Path) -> bytes:
    """Make the key; of two processes that do so at once, one writes and both read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(KEY_BYTES) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(scratch, path)
    except FileExistsError:
        pass
    finally:
        scratch.unlink()
    key = _kept(path)
    if key is None:
        raise KeyUnusable(f"{path} could not be written. Look at the folder it stands in.")
    return key
