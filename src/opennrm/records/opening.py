"""Opens sealed parts for a reader who holds their keys; each opening is in the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from opennrm.records import statements
from opennrm.records.compartment_keys import open_wraps
from opennrm.records.keyring import fact_purpose
from opennrm.records.sealing import SealBroken, unseal
from opennrm.records.sessions import Session


@dataclass(frozen=True, slots=True)
class OpenedParts:
    """The sealed parts that opened, by fact, and the facts whose sealed part is damaged."""

    told: Mapping[UUID, Mapping[str, str]]
    damaged: frozenset[UUID]


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
    for fact_ref, part, version, sealed in cursor.fetchall():
        private = keys.get((part, version))
        if private is None:
            continue
        purpose = fact_purpose(case_ref, part, version, fact_ref)
        try:
            told[fact_ref] = json.loads(unseal(bytes(sealed), private, purpose))
        except SealBroken:
            damaged.add(fact_ref)
    return OpenedParts(told, frozenset(damaged))
