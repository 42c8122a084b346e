"""Finds people by name, in any of their spellings, among the cases whose identity is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from opennrm.records import search
from opennrm.records.opening import opened_parts
from opennrm.records.reference import reference
from opennrm.records.search import SearchEntry
from opennrm.records.sessions import Session, reading
from opennrm.vocabulary.names.comparing import ALIKE, folded, likeness_to

MOST = 50
IDENTITY = ("D2", "D2S")
COARSE = "SELECT case_ref, majority, language FROM nrm.worklist WHERE case_ref = ANY(%s)"
NOT_KEPT = "SELECT fact_ref, case_ref, compartment FROM nrm.names_not_kept(%s)"


@dataclass(frozen=True, slots=True)
class Hit:
    """A case whose person bears a name like the one looked for."""

    case_ref: UUID
    reference: str
    names: tuple[str, ...]
    likeness: float


def find_people(viewer: Session, name: str, *, at: datetime) -> list[Hit]:
    """Find the people with a name like this one, best first.

    Only cases whose identity is open to the viewer are compared; a person in another
    organisation's hands gives no answer at all, not even that there is one.
    """
    if not name.strip():
        return []
    measure = likeness_to(name, at_least=ALIKE)
    with reading(viewer.token) as cursor:
        entries = [entry for entry in search.opened_entries(cursor, viewer) if entry.names]
        missing = list(_not_yet_kept(cursor, viewer, entries))
    _keep(viewer, missing)
    best: dict[UUID, Hit] = {}
    for entry in (*entries, *missing):
        found = max(measure(one) for one in entry.folded)
        known = best.get(entry.case_ref)
        if found >= ALIKE and (known is None or found > known.likeness):
            best[entry.case_ref] = Hit(
                entry.case_ref, reference(entry.case_ref), entry.names, round(found, 2)
            )
    return sorted(best.values(), key=lambda hit: (-hit.likeness, hit.reference))[:MOST]


def coarsely_known(viewer: Session, case_refs: list[UUID]) -> dict[UUID, dict[str, str]]:
    """Return what the viewer's own list says of the persons in these cases, in codes."""
    if not case_refs:
        return {}
    with reading(viewer.token) as cursor:
        cursor.execute(COARSE, [case_refs])
        return {
            case_ref: {"majority": majority or "", "language": language or ""}
            for case_ref, majority, language in cursor.fetchall()
        }


def _not_yet_kept(
    cursor: Any, viewer: Session, entries: list[SearchEntry]
) -> Iterator[SearchEntry]:
    kept = [entry.fact_ref for entry in entries if entry.fact_ref is not None]
    cursor.execute(NOT_KEPT, [kept])
    wanted: dict[UUID, dict[UUID, str]] = {}
    for fact_ref, case_ref, part in cursor.fetchall():
        wanted.setdefault(case_ref, {})[fact_ref] = part
    for case_ref, facts in wanted.items():
        for fact_ref, told in opened_parts(cursor, viewer, case_ref, IDENTITY).told.items():
            names = search.names_of(told)
            if fact_ref in facts and names:
                yield SearchEntry(
                    case_ref, fact_ref, names, None, facts[fact_ref], tuple(map(folded, names))
                )


def _keep(viewer: Session, entries: list[SearchEntry]) -> None:
    if not entries:
        return
    with reading(viewer.token, "recorder") as cursor:
        for entry in entries:
            search.keep(cursor, viewer, entry)
