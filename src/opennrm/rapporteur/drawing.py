"""Draws the tables of rules and of redress: whole years that are over, and once for good."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from opennrm.rapporteur import ledger
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.releases import content_of, tables_from
from opennrm.rapporteur.releasing import require_full_years
from opennrm.rapporteur.rule_counts import Subject
from opennrm.statistics import (
    ProtectedTable,
    Rule,
    Tally,
    changed_persons,
    protect,
    software_version,
)

_NEWEST = (
    "SELECT number, drawn_at, software_version, content, basis FROM statistics.drawn_set "
    "WHERE subject = %s AND year = %s ORDER BY number DESC LIMIT 1"
)
_KEEP = (
    "INSERT INTO statistics.drawn_set (subject, year, number, drawn_at, software_version, "
    "content, basis) VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s::jsonb)"
)


@dataclass(frozen=True)
class Drawn:
    """The tables of a subject and a year as they stand, and the counts they were drawn from."""

    number: int
    drawn_at: datetime
    tables: Mapping[str, ProtectedTable]
    basis: Tally


def draw(chosen: Subject, year: int, *, connection: Any, at: datetime) -> Drawn:
    """Show what was drawn before, or draw it: counted, suppressed, audited, kept.

    While fewer cases than the threshold changed, the earlier tables stand: nobody can compare
    two looks to find one person.

    :raises ReleaseRefused: when the year is not over.
    :raises AuditFailed: when a suppressed cell could be worked out; nothing is shown.
    """
    require_full_years(Period(year, year), at=at)
    with transaction.atomic(using=connection.alias):
        ledger.lock(connection)
        tally, standing = chosen.count(connection, year), _newest(connection, chosen, year)
        if standing is not None and _still_stands(standing.basis, tally):
            return standing
        found = protect(chosen.shapes, tally)
        number = 1 if standing is None else standing.number + 1
        content, basis = json.dumps(content_of(found)), json.dumps(ledger.written(tally))
        row = [chosen.name, year, number, at, software_version(), content, basis]
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, row)
        tables = {table.shape.name: table for table in found.tables}
        return Drawn(number, at, tables, tally)


def _still_stands(before: Tally, now: Tally) -> bool:
    return changed_persons(before, now) < max(Rule().threshold, 1)


def _newest(connection: Any, chosen: Subject, year: int) -> Drawn | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [chosen.name, year])
        row = cursor.fetchone()
    if row is None:
        return None
    number, drawn_at, version, content, basis = row
    shapes = {shape.name: shape for shape in chosen.shapes}
    tables = tables_from(ledger.as_json(content), shapes, version)
    return Drawn(number, drawn_at, tables, ledger.tally_from(ledger.as_json(basis)))
