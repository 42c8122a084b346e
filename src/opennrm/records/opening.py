"""Opens sealed parts for a reader who holds their keys; each opening is in the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from opennrm.records import statements
from opennrm.records.compartment_keys import open_wraps, open_wraps_of
from opennrm.records.keyring import fact_purpose
from opennrm.records.sealing import SealBroken, unseal
from opennrm.records.sessions import Session

Keys = Mapping[tuple[str, int], bytes]


@dataclass(frozen=True, slots=True)
class OpenedParts:
    """The sealed parts that opened, by fact, and the facts whose sealed part is damaged."""

    told: Mapping[UUID, Mapping[str, str]]
    damaged: frozenset[UUID]


def opened_of_cases(
    cursor: Any, viewer: Session, case_refs: Sequence[UUID], compartments: Iterable[str]
) -> Mapping[UUID, Mapping[str, str]]:
    """Open the sealed parts of several cases' facts; what does not open is left out."""
    keys = open_wraps_of(cursor, case_refs, viewer.keyring)
    cursor.execute(statements.READ_SEALED_OF_CASES, [list(case_refs), sorted(compartments)])
    told: dict[UUID, Mapping[str, str]] = {}
    for case_ref, *row in cursor.fetchall():
        with suppress(SealBroken):
            told |= _opened(case_ref, keys.get(case_ref, {}), *row)
    return told


def opened_parts(
    cursor: Any, viewer: Session, case_ref: UUID, compartments: Iterable[str]
) -> OpenedParts:
    """Open the sealed parts of a case's facts.

    A part whose key the viewer does not hold stays closed and is left out: she may be entitled
    to what is written from now on and not to what was written before. A damaged part is named
    and keeps no other from being read.
    """
    keys = open_wraps(cursor, case_ref, viewer.keyring)
    cursor.execute(statements.READ_SEALED, [case_ref, sorted(compartments)])
    told: dict[UUID, Mapping[str, str]] = {}
    damaged: set[UUID] = set()
    for row in cursor.fetchall():
        try:
            told |= _opened(case_ref, keys, *row)
        except SealBroken:
            damaged.add(row[0])
    return OpenedParts(told, frozenset(damaged))


def _opened(
    case_ref: UUID, keys: Keys, fact_ref: UUID, part: str, version: int, sealed: bytes
) -> dict[UUID, Mapping[str, str]]:
    private = keys.get((part, version))
    if private is None:
        return {}
    purpose = fact_purpose(case_ref, part, version, fact_ref)
    return {fact_ref: json.loads(unseal(bytes(sealed), private, purpose))}
