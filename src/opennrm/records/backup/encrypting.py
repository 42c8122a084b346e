"""Encrypts streams with age to keys whose private halves are elsewhere, and opens them again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pyrage

from opennrm.records.backup.administration import BackupRefused

BLOCK = 1 << 20


def new_identity() -> tuple[str, str]:
    """Make a pair: the private half, which leaves this machine, and the public one."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipients(texts: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    """Read the public keys a backup is encrypted to.

    :raises BackupRefused: when there is none, or one is no age key.
    """
    if not texts:
        raise BackupRefused(
            "No key to encrypt to is known. Make one on another machine with "
            "./run backup --new-key FILE, and name its public half once with --recipient age1..."
        )
    try:
        return [pyrage.x25519.Recipient.from_str(text) for text in texts]
    except pyrage.RecipientError:
        raise BackupRefused(
            "A recipient is no public age key, which begins with age1. Look at what "
            "--new-key said."
        ) from None


def identities(path: Path) -> list[pyrage.x25519.Identity]:
    """Read private keys from a file; lines that begin with # are left out.

    :raises BackupRefused: when the file cannot be read or holds no key.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if _is_key(line)]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as fault:
        raise BackupRefused(f"{path} holds no private age key ({type(fault).__name__}).") from None
    if not found:
        raise BackupRefused(f"{path} holds no private age key, which begins with AGE-SECRET-KEY-.")
    return found


def encrypt(source: IO[bytes], path: Path, to: Sequence[pyrage.x25519.Recipient]) -> None:
    """Write a stream encrypted, on the disk before this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        pyrage.encrypt_io(source, out, to)
        out.flush()
        os.fsync(out.fileno())


def decrypt(path: Path, out: Path, by: Sequence[pyrage.x25519.Identity]) -> None:
    """Open an encrypted file into another one that only its owner reads.

    :raises BackupRefused: when no key fits, or the file is damaged or cut short.
    """
    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with path.open("rb") as source, os.fdopen(handle, "wb") as opened:
            pyrage.decrypt_io(source, opened, by)
    except (OSError, pyrage.DecryptError):
        out.unlink(missing_ok=True)
        raise BackupRefused(
            f"{path.name} does not open: the key is not the one it was made for, or it is damaged."
        ) from None


def sha256_of(path: Path) -> str:
    """Return the digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _is_key(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
