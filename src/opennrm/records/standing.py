"""Reads what stands of many cases at once: their facts, their access, every projection of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from opennrm.lifecycle.case import Case
from opennrm.records import counted_redress, counted_rules, places, projecting, statements
from opennrm.records.folding import access_of, fact_of, sequences

Row = tuple[Any, ...]
COLUMNS = {
    "worklist": projecting.WORKLIST_COLUMNS,
    "deadline": projecting.DEADLINE_COLUMNS,
    "place_held": places.HELD_COLUMNS,
    "place_awaited": places.AWAITED_COLUMNS,
}
JURISDICTIONS = "SELECT case_ref, jurisdiction FROM nrm.case_head WHERE case_ref = ANY(%s)"
FACTS = (
    f"SELECT case_ref, {statements.FACT_COLUMNS} FROM nrm.fact "  # noqa: S608
    "WHERE case_ref = ANY(%s) ORDER BY case_ref, position"
)
ACCESS = (
    f"SELECT case_ref, {statements.ACCESS_COLUMNS} FROM nrm.access "  # noqa: S608
    "WHERE case_ref = ANY(%s) AND closed_at IS NULL AND until > now() ORDER BY access_ref"
)
STATISTICS = (
    f"SELECT case_ref, {', '.join(projecting.STATISTICS_COLUMNS)} "  # noqa: S608
    "FROM statistics.person JOIN nrm.statistics_link USING (row_ref) WHERE case_ref = ANY(%s)"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One case folded from its facts, and what its projections hold."""

    case: Case
    jurisdiction: str
    listed: dict[str, list[Row]]
    statistics: list[Row]
    rules: Counter[Row]
    redress: Row | None


def standing(cursor: Any, refs: Sequence[UUID]) -> Iterator[Standing]:
    """Read the cases named, with one statement for each table, whatever their number."""
    asked = list(refs)
    jurisdictions = _grouped(cursor, JURISDICTIONS, asked)
    facts, access = _grouped(cursor, FACTS, asked), _grouped(cursor, ACCESS, asked)
    listed = {table: _grouped(cursor, _listing(table), asked) for table in COLUMNS}
    copied = _grouped(cursor, STATISTICS, asked)
    rules = _grouped(cursor, counted_rules.KEPT_OF, asked)
    redress = _grouped(cursor, counted_redress.KEPT_OF, asked)
    for ref in asked:
        told = tuple(fact_of(row) for row in facts[ref])
        rows = tuple(access_of(row) for row in access[ref])
        yield Standing(
            case=Case(case_ref=ref, facts=told, access=rows, sequences=sequences(told)),
            jurisdiction=jurisdictions[ref][0][0],
            listed={table: found[ref] for table, found in listed.items()},
            statistics=copied[ref],
            rules=Counter(rules[ref]),
            redress=redress[ref][0] if redress[ref] else None,
        )


def _listing(table: str) -> str:
    live = " AND until > now()" if table == "worklist" else ""
    return (
        f"SELECT case_ref, {COLUMNS[table]} FROM nrm.{table} "  # noqa: S608
        f"WHERE case_ref = ANY(%s){live}"
    )


def _grouped(cursor: Any, question: str, refs: list[UUID]) -> dict[UUID, list[Row]]:
    """Ask for many cases, and sort the answers by the case that stands first in each."""
    cursor.execute(question, [refs])
    found: dict[UUID, list[Row]] = defaultdict(list)
    for case_ref, *row in cursor.fetchall():
        found[case_ref].append(tuple(row))
    return found
