"""`./run backup`: the record and its keys, apart and encrypted to a key that is elsewhere."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.console.seal import signing_key
from opennrm.records.backup import encrypting, shelf, writing
from opennrm.records.backup.administration import BackupRefused

RECIPIENTS = "backup.recipients"
SHELF = "OPENNRM_BACKUPS"


def run(given: argparse.Namespace, machine: Machine) -> int:
    """Make a backup and end those past their time, or make the key pair backups need."""
    try:
        return _new_key(Path(given.new_key)) if given.new_key else _backed_up(given, machine)
    except BackupRefused as refused:
        say(str(refused))
        return 1


def shelf_named(given: argparse.Namespace, word: str) -> Path:
    """Return the folder backups lie in.

    :raises BackupRefused: when none is named.
    """
    named = getattr(given, word) or os.environ.get(SHELF)
    if not named:
        raise BackupRefused(
            f"Name the folder backups lie in, with --{word} or in {SHELF}. It should be on "
            "another disk, and a copy of it on another site."
        )
    return Path(named).absolute()


def _backed_up(given: argparse.Namespace, machine: Machine) -> int:
    folder = shelf_named(given, "to")
    administration = machine.administration()
    if not administration.has(administration.database):
        raise BackupRefused("There is no database yet, so there is nothing to back up.")
    plan = writing.Plan(
        folder=folder,
        home=machine.home,
        to=encrypting.recipients(_recipients(machine.home, given.recipient)),
        signer=signing_key(machine.home),
        at=now(),
    )
    for made in writing.back_up(administration, plan):
        size = sum(path.stat().st_size for path in made.iterdir())
        say(f"{made}: {size:,} bytes")
    for gone in shelf.end_old(
        folder, at=plan.at, record_days=given.keep_record, keys_days=given.keep_keys
    ):
        say(f"Removed {gone}, which was past its time.")
    say(f"Signed by {plan.signer.public_key().public_bytes_raw().hex()}.")
    return 0


def now() -> datetime:
    """Return this moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - a command reads the clock


def _recipients(home: Path, named: list[str]) -> list[str]:
    """Return the public keys to encrypt to; those named once are remembered."""
    kept = home / RECIPIENTS
    if named:
        encrypting.recipients(named)
        kept.touch(mode=0o600)
        kept.write_text("\n".join(named) + "\n", encoding="ascii")
    return kept.read_text(encoding="ascii").split() if kept.is_file() else []


def _new_key(path: Path) -> int:
    """Make a key pair; the private half is written to a file and is nowhere else."""
    private, public = encrypting.new_identity()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise BackupRefused(f"{path} could not be made: {fault.strerror}.") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"# public half: {public}\n{private}\n")
        file.flush()
        os.fsync(file.fileno())
    say(f"The private half is in {path}. Carry it off this machine, twice, and remove it here:")
    say("whoever has it opens every backup; without it no backup can be read.")
    say(f"The public half, for ./run backup --recipient: {public}")
    return 0
