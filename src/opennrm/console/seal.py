"""`./run seal`: sign the record as it is, so that any later change can be shown."""

import argparse
import json
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.records import seals

KEY = "seal.key"


def run(given: argparse.Namespace, machine: Machine) -> int:
    """Seal everything recorded so far; write the seal to a file where one is named."""
    signer = signing_key(machine.home)
    seal = seals.seal_record(signer, at=timezone.now())
    say(f"Seal {seal.number} over {seal.size} entries, root {seal.root.hex()}.")
    say(f"Key {seal.public_key.hex()}. Keep the seal where nobody who runs this can change it.")
    if given.out:
        say(f"Written to {written(Path(given.out), seal.told())}.")
    return 0


def signing_key(home: Path) -> Ed25519PrivateKey:
    """Read the key this installation signs with, or make one that only its account can read."""
    path = home / KEY
    if not path.is_file():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
            file.flush()
            os.fsync(file.fileno())
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def written(path: Path, told: dict[str, object]) -> Path:
    """Write a seal or a proof as a file."""
    path.write_text(json.dumps(told, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return path
