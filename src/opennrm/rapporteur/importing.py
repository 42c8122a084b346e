"""Importing a public file as an external data set: all of it or nothing, and only once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from opennrm.rapporteur import external
from opennrm.rapporteur.ctdc.mapping import Coarse, Mapper
from opennrm.rapporteur.ctdc.reading import ImportRefused, Rows, opened

Progress = Callable[[int], None]
"""Called now and then with the number of rows read so far."""

_EVERY = 10_000
_REMEMBERED = 100_000
_DATA_SET = (
    "INSERT INTO statistics.external_data_set (data_set, layout, name, file_name, checksum, "
    "rows, columns, notes, terms, citation, imported_at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_COPY = (
    "COPY statistics.external_row (data_set, row_number, registered_year, sex, age, "
    "citizenship, forms, scope, source) FROM STDIN"
)
_TALLY = (
    "INSERT INTO statistics.external_tally SELECT data_set, registered_year, sex, age, "
    "citizenship, forms, scope, count(*) FROM statistics.external_row WHERE data_set = %s "
    "GROUP BY data_set, registered_year, sex, age, citizenship, forms, scope"
)


@dataclass(frozen=True)
class ImportReport:
    """What an import did."""

    data_set: UUID
    name: str
    rows: int
    already_there: bool
    terms: str
    citation: str
    notes: tuple[str, ...]


def import_ctdc(
    path: Path, *, connection: Any, progress: Progress = lambda rows: None, at: datetime
) -> ImportReport:
    """Import a public CTDC file, or say that this very file is already there.

    :raises ImportRefused: when the file cannot be read to its end; nothing is kept then.
    """
    checksum = _checksum(path)
    there = external.data_set_of_file(connection, checksum)
    if there is not None:
        return _report(there, already_there=True)
    with transaction.atomic(using=connection.alias), opened(path) as stream:
        rows = Rows(stream)
        key = uuid4()
        count = _copy(connection, rows, key, progress)
        _require_rows(count)
        _keep(connection, rows, [key, path.name[:200], checksum, count, at])
    return _report(external.data_set(connection, str(key)), already_there=False)


def _copy(connection: Any, rows: Rows, key: UUID, progress: Progress) -> int:
    """Send every row to the database as it is read; equal rows are mapped once."""
    mapper = Mapper(rows.header)
    ready: dict[tuple[str, ...], str] = {}
    count = 0
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for number, values in rows:
            line = ready.get(values)
            if line is None:
                line = _line(mapper.map(values, number))
                if len(ready) < _REMEMBERED:
                    ready[values] = line
            count += 1
            copy.write(f"{key}\t{count}\t{line}")
            if count % _EVERY == 0:
                progress(count)
    progress(count)
    return count


def _line(row: Coarse) -> str:
    year = "\\N" if row.year is None else row.year
    forms = "{" + ",".join(row.forms) + "}"
    parts = (year, row.sex, row.age, row.citizenship, forms, row.scope, _escaped(row.source))
    return "\t".join(map(str, parts)) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def _keep(connection: Any, rows: Rows, kept: list[Any]) -> None:
    key, file_name, checksum, count, at = kept
    header = rows.header
    layout = header.layout
    notes = [*layout.notes, *(f"The file says: {words}" for words in header.words)]
    with connection.cursor() as cursor:
        cursor.execute(
            _DATA_SET,
            [
                key, layout.name, f"{layout.title} ({file_name})", file_name, checksum, count,
                list(header.columns), notes, layout.terms, layout.citation, at,
            ],
        )  # fmt: skip
        cursor.execute(_TALLY, [key])


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ImportRefused(
            f"it cannot be opened ({error.strerror}).", "Check its name and who may read it."
        ) from error


def _require_rows(count: int) -> None:
    if not count:
        raise ImportRefused("it has a header and no rows.", "Download the file again.")


def _report(found: external.DataSet, *, already_there: bool) -> ImportReport:
    return ImportReport(
        found.data_set, found.name, found.rows, already_there, found.terms, found.citation,
        found.notes,
    )  # fmt: skip
