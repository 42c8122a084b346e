"""Folds the open parts of a case's facts, whoever wrote them; used inside load and append only."""

import json
from typing import Any
from uuid import UUID

from opennrm.lifecycle.case import AccessRow, Case
from opennrm.lifecycle.facts import Fact
from opennrm.records import statements
from opennrm.vocabulary.roles import Role

OPEN = statements.FACT_COLUMNS.split(", ").index("open")


def fold(cursor: Any, case_ref: UUID) -> Case:
    """Read every fact and live access row of a case and fold them."""
    cursor.execute(statements.FACTS, [case_ref])
    facts = tuple(fact_of(row) for row in cursor.fetchall())
    access = live_access(cursor, case_ref)
    return Case(case_ref=case_ref, facts=facts, access=access, sequences=sequences(facts))


def live_access(cursor: Any, case_ref: UUID) -> tuple[AccessRow, ...]:
    """Read the access rows of a case that are neither closed nor past their end."""
    cursor.execute(statements.ACCESS, [case_ref])
    return tuple(access_of(row) for row in cursor.fetchall())


def sequences(facts: tuple[Fact, ...]) -> dict[str, int]:
    """Return the last sequence number of each compartment."""
    last: dict[str, int] = {}
    for fact in facts:
        last[fact.compartment] = max(fact.sequence, last.get(fact.compartment, 0))
    return last


def fact_of(row: Any) -> Fact:
    """Read a fact from a row of the record, without its sealed part."""
    values = list(row)
    values[OPEN] = json.loads(values[OPEN])
    return Fact(*values)


def access_of(row: Any) -> AccessRow:
    """Read an access row."""
    ref, organisation, role, *rest = row
    return AccessRow(ref, organisation, Role(role), *rest)
