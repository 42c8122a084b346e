"""The book of requests: what was asked of the desk, each step, what was drawn; only added to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from opennrm.casework.actors import Actor
from opennrm.rapporteur.catalogue import VERSION, Period, shapes_for
from opennrm.rapporteur.ledger import as_json, tally_from, written
from opennrm.rapporteur.releases import Request, Source, checksum_of, rule_as_kept, tables_from
from opennrm.rapporteur.requests import ReleaseRequest, Step, Taken
from opennrm.rapporteur.sources import dimensions_of
from opennrm.statistics import ProtectedTable, Rule, Tally, software_version

_COLUMNS = (
    "request, catalogue_version, source, source_name, from_year, until_year, purpose, rule, "
    "revises, reason, needs_clearance, asked_by, office, asked_at"
)
_INSERT = (
    f"INSERT INTO statistics.release_request ({_COLUMNS}) "  # noqa: S608 - columns are ours
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s, %s)"
)
_SELECT = f"SELECT {_COLUMNS} FROM statistics.release_request"  # noqa: S608 - columns are ours
_ONE = f"{_SELECT} WHERE request = %s"
_NEWEST = f"{_SELECT} ORDER BY asked_at DESC, request LIMIT %s"
_OPEN = f"{_SELECT} WHERE NOT statistics.is_closed(request) ORDER BY asked_at, request"
_STEPS = (
    "SELECT request, step, at, by, says FROM statistics.release_step "
    "WHERE request = ANY(%s) ORDER BY request, nth"
)
_TAKE = (
    "INSERT INTO statistics.release_step (request, nth, step, at, by, says) "
    "SELECT %s, coalesce(max(nth), 0) + 1, %s, %s, %s, %s "
    "FROM statistics.release_step WHERE request = %s"
)
_KEEP_DRAFT = (
    "INSERT INTO statistics.release_draft (request, drawn_at, software_version, checksum, "
    "content, basis) VALUES (%s, %s, %s, %s, %s::jsonb, %s::jsonb)"
)
_DRAFT = (
    "SELECT drawn_at, software_version, checksum, content, basis FROM statistics.release_draft "
    "WHERE request = %s"
)


class NoSuchRequest(LookupError):
    """A request that the book does not hold."""


@dataclass(frozen=True)
class Draft:
    """What was drawn for a request, and the counts it came from."""

    drawn_at: datetime
    checksum: str
    content: dict[str, Any]
    tables: dict[str, ProtectedTable]
    basis: Tally


def write_down(
    connection: Any, wanted: Request, *, actor: Actor, needs_clearance: bool, at: datetime
) -> ReleaseRequest:
    """Add a request to the book."""
    key = uuid4()
    row = [
        *(key, VERSION, wanted.source.key, wanted.source.name),
        *(wanted.period.from_year, wanted.period.until_year, wanted.purpose),
        *(json.dumps(rule_as_kept(wanted.rule)), wanted.revises, wanted.reason),
        *(needs_clearance, actor.account, actor.organisation, at),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
    return request_of(connection, key)


def request_of(connection: Any, request: UUID) -> ReleaseRequest:
    """One request with its steps.

    :raises NoSuchRequest: when the book does not hold it.
    """
    found = _requests(connection, _ONE, [request])
    if not found:
        raise NoSuchRequest("There is no such request; look at the list of the release desk.")
    return found[0]


def newest_requests(connection: Any, *, most: int = 50) -> list[ReleaseRequest]:
    """The newest requests with their steps."""
    return _requests(connection, _NEWEST, [most])


def open_requests(connection: Any) -> list[ReleaseRequest]:
    """Every request that is not closed, the oldest first."""
    return _requests(connection, _OPEN, [])


def take(
    connection: Any, request: UUID, step: Step, *, at: datetime, by: UUID | None, says: str
) -> None:
    """Add a step to a request."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [request, step.value, at, by, says, request])


def keep_draft(
    connection: Any, request: UUID, content: dict[str, Any], tally: Tally, *, at: datetime
) -> None:
    """Keep what was drawn for a request, with its checksum."""
    row = [request, at, software_version(), checksum_of(content), json.dumps(content)]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_DRAFT, [*row, json.dumps(written(tally))])


def draft_of(connection: Any, asked: ReleaseRequest) -> Draft | None:
    """What was drawn for a request, once it was."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAFT, [asked.request])
        row = cursor.fetchone()
    if row is None:
        return None
    drawn_at, version, checksum, content, basis = row
    content = as_json(content)
    shapes = shapes_for(dimensions_of(connection, asked.source), asked.period)
    tables = tables_from(content, {one.name: one for one in shapes}, version)
    return Draft(drawn_at, checksum, content, tables, tally_from(as_json(basis)))


def _requests(connection: Any, query: str, values: Sequence[Any]) -> list[ReleaseRequest]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows = cursor.fetchall()
        cursor.execute(_STEPS, [[row[0] for row in rows]])
        steps = cursor.fetchall()
    return [replace(_request(row), steps=tuple(_steps(steps, row[0]))) for row in rows]


def _steps(rows: Sequence[Sequence[Any]], request: UUID) -> Iterable[Taken]:
    for key, step, at, by, says in rows:
        if key == request:
            yield Taken(Step(step), at, by, says)


def _request(row: Sequence[Any]) -> ReleaseRequest:
    return ReleaseRequest(
        request=row[0],
        catalogue_version=row[1],
        source=Source(row[2], row[3]),
        period=Period(row[4], row[5]),
        purpose=row[6],
        rule=Rule(**as_json(row[7])),
        revises=row[8],
        reason=row[9],
        needs_clearance=row[10],
        asked_by=row[11],
        office=row[12],
        asked_at=row[13],
    )
