"""Folds the open parts of a case's facts, whoever wrote them; used inside load and append only."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from opennrm.lifecycle.case import AccessRow, Case
from opennrm.lifecycle.facts import Fact
from opennrm.records import statements
from opennrm.vocabulary.roles import Role

OPEN = statements.FACT_COLUMNS.split(", ").index("open")
PublicKeys = Mapping[str, tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A case as it was read in one go: its fold, the newest key of each part, whose law it is."""

    case: Case
    keys: PublicKeys
    jurisdiction: str


def read_case(row: Sequence[Any]) -> ReadCase:
    """Make the case of a row of `nrm.read_case`; the reference stands with its facts and rows."""
    case_ref, facts, access, keys, jurisdiction = row
    told = tuple(map(told_fact, facts or ()))
    rows = tuple(map(told_access, access or ()))
    newest = {part: (version, base64.b64decode(key)) for part, version, key in keys or ()}
    return ReadCase(Case(case_ref, told, rows, sequences(told)), newest, str(jurisdiction))


def fold(cursor: Any, case_ref: UUID) -> ReadCase:
    """Read every fact and live access row of a case and fold them."""
    cursor.execute(statements.READ, [case_ref])
    return read_case((case_ref, *cursor.fetchone()))


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


def told_fact(row: Sequence[Any]) -> Fact:
    """Read a fact from a list in JSON, with the columns of a row of the record."""
    fact, case, position, part, sequence, kind, at, actor, house, basis, corrects, *rest = row
    known = (UUID(fact), UUID(case), position, part, sequence, kind, datetime.fromisoformat(at))
    return Fact(*known, UUID(actor), UUID(house), basis, reference_or_none(corrects), *rest)


def told_access(row: Sequence[Any]) -> AccessRow:
    """Read an access row from a list in JSON, with the columns of the table."""
    ref, house, role, account, part, mode, state, basis, offer, opens, until, is_kept = row
    return AccessRow(
        access_ref=UUID(ref),
        organisation=UUID(house),
        role=Role(role),
        account=reference_or_none(account),
        compartment=part,
        mode=mode,
        state=state,
        basis_fact=UUID(basis),
        offer_fact=reference_or_none(offer),
        opens_at=datetime.fromisoformat(opens),
        until=datetime.fromisoformat(until),
        is_kept=is_kept,
    )


def reference_or_none(told: str | None) -> UUID | None:
    """Read a reference that may be missing."""
    return UUID(told) if told else None
