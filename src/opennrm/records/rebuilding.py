"""Rebuilds every projection from facts, or compares what stands with what facts would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from opennrm.lifecycle.deadlines import deadlines
from opennrm.records import counted_redress, counted_rules, places, projecting
from opennrm.records.folding import fold
from opennrm.rights.jurisdictions import presets

Progress = Callable[[int, int], None]
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


@dataclass(slots=True)
class RebuildReport:
    """How many cases were looked at, and where projections differed."""

    cases: int = 0
    differences: list[Difference] = field(default_factory=list)


def rebuild(progress: Progress) -> RebuildReport:
    """Write every projection anew, one case in one transaction."""
    return _each_case(progress, _renewed)


def check(progress: Progress) -> RebuildReport:
    """Compare every projection with what the facts give, and change nothing."""
    return _each_case(progress, _compared)


def _each_case(progress: Progress, work: Callable[[Any, UUID], Iterator[str]]) -> RebuildReport:
    report = RebuildReport()
    with connections["recorder"].cursor() as cursor:
        cursor.execute(CASES)
        references = [row[0] for row in cursor.fetchall()]
        for case_ref in references:
            with transaction.atomic(using="recorder"):
                found = [Difference(case_ref, name) for name in work(cursor, case_ref)]
            report.differences += found
            report.cases += 1
            progress(report.cases, len(references))
        report.differences += _orphans(cursor)
    return report


def _renewed(cursor: Any, case_ref: UUID) -> Iterator[str]:
    yield from _compared(cursor, case_ref)
    projecting.refresh(cursor, fold(cursor, case_ref))


def _compared(cursor: Any, case_ref: UUID) -> Iterator[str]:
    case = fold(cursor, case_ref)
    jurisdiction = projecting.jurisdiction_of(cursor, case_ref)
    due = deadlines(case, presets(jurisdiction))
    wanted = {
        "worklist": (projecting.WORKLIST_COLUMNS, projecting.worklist_rows(case, due)),
        "deadline": (projecting.DEADLINE_COLUMNS, projecting.deadline_rows(due)),
        "place_held": (places.HELD_COLUMNS, places.held_rows(case)),
        "place_awaited": (places.AWAITED_COLUMNS, places.awaited_rows(case)),
    }
    for table, (columns, rows) in wanted.items():
        live = " AND until > now()" if table == "worklist" else ""
        cursor.execute(
            f"SELECT {columns} FROM nrm.{table} WHERE case_ref = %s{live}",  # noqa: S608
            [case_ref],
        )
        if sorted(map(repr, cursor.fetchall())) != sorted(map(repr, rows)):
            yield table
    copied = _copied(cursor, case_ref)
    is_counted = projecting.is_counted(case, jurisdiction)
    if (copied or is_counted) and copied != [projecting.statistics_values(case, jurisdiction)]:
        yield "statistics"
    if counted_rules.kept(cursor, case_ref) != counted_rules.wanted(case, jurisdiction):
        yield "rule_events"
    redress = counted_redress.kept(cursor, case_ref)
    if (redress or is_counted) and redress != counted_redress.wanted(case, jurisdiction):
        yield "redress"


def _copied(cursor: Any, case_ref: UUID) -> list[tuple[Any, ...]]:
    names = ", ".join(projecting.STATISTICS_COLUMNS)
    cursor.execute(
        f"SELECT {names} FROM statistics.person JOIN nrm.statistics_link USING (row_ref) "  # noqa: S608
        "WHERE case_ref = %s",
        [case_ref],
    )
    return list(cursor.fetchall())


def _orphans(cursor: Any) -> list[Difference]:
    cursor.execute(
        "SELECT count(*) FROM statistics.person WHERE row_ref NOT IN "
        "(SELECT row_ref FROM nrm.statistics_link)"
    )
    (lost,) = cursor.fetchone()
    lost += counted_rules.without_case(cursor) + counted_redress.without_case(cursor)
    cursor.execute(KEPT_ROWS)
    (kept,) = cursor.fetchone()
    return [Difference(UUID(int=0), "statistics_without_case")] * abs(lost - int(kept))
