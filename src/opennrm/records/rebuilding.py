"""Rebuilds every projection from facts, or compares what stands with what facts would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from opennrm.lifecycle.deadlines import deadlines
from opennrm.records import counted_redress, counted_rules, places, projecting
from opennrm.records.folding import fold
from opennrm.records.standing import Standing, standing
from opennrm.rights.jurisdictions import presets

Progress = Callable[[int, int], None]
# How many cases are compared together: each table is asked once for all of them.
TOGETHER = 200
# Of an erased case nothing is projected any more; its rows in the figures stay, without a case.
CASES = (
    "SELECT case_ref FROM nrm.case_head WHERE case_ref NOT IN "
    "(SELECT case_ref FROM nrm.erasure) ORDER BY case_ref"
)
KEPT_ROWS = "SELECT coalesce(sum(rows_kept), 0) FROM nrm.erasure"


@dataclass(frozen=True, slots=True)
class Difference:
    """A projection of a case that does not follow from its facts."""

    case_ref: UUID
    projection: str


Work = Callable[[Any, Sequence[UUID]], list[Difference]]


@dataclass(slots=True)
class RebuildReport:
    """How many cases were looked at, and where projections differed."""

    cases: int = 0
    differences: list[Difference] = field(default_factory=list)


def rebuild(progress: Progress) -> RebuildReport:
    """Write every projection anew, one case in one transaction."""
    return _in_parts(progress, _renewed, at_once=1)


def check(progress: Progress) -> RebuildReport:
    """Compare every projection with what the facts give, and change nothing.

    Many cases are read at once, all of one moment, so that work that goes on meanwhile is no
    difference.
    """
    return _in_parts(progress, _as_they_stood, at_once=TOGETHER)


def _in_parts(progress: Progress, work: Work, *, at_once: int) -> RebuildReport:
    report = RebuildReport()
    with connections["recorder"].cursor() as cursor:
        cursor.execute(CASES)
        references = [row[0] for row in cursor.fetchall()]
        for begin in range(0, len(references), at_once):
            part = references[begin : begin + at_once]
            with transaction.atomic(using="recorder"):
                report.differences += work(cursor, part)
            report.cases += len(part)
            progress(report.cases, len(references))
        report.differences += _orphans(cursor)
    return report


def _as_they_stood(cursor: Any, references: Sequence[UUID]) -> list[Difference]:
    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    return _compared(cursor, references)


def _renewed(cursor: Any, references: Sequence[UUID]) -> list[Difference]:
    found = _compared(cursor, references)
    for case_ref in references:
        read = fold(cursor, case_ref)
        projecting.refresh(cursor, read.case, read.jurisdiction)
    return found


def _compared(cursor: Any, references: Sequence[UUID]) -> list[Difference]:
    return [
        Difference(one.case.case_ref, name)
        for one in standing(cursor, references)
        for name in _differing(one)
    ]


def _differing(one: Standing) -> Iterator[str]:
    case, jurisdiction = one.case, one.jurisdiction
    if not case.facts:  # It was taken back with its import: nothing may stand of it.
        yield from (table for table, rows in one.listed.items() if rows)
        return
    due = deadlines(case, presets(jurisdiction))
    wanted = {
        "worklist": projecting.worklist_rows(case, due),
        "deadline": projecting.deadline_rows(due),
        "place_held": places.held_rows(case),
        "place_awaited": places.awaited_rows(case),
    }
    for table, rows in wanted.items():
        if sorted(map(repr, one.listed[table])) != sorted(map(repr, rows)):
            yield table
    is_counted = projecting.is_counted(case, jurisdiction)
    values = [projecting.statistics_values(case, jurisdiction)]
    if (one.statistics or is_counted) and one.statistics != values:
        yield "statistics"
    if one.rules != counted_rules.wanted(case, jurisdiction):
        yield "rule_events"
    if (one.redress or is_counted) and one.redress != counted_redress.wanted(case, jurisdiction):
        yield "redress"


def _orphans(cursor: Any) -> list[Difference]:
    cursor.execute(
        "SELECT count(*) FROM statistics.person WHERE NOT before_record AND row_ref NOT IN "
        "(SELECT row_ref FROM nrm.statistics_link)"
    )
    (lost,) = cursor.fetchone()
    lost += counted_rules.without_case(cursor) + counted_redress.without_case(cursor)
    cursor.execute(KEPT_ROWS)
    (kept,) = cursor.fetchone()
    return [Difference(UUID(int=0), "statistics_without_case")] * abs(lost - int(kept))
