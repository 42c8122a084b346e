"""`./run restore`: a backup read into a database of its own, and only then put in place."""

import argparse
from pathlib import Path

from opennrm.console.backup import now, shelf_named
from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.console.serving import serving_now
from opennrm.records.backup import shelf
from opennrm.records.backup.administration import Administration, BackupRefused
from opennrm.records.backup.encrypting import identities
from opennrm.records.backup.restoring import Restored, Source, restore_into
from opennrm.records.backup.writing import KEYS, RECORD

LONGEST_NAME = 63


def run(given: argparse.Namespace, machine: Machine) -> int:
    """Restore; what stands here is put aside under another name, never overwritten."""
    try:
        if serving_now(machine.home) is not None:
            raise BackupRefused("The pages are being served. Stop them first with ./run stop.")
        administration = machine.administration()
        is_there = administration.has(administration.database)
        if is_there and not given.replace:
            raise BackupRefused(
                f"The database {administration.database} is there already. With --replace it is "
                "kept under another name, and the backup takes its place."
            )
        restored, name = _read(given, machine, administration)
    except BackupRefused as refused:
        say(str(refused))
        return 1
    if is_there:
        aside = _beside(administration.database, "before")
        administration.rename(administration.database, aside)
        say(f"What stood here is kept as the database {aside}. Drop it when all is well.")
    administration.rename(name, administration.database)
    _tell(restored)
    return 0


def source_of(given: argparse.Namespace) -> Source:
    """Find the two parts that are to be read.

    :raises BackupRefused: when one is missing, or the private key cannot be read.
    """
    folder = shelf_named(given, "source")
    return Source(
        record=shelf.named(folder, RECORD, given.record),
        keys=shelf.named(folder, KEYS, given.keys),
        by=identities(Path(given.identity)),
        signer=given.signed_by,
    )


def _read(
    given: argparse.Namespace, machine: Machine, administration: Administration
) -> tuple[Restored, str]:
    for left in administration.beginning(f"{administration.database}_restored_"):
        administration.drop(left)
    name = _beside(administration.database, "restored")
    source = source_of(given)
    return restore_into(administration, name, source, home=machine.home), name


def _beside(database: str, word: str) -> str:
    ending = f"_{word}_{now():%Y%m%d_%H%M%S}"
    return database[: LONGEST_NAME - len(ending)] + ending


def _tell(restored: Restored) -> None:
    say(f"Restored the record of {restored.record.made_at}: {restored.rows} rows, all there.")
    say(f"Restored the keys of {restored.keys.made_at}.")
    if restored.keys.made_at < restored.record.made_at:
        say("These keys are OLDER than the record: what was written since then opens to nobody.")
    if restored.without_record:
        say(f"{restored.without_record} keys belong to what is newer than this record.")
    if restored.erased_again:
        say(f"{restored.erased_again} cases were erased since then, and are erased again.")
    for name in restored.laid_beside:
        say(f"Another secret of this name is here; the backup's is {name} in the data folder.")
        say("Second factors and seals open with the one they were made with: put it in its place.")
    say(f"Signed by {restored.record.signer}. Compare it with the key of the seals you keep.")
    say("Chains, seals and counts hold. Now run: ./run verify; ./run rebuild --check")
