"""Makes a backup: the record and, apart from it, the keys, of one and the same moment."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from opennrm.records.backup import manifest, programs, tables
from opennrm.records.backup.administration import Administration, BackupRefused
from opennrm.records.backup.encrypting import encrypt, sha256_of

RECORD, KEYS = "record", "keys"
STAMP = "%Y%m%dT%H%M%SZ"
HEADS = (
    "SELECT encode(sha256(coalesce(string_agg(case_ref::text || encode(hash, 'hex'), '|' "
    "ORDER BY case_ref), '')::bytea), 'hex') FROM nrm.case_head"
)
MIGRATIONS = "SELECT app, max(name) FROM public.django_migrations GROUP BY app ORDER BY app"
# Marks of what runs here, and where; everything else small in the home is a secret to be kept.
MARKS = ("database.lock", "database.users", "database.place", "serving", "backup.recipients")
LARGEST_SECRET = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where a backup goes, to whom it is encrypted and by which key it is signed."""

    folder: Path
    home: Path
    to: Sequence[pyrage.x25519.Recipient]
    signer: Ed25519PrivateKey
    at: datetime


def back_up(server: Administration, plan: Plan) -> tuple[Path, Path]:
    """Write both parts and return their folders; a part stands whole or not at all.

    :raises BackupRefused: when a part could not be written whole.
    """
    with _one_moment(server) as (connection, snapshot):
        apart = tables.kept_apart(connection)
        hidden = [*apart, *tables.left_out(connection)]
        known = _known(connection, plan)
        record_words = [f"--exclude-table-data={name}" for name in hidden]
        key_words = ["--data-only", *(f"--table={name}" for name in apart)]
        with _part(plan, RECORD) as folder:
            with programs.dumping(server, server.database, [snapshot, *record_words]) as dump:
                encrypt(dump, folder / "record.age", plan.to)
            rows = tables.counts(connection, apart=False)
            _sign(folder, plan, manifest.Manifest(part=RECORD, rows=rows, files={}, **known))
        with _part(plan, KEYS) as folder:
            with programs.dumping(server, server.database, [snapshot, *key_words]) as dump:
                encrypt(dump, folder / "keys.age", plan.to)
            encrypt(_secrets(plan.home), folder / "home.age", plan.to)
            rows, above = tables.counts(connection, apart=True), tables.parents(connection)
            told = manifest.Manifest(part=KEYS, rows=rows, files={}, parents=above, **known)
            _sign(folder, plan, told)
    stamp = plan.at.strftime(STAMP)
    return plan.folder / RECORD / stamp, plan.folder / KEYS / stamp


@contextmanager
def _one_moment(server: Administration) -> Iterator[tuple[psycopg.Connection[Any], str]]:
    words: dict[str, Any] = dict(server.dsn(server.database))
    with psycopg.connect(**words) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        yield connection, f"--snapshot={row[0] if row else ''}"


@contextmanager
def _part(plan: Plan, part: str) -> Iterator[Path]:
    """Give a folder that gets its name only when everything in it is written."""
    whole = plan.folder / part / plan.at.strftime(STAMP)
    fresh = whole.with_name(f".{whole.name}.unfinished")
    try:
        fresh.mkdir(mode=0o700, parents=True)
        yield fresh
        fresh.rename(whole)
        _to_disk(whole.parent)
    except OSError as fault:
        raise BackupRefused(f"{whole} could not be written: {fault.strerror}.") from fault
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _known(connection: psycopg.Connection[Any], plan: Plan) -> dict[str, Any]:
    heads = connection.execute(HEADS).fetchone()
    return {
        "made_at": plan.at.isoformat(),
        "server_version": connection.info.server_version,
        "heads": heads[0] if heads else "",
        "migrations": dict(connection.execute(MIGRATIONS).fetchall()),
    }


def _sign(folder: Path, plan: Plan, told: manifest.Manifest) -> None:
    told.files.update({path.name: sha256_of(path) for path in sorted(folder.iterdir())})
    text = manifest.written(manifest.signed(told, plan.signer))
    with (folder / manifest.NAME).open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _to_disk(folder)


def _secrets(home: Path) -> io.BytesIO:
    """Pack the small secret files of this installation: what signs, and what opens factors."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path in sorted(home.iterdir()):
            is_ours = path.is_file() and path.name not in MARKS and not path.name.startswith(".")
            if is_ours and path.stat().st_size <= LARGEST_SECRET:
                archive.add(path, arcname=path.name, recursive=False)
    packed.seek(0)
    return packed


def _to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
