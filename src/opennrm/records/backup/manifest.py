"""The signed note beside a backup: what it holds, so that a damaged or partial one is refused."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from opennrm.records.backup.administration import BackupRefused
from opennrm.records.backup.encrypting import sha256_of

FORMAT = "opennrm-backup-1"
NAME = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One backup of the record or of the keys: its files, what stood in them, who signed it."""

    part: str
    made_at: str
    server_version: int
    files: dict[str, str]
    rows: dict[str, int]
    heads: str
    migrations: dict[str, str]
    parents: list[list[Any]] = field(default_factory=list)
    signer: str = ""
    signature: str = ""

    @property
    def statement(self) -> bytes:
        """Return what is signed: everything but the signature."""
        told = {**asdict(self), "format": FORMAT}
        del told["signature"]
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def signed(manifest: Manifest, signer: Ed25519PrivateKey) -> Manifest:
    """Return the manifest with the signature of this installation."""
    told = asdict(manifest) | {"signer": signer.public_key().public_bytes_raw().hex()}
    return Manifest(**(told | {"signature": signer.sign(Manifest(**told).statement).hex()}))


def written(manifest: Manifest) -> str:
    """Return the manifest as text."""
    return json.dumps(asdict(manifest) | {"format": FORMAT}, indent=2, sort_keys=True) + "\n"


def read(folder: Path, *, part: str, signer: str | None) -> Manifest:
    """Read the manifest of a backup, and hold its files against it.

    :raises BackupRefused: when something is missing, changed, or signed by somebody else.
    """
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        kind = told.pop("format")
        manifest = Manifest(**told)
    except (OSError, ValueError, TypeError, KeyError):
        raise BackupRefused(f"{folder} is no whole backup: its {NAME} cannot be read.") from None
    if kind != FORMAT or manifest.part != part:
        raise BackupRefused(f"{folder} is no backup of the {part} that this OpenNRM can read.")
    if not _is_signed(manifest) or (signer and manifest.signer != signer):
        raise BackupRefused(
            f"{folder} was not signed by the expected key ({signer or manifest.signer}). "
            "It was changed, or it comes from another installation."
        )
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file() or sha256_of(path) != digest:
            raise BackupRefused(f"{path} is missing or damaged. Take another backup.")
    return manifest


def _is_signed(manifest: Manifest) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest.signer))
        key.verify(bytes.fromhex(manifest.signature), manifest.statement)
    except (InvalidSignature, ValueError):
        return False
    return True
