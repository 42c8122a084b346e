"""Keeps the copy of redress for figures: two coarse words a person, no amount and no identity."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.projections import statistics_row
from opennrm.lifecycle.redress_figures import redress_row

Row = tuple[Any, ...]
KEPT_OF = (
    "SELECT case_ref, jurisdiction, year, compensation, assets FROM statistics.redress "
    "JOIN nrm.redress_link USING (row_ref) WHERE case_ref = ANY(%s)"
)
LOST = (
    "SELECT count(*) FROM statistics.redress WHERE row_ref NOT IN "
    "(SELECT row_ref FROM nrm.redress_link)"
)
ADD = (
    "redress AS (INSERT INTO statistics.redress "
    "(jurisdiction, year, compensation, assets, row_ref) "
    "VALUES (%s, %s, %s, %s, %s) RETURNING row_ref), "
    "redress_link AS (INSERT INTO nrm.redress_link (row_ref, case_ref) "
    "SELECT row_ref, %s::uuid FROM redress)"
)
CHANGE = (
    "UPDATE statistics.redress SET jurisdiction = %s, year = %s, compensation = %s, assets = %s "
    "FROM nrm.redress_link AS link WHERE link.case_ref = %s AND redress.row_ref = link.row_ref"
)


def wanted(case: Case, jurisdiction: str) -> Row:
    """Return the row that follows from the facts of a case, by its year of registration."""
    year = statistics_row(case, jurisdiction=jurisdiction).registered_year
    return (jurisdiction, year, *astuple(redress_row(case)))


def without_case(cursor: Any) -> int:
    """Count the rows that belong to no case."""
    cursor.execute(LOST)
    return int(cursor.fetchone()[0])
