"""External data sets: public files kept apart from the copy, and how they are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.ctdc.layouts import layout_named
from opennrm.rapporteur.dimensions import AGE, CITIZENSHIP, FORM, SCOPE, SEX
from opennrm.statistics import Dimension, Tally

NAMES = ("sex", "age", "citizenship", "form", "scope")
_LIST = (
    "SELECT data_set, layout, name, file_name, checksum, rows, columns, notes, terms, citation, "
    "imported_at FROM statistics.external_data_set"
)
_ORDERED = f"{_LIST} ORDER BY imported_at, name"
_ONE = f"{_LIST} WHERE data_set = %s"
_BY_CHECKSUM = f"{_LIST} WHERE checksum = %s"
# Rows without a year belong to no year; they are counted when all years are asked for.
_TALLY = """
    SELECT sex, age, citizenship, forms, scope, sum(persons)::bigint
    FROM statistics.external_tally AS t, (
        SELECT min(registered_year) AS first, max(registered_year) AS last
        FROM statistics.external_tally WHERE data_set = %s
    ) AS span
    WHERE t.data_set = %s AND (t.registered_year BETWEEN %s AND %s
        OR (t.registered_year IS NULL AND span.first >= %s AND span.last <= %s)
        OR span.first IS NULL)
    GROUP BY sex, age, citizenship, forms, scope"""
_YEARS = (
    "SELECT min(registered_year), max(registered_year), "
    "coalesce(sum(persons) FILTER (WHERE registered_year IS NULL), 0) "
    "FROM statistics.external_tally WHERE data_set = %s"
)


@dataclass(frozen=True)
class DataSet:
    """One external data set, with the terms under which it may be used."""

    data_set: UUID
    layout: str
    name: str
    file_name: str
    checksum: str
    rows: int
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    terms: str
    citation: str
    imported_at: datetime


def data_sets(connection: Any) -> list[DataSet]:
    """Every external data set, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_ORDERED)
        return [_data_set(row) for row in cursor.fetchall()]


def data_set(connection: Any, key: str) -> DataSet:
    """One external data set by its key."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [UUID(key)])
        return _data_set(cursor.fetchone())


def data_set_of_file(connection: Any, checksum: str) -> DataSet | None:
    """The data set that was made from this very file, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_CHECKSUM, [checksum])
        row = cursor.fetchone()
    return None if row is None else _data_set(row)


def dimensions(connection: Any, key: str) -> Mapping[str, Dimension]:
    """The break-downs a data set has, limited to the levels its layout can say."""
    layout = layout_named(data_set(connection, key).layout)
    limited = (
        one.limited_to(layout.levels[one.name]) for one in (SEX, AGE, CITIZENSHIP, FORM, SCOPE)
    )
    return {one.name: one for one in limited}


def persons(connection: Any, key: str, period: Period) -> Tally:
    """Count the rows of a data set in a period, by everything the catalogue may ask."""
    span = [period.from_year, period.until_year]
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, [UUID(key), UUID(key), *span, *span])
        rows = cursor.fetchall()
    return Tally(NAMES, {(s, a, c, frozenset(f), w): n for s, a, c, f, w, n in rows})


def period_of(connection: Any, key: str) -> Period | None:
    """The years a data set has rows in."""
    first, last, _ = _years(connection, key)
    return None if first is None else Period(first, last)


def rows_without_year(connection: Any, key: str) -> int:
    """How many rows of a data set have no year."""
    return int(_years(connection, key)[2])


def _years(connection: Any, key: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_YEARS, [UUID(key)])
        return tuple(cursor.fetchone())


def _data_set(row: tuple[Any, ...]) -> DataSet:
    key, layout, name, file_name, checksum, rows, columns, notes, terms, citation, at = row
    return DataSet(
        key, layout, name, file_name, checksum, rows, tuple(columns), tuple(notes), terms,
        citation, at,
    )  # fmt: skip
