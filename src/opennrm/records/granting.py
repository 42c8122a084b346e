"""Access rows as a change grants them, and as the steps that keep them are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from opennrm.casework.ports import Grant
from opennrm.lifecycle.case import AccessRow


def rows_of(grant: Grant, at: datetime) -> Iterator[AccessRow]:
    """Yield the row of each part that a grant gives."""
    for part in sorted(grant.compartments):
        yield AccessRow(
            access_ref=uuid4(),
            organisation=grant.organisation,
            role=grant.role,
            account=grant.account,
            compartment=part,
            mode="write" if part in grant.writes else "read",
            state=grant.state,
            basis_fact=grant.basis_fact,
            offer_fact=grant.offer_fact,
            opens_at=at,
            until=grant.until,
        )


def row_told(row: AccessRow) -> list[Any]:
    """Return what the step that grants a row is told."""
    return [
        row.access_ref,
        row.organisation,
        row.role.value,
        row.account,
        row.compartment,
        row.mode,
        row.state,
        row.basis_fact,
        row.offer_fact,
        row.opens_at,
        row.until,
    ]


def own_row_told(row: AccessRow) -> list[Any]:
    """Return what the step that opens a new case to its own house is told of a row."""
    named = [row.access_ref, row.role.value, row.account, row.compartment, row.mode]
    return [*named, row.basis_fact, row.until]
