"""Snapshots of the statistics copy, in Parquet: numbered, with a checksum, counted by DuckDB.

A figure names the snapshot it was counted on. There is one copy at most: when the rows change, the
next snapshot is taken and the one before is emptied, so that its number and checksum stay and its
rows go.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
from django.db import transaction

from opennrm.rapporteur.report_definitions import COLUMNS, PERSON, as_sql

_BETWEEN = "|"
_FIELDS = ", ".join(
    f"array_to_string({name}, '{_BETWEEN}')" if kind.startswith("array") else name
    for name, kind in COLUMNS.items()
)
_COPY = f"COPY (SELECT {_FIELDS} FROM statistics.person) TO STDOUT (FORMAT csv)"  # noqa: S608 - ours
_LISTED = f"CASE {{name}} WHEN '' THEN []::VARCHAR[] ELSE string_split({{name}}, '{_BETWEEN}') END"
_TYPED = {"int64": "{name}::BIGINT", "string": "{name}", "array<string>": _LISTED}
_WRITTEN = (
    "COPY (SELECT {fields} FROM read_csv($rows, header = false, auto_detect = false, "
    "columns = {columns}, nullstr = '\\N') ORDER BY ALL) TO {place} (FORMAT parquet)"
)
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('statistics.snapshot'))"
_NEWEST = (
    "SELECT number, checksum, rows, content FROM statistics.snapshot ORDER BY number DESC LIMIT 1"
)
_KEEP = (
    "INSERT INTO statistics.snapshot (taken_at, checksum, rows, content) "
    "VALUES (statement_timestamp(), %s, %s, %s) RETURNING number"
)
_EMPTY = "UPDATE statistics.snapshot SET content = NULL WHERE number < %s AND content IS NOT NULL"


@dataclass(frozen=True)
class Snapshot:
    """The rows of the copy at one time."""

    number: int
    checksum: str
    rows: int
    content: bytes

    def counted(self, expression: Any) -> list[tuple[Any, ...]]:
        """Count an expression of `report_definitions` on these rows."""
        with _file(self.content) as path, _engine() as engine:
            engine.execute(f"CREATE VIEW {PERSON} AS SELECT * FROM read_parquet('{path}')")  # noqa: S608 - a path of ours
            return engine.execute(as_sql(expression, "duckdb")).fetchall()

    @property
    def named(self) -> str:
        """Its number and checksum, to stand beside what was counted on it."""
        return f"snapshot {self.number} ({self.checksum[:16]})"


def snapshot_of_copy(connection: Any) -> Snapshot:
    """The snapshot of the rows as they are now: the newest one, or a new one if they changed."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(_LOCK)
        content, rows = _taken(cursor)
        checksum = sha256(content).hexdigest()
        cursor.execute(_NEWEST)
        newest = cursor.fetchone()
        if newest and newest[1] == checksum:
            return Snapshot(newest[0], checksum, rows, content)
        cursor.execute(_KEEP, [checksum, rows, content])
        number = cursor.fetchone()[0]
        cursor.execute(_EMPTY, [number])
        return Snapshot(number, checksum, rows, content)


def _taken(cursor: Any) -> tuple[bytes, int]:
    """The rows as Parquet, always in the same order, and how many there are."""
    with tempfile.TemporaryDirectory(prefix="figures-") as folder, _engine() as engine:
        rows, place = Path(folder) / "rows", Path(folder) / "snapshot"
        with rows.open("wb") as stream, cursor.copy(_COPY) as copied:
            for block in copied:
                stream.write(block)
        fields = ", ".join(
            f"{_TYPED[kind].format(name=name)} AS {name}" for name, kind in COLUMNS.items()
        )
        named = dict.fromkeys(COLUMNS, "VARCHAR")
        written = _WRITTEN.format(fields=fields, columns=named, place=f"'{place}'")
        (number,) = engine.execute(written, {"rows": str(rows)}).fetchone() or (0,)
        return place.read_bytes(), int(number)


@contextmanager
def _file(content: bytes) -> Iterator[Path]:
    """The rows in a file that only this account may read, for as long as they are counted."""
    with tempfile.NamedTemporaryFile(prefix="figures-") as file:
        file.write(content)
        file.flush()
        yield Path(file.name)


@contextmanager
def _engine() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB within this process, which fetches nothing from anywhere."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(config=settings) as engine:
        yield engine
