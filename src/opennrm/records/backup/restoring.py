"""Reads a backup into a database of its own and looks at it there, before anything is replaced."""

from __future__ import annotations

import fcntl
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pyrage
from psycopg import sql

from opennrm.records.backup import manifest, programs
from opennrm.records.backup.administration import Administration, BackupRefused
from opennrm.records.backup.encrypting import decrypt
from opennrm.records.backup.manifest import Manifest
from opennrm.records.backup.writing import HEADS, KEYS, RECORD

BROKEN = (
    "SELECT (SELECT count(*) FROM nrm.broken_chains()) + (SELECT count(*) FROM nrm.broken_files())"
)
SCRATCH = "restoring-"
ERASE_AGAIN = "SELECT nrm.erase_again()"
CHANGED = "SELECT count(*) FROM nrm.changed_entries()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The two parts to read, the keys that open them, and who must have signed them."""

    record: Path
    keys: Path
    by: Sequence[pyrage.x25519.Identity]
    signer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was read back and found whole."""

    record: Manifest
    keys: Manifest
    rows: int
    without_record: int
    erased_again: int
    laid_beside: tuple[str, ...]


def restore_into(server: Administration, database: str, source: Source, *, home: Path) -> Restored:
    """Make a database from a backup; one that does not hold together is removed again.

    The record may be older than the keys: keys of what it does not know are left out.

    :raises BackupRefused: when a file is missing, damaged, cut short, or not what was signed.
    """
    record = manifest.read(source.record, part=RECORD, signer=source.signer)
    keys = manifest.read(source.keys, part=KEYS, signer=source.signer or record.signer)
    with _opened(source, home) as folder:
        server.make(database)
        try:
            lost = _filled(server, database, folder, keys)
            rows, again = _looked_at(server, database, record)
        except BaseException:
            server.drop(database)
            raise
        beside = _keep_secrets(folder / "home.tar", home)
    return Restored(
        record=record,
        keys=keys,
        rows=rows,
        without_record=lost,
        erased_again=again,
        laid_beside=beside,
    )


@contextmanager
def _opened(source: Source, home: Path) -> Iterator[Path]:
    """Decrypt all files first, into a private folder that goes with this block."""
    with scratch(home) as folder:
        decrypt(source.record / "record.age", folder / "record.dump", source.by)
        decrypt(source.keys / "keys.age", folder / "keys.dump", source.by)
        decrypt(source.keys / "home.age", folder / "home.tar", source.by)
        yield folder


@contextmanager
def scratch(home: Path) -> Iterator[Path]:
    """Make a folder that is locked while this process lives and uses it.

    What a restore that was killed left behind goes first; what another one is using stays.
    """
    with _alone(home):
        for left in home.glob(f"{SCRATCH}*"):
            _clear_if_left(left)
        folder = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=home))
        mark = os.open(folder, os.O_RDONLY)
        fcntl.flock(mark, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        with _alone(home):
            shutil.rmtree(folder)
            os.close(mark)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    handle = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _clear_if_left(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        shutil.rmtree(folder)
    finally:
        os.close(handle)


def _filled(server: Administration, database: str, folder: Path, keys: Manifest) -> int:
    record = folder / "record.dump"
    programs.restore(server, database, record, ["--section=pre-data"])
    programs.restore(server, database, record, ["--section=data"])
    programs.restore(server, database, folder / "keys.dump", ["--data-only"])
    with _connected(server, database) as connection:
        _require_rows(connection, keys)
        lost = _without_parents(connection, keys.parents)
    programs.restore(server, database, record, ["--section=post-data"])
    return lost


def _without_parents(connection: psycopg.Connection[Any], above: list[list[Any]]) -> int:
    """Take away keys of what the record does not know, until none is left."""
    total, last = 0, 1
    while last:
        last = sum(_prune(connection, *one) for one in above)
        total += last
    return total


def _prune(
    connection: psycopg.Connection[Any], table: str, other: str, own: list[str], its: list[str]
) -> int:
    pairs = sql.SQL(" AND ").join(
        sql.SQL("parent.{} = child.{}").format(sql.Identifier(b), sql.Identifier(a))
        for a, b in zip(own, its, strict=True)
    )
    given = sql.SQL(" AND ").join(
        sql.SQL("child.{} IS NOT NULL").format(sql.Identifier(name)) for name in own
    )
    statement = sql.SQL(
        "DELETE FROM {} AS child WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS parent WHERE {})"
    ).format(_table(table), given, _table(other), pairs)
    return connection.execute(statement).rowcount


def _looked_at(server: Administration, database: str, record: Manifest) -> tuple[int, int]:
    """Hold what was read against what was signed; then erase again what was erased since."""
    with _connected(server, database) as connection:
        rows = _require_rows(connection, record)
        heads = connection.execute(HEADS).fetchone()
        again = _number(connection, ERASE_AGAIN)
        found = [_number(connection, question) for question in (BROKEN, CHANGED)]
    if any(found) or not heads or heads[0] != record.heads:
        raise BackupRefused(
            f"The restored record is not what was recorded: {found[0]} broken places in chains, "
            f"{found[1]} changed entries under seals. Nothing was replaced; take another backup."
        )
    return rows, again


def _require_rows(connection: psycopg.Connection[Any], told: Manifest) -> int:
    for name, wanted in told.rows.items():
        found = _number(connection, sql.SQL("SELECT count(*) FROM {}").format(_table(name)))
        if found != wanted:
            raise BackupRefused(
                f"{name} has {found} rows after reading, and {wanted} when the backup was made. "
                "Nothing was replaced; take another backup."
            )
    return sum(told.rows.values())


def _number(connection: psycopg.Connection[Any], question: Any) -> int:
    row = connection.execute(question).fetchone()
    return int(row[0]) if row else 0


def _table(name: str) -> sql.Identifier:
    return sql.Identifier(*name.split("."))


@contextmanager
def _connected(server: Administration, database: str) -> Iterator[psycopg.Connection[Any]]:
    words: dict[str, Any] = dict(server.dsn(database))
    with psycopg.connect(**words) as connection:
        yield connection


def _keep_secrets(packed: Path, home: Path) -> tuple[str, ...]:
    """Put back the secret files that are not here; where another one is here, lay it beside."""
    beside = []
    with tarfile.open(packed) as archive:
        for member in archive.getmembers():
            source = archive.extractfile(member) if member.isfile() else None
            if source is None or Path(member.name).name != member.name:
                continue
            content, path = source.read(), home / member.name
            if path.exists() and path.read_bytes() == content:
                continue
            if path.exists():
                path = home / f"{member.name}.from_backup"
                path.unlink(missing_ok=True)
                beside.append(path.name)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
    return tuple(beside)
