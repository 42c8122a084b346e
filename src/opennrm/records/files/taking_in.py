"""Takes a file in: told by content, scanned, written anew in a child process, locked."""

from __future__ import annotations

import hashlib
import os
import resource
import secrets
import subprocess
import sys
from pathlib import Path

from opennrm.casework.files import LARGEST_KIB, LockedFile
from opennrm.records.files.refusals import FileRefused
from opennrm.records.files.scanning import require_clean
from opennrm.records.files.telling import told_by_content
from opennrm.records.sealing import lock, unlock
from opennrm.vocabulary.files import FileType

CLEANER = Path(__file__).with_name("cleaning.py")
REWRITTEN = frozenset({FileType.PDF, FileType.JPEG, FileType.PNG})
PURPOSE = b"opennrm file 1"
SECONDS, MEMORY = 20, 1 << 30
KIB = 1024


def taken_in(content: bytes) -> LockedFile:
    """Take a file in, or refuse it whole.

    :raises FileRefused: when it is too large, of a type not kept, damaged or infected.
    :raises ScannerAway: when nobody could look for malware.
    """
    if not content:
        raise FileRefused("empty")
    if len(content) > LARGEST_KIB * KIB:
        raise FileRefused("too_large")
    kind = told_by_content(content)
    require_clean(content)
    kept = cleaned(content, kind) if kind in REWRITTEN else content
    if len(kept) > LARGEST_KIB * KIB:
        raise FileRefused("too_large")
    key = secrets.token_bytes(32)
    locked = lock(kept, key, PURPOSE)
    return LockedFile(
        file_type=kind.value,
        size_kib=-(-len(kept) // KIB),
        digest=hashlib.sha256(locked).hexdigest(),
        content=locked,
        content_key=key.hex(),
        original=hashlib.sha256(content).hexdigest(),
    )


def opened(locked: bytes, content_key: str) -> bytes:
    """Open what was locked.

    :raises SealBroken: when key and bytes do not belong together.
    """
    return unlock(locked, bytes.fromhex(content_key), PURPOSE)


def cleaned(content: bytes, kind: FileType) -> bytes:
    """Write a picture or a PDF anew, in a process that has limits and no way to the record.

    :raises FileRefused: when it cannot be read whole within the limits.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own script
            [sys.executable, "-I", str(CLEANER), kind.value],
            input=content,
            capture_output=True,
            env={"LC_ALL": "C", "PATH": os.defpath},
            cwd="/",
            timeout=2 * SECONDS,
            check=False,
            preexec_fn=_limited,
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("cannot_be_read") from None
    if done.returncode != 0 or not done.stdout:
        raise FileRefused("cannot_be_read")
    return done.stdout


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (64, 64)) if os.geteuid() else None
