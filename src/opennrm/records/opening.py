"""Opens sealed parts for a reader who holds their keys; each opening is in the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from opennrm.records import statements
from opennrm.records.compartment_keys import open_wraps
from opennrm.records.keyring import fact_purpose
from opennrm.records.sealing import unseal
from opennrm.records.sessions import Session


def opened_parts(
    cursor: Any, viewer: Session, case_ref: UUID, compartments: Iterable[str]
) -> dict[UUID, dict[str, str]]:
    """Return the sealed parts of a case's facts, opened, by fact.

    A part whose key the viewer does not hold stays closed and is left out: she may be entitled
    to what is written from now on and not to what was written before.
    """
    keys = open_wraps(cursor, case_ref, viewer.keyring)
    cursor.execute(statements.READ_SEALED, [case_ref, sorted(compartments)])
    opened: dict[UUID, dict[str, str]] = {}
    for fact_ref, part, version, sealed in cursor.fetchall():
        private = keys.get((part, version))
        if private is not None:
            purpose = fact_purpose(case_ref, part, version, fact_ref)
            opened[fact_ref] = json.loads(unseal(bytes(sealed), private, purpose))
    return opened
