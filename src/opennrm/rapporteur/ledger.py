"""The ledger of releases: added to, read, never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from opennrm.rapporteur.catalogue import READABLE, Period, shapes_for
from opennrm.rapporteur.releases import Release, Source, superseded, tables_from
from opennrm.rapporteur.sources import dimensions_of
from opennrm.statistics import Answer, Tally

_COLUMNS = (
    "number, catalogue_version, source, source_name, from_year, until_year, purpose, "
    "published_at, published_by, software_version, checksum, content, "
    "request, drawn_at, revises, reason, reading, read_by"
)
_SELECT = f"SELECT {_COLUMNS} FROM statistics.release"  # noqa: S608 - columns are ours
_OF_SOURCE = f"{_SELECT} WHERE source = %s AND catalogue_version = ANY(%s) ORDER BY number DESC"
_ONE = f"{_SELECT} WHERE number = %s"
_ALL = f"{_SELECT} WHERE catalogue_version = ANY(%s) ORDER BY number DESC"
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('statistics.release'))"
_NEXT = "SELECT coalesce(max(number), 0) + 1 FROM statistics.release"
_INSERT = (
    f"INSERT INTO statistics.release ({_COLUMNS}) "  # noqa: S608 - columns are ours
    "SELECT %s, catalogue_version, source, source_name, from_year, until_year, purpose, %s, "
    "asked_by, software_version, checksum, content, request, drawn_at, revises, reason, %s, %s "
    "FROM statistics.release_request JOIN statistics.release_draft USING (request) "
    "WHERE request = %s"
)
_KEEP_BASIS = (
    "INSERT INTO statistics.release_basis (number, persons) "
    "SELECT %s, basis FROM statistics.release_draft WHERE request = %s"
)
_BASIS = "SELECT persons FROM statistics.release_basis WHERE number = %s"


class NoSuchRelease(LookupError):
    """A release number that the ledger does not hold."""


def lock(connection: Any) -> None:
    """Let only one publication at a time decide, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def releases_of(connection: Any, source: Source) -> list[Release]:
    """Every release over a source, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_SOURCE, [source.key, list(READABLE)])
        rows = cursor.fetchall()
    return [_release(connection, row) for row in rows]


def standing_releases(connection: Any, source: Source) -> list[Release]:
    """The releases over a source that no other one corrects, the newest first."""
    releases = releases_of(connection, source)
    corrected = superseded(releases)
    return [one for one in releases if one.number not in corrected]


def every_release(connection: Any) -> list[Release]:
    """Every release of this catalogue, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL, [list(READABLE)])
        rows = cursor.fetchall()
    return [_release(connection, row) for row in rows]


def release(connection: Any, number: int) -> Release:
    """One release by number.

    :raises NoSuchRelease: when the ledger does not hold it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [number])
        row = cursor.fetchone()
    if row is None:
        raise NoSuchRelease(f"There is no release {number}; look at the list of releases.")
    return _release(connection, row)


def keep(connection: Any, request: UUID, *, at: datetime, reading: str, read_by: UUID) -> Release:
    """Add what was drawn for a request as a release with the next number.

    The database refuses it unless the request went through the whole desk.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT)
        number = cursor.fetchone()[0]
        cursor.execute(_INSERT, [number, at, reading, read_by, request])
        cursor.execute(_KEEP_BASIS, [number, request])
    return release(connection, number)


def basis_of(connection: Any, number: int) -> Tally:
    """The counts that a release was drawn from."""
    with connection.cursor() as cursor:
        cursor.execute(_BASIS, [number])
        return tally_from(as_json(cursor.fetchone()[0]))


def _release(connection: Any, row: Sequence[Any]) -> Release:
    content = as_json(row[11])
    source, period = Source(row[2], row[3]), Period(row[4], row[5])
    shapes = {one.name: one for one in shapes_for(dimensions_of(connection, source), period)}
    return Release(
        number=row[0],
        catalogue_version=row[1],
        source=source,
        period=period,
        purpose=row[6],
        published_at=row[7],
        published_by=row[8],
        software_version=row[9],
        checksum=row[10],
        tables=tables_from(content, shapes, row[9]),
        audit=content["audit"],
        drawn_at=row[13],
        revises=row[14],
        reason=row[15],
        reading=row[16],
        read_by=row[17],
    )


def tally_from(kept: dict[str, Any]) -> Tally:
    """The counts as they were kept."""
    persons = {tuple(_answer(one) for one in answers): count for answers, count in kept["persons"]}
    return Tally(tuple(kept["names"]), persons)


def written(tally: Tally) -> dict[str, Any]:
    """Counts as JSON, to be kept."""
    persons = [[[_plain(one) for one in answers], n] for answers, n in tally.persons.items()]
    return {"names": list(tally.names), "persons": persons}


def _plain(answer: Answer) -> Any:
    return sorted(answer) if isinstance(answer, frozenset) else answer


def _answer(kept: Any) -> Answer:
    return frozenset(kept) if isinstance(kept, list) else kept


def as_json(value: Any) -> Any:
    """A column of JSON, whether the driver has read it or not."""
    return json.loads(value) if isinstance(value, str | bytes) else value
