"""Finds people by name, in any of their spellings, among the cases whose identity is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from opennrm.records import name_pages, search
from opennrm.records.name_pages import Page, Searchable
from opennrm.records.opening import opened_parts
from opennrm.records.reference import reference
from opennrm.records.search import SearchEntry
from opennrm.records.sessions import Session, reading
from opennrm.records.writing import Steps
from opennrm.vocabulary.names.comparing import ALIKE, FoldedName, folded, likeness_to

MOST = 50
IDENTITY = ("D2", "D2S")
COARSE = "SELECT case_ref, majority, language FROM nrm.worklist WHERE case_ref = ANY(%s)"
NOT_KEPT = "SELECT fact_ref, case_ref, compartment FROM nrm.names_not_kept()"
KEPT = "SELECT nrm.names_are_kept(%s)"
MOST_ENTRIES = 2 * MOST


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
        names = _searchable(cursor, viewer)
        missing = list(_not_yet_kept(cursor, viewer, names))
        alone = [one.entry for one in names.loose]
        likest = _likest(names.pages, folded(name))
        entries = [*alone, *missing, *name_pages.entries_found(cursor, viewer, likest)]
    _keep(viewer, names, missing)
    best: dict[UUID, Hit] = {}
    for entry in entries:
        found = max(map(measure, entry.folded), default=0.0)
        known = best.get(entry.case_ref)
        if found >= ALIKE and (known is None or found > known.likeness):
            best[entry.case_ref] = Hit(
                entry.case_ref, reference(entry.case_ref), entry.names, round(found, 2)
            )
    return sorted(best.values(), key=lambda hit: (-hit.likeness, hit.reference))[:MOST]


def _searchable(cursor: Any, viewer: Session) -> Searchable:
    """Open what a name may be compared with; pages that no longer open are shut first."""
    found = name_pages.searchable(cursor, viewer)
    if not found.spoilt:
        return found
    with reading(viewer.token, "recorder") as recorder:
        recorder.execute(name_pages.SHUT, [found.spoilt])
    return name_pages.searchable(cursor, viewer)


def _likest(pages: list[Page], sought: FoldedName) -> list[UUID]:
    """Return the entries on pages that are most alike; one case may have several."""
    alike = chain.from_iterable(page.alike(sought, at_least=ALIKE) for page in pages)
    best: dict[UUID, float] = {}
    for entry_ref, likeness in alike:
        best[entry_ref] = max(likeness, best.get(entry_ref, 0.0))
    return sorted(best, key=lambda ref: -best[ref])[:MOST_ENTRIES]


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


def _not_yet_kept(cursor: Any, viewer: Session, names: Searchable) -> Iterator[SearchEntry]:
    cursor.execute(NOT_KEPT)
    kept = {one.entry.fact_ref for one in names.loose}
    wanted: dict[UUID, dict[UUID, str]] = {}
    for fact_ref, case_ref, part in cursor.fetchall():
        if fact_ref in kept:
            names.kept.append(fact_ref)
        else:
            wanted.setdefault(case_ref, {})[fact_ref] = part
    for case_ref, facts in wanted.items():
        for fact_ref, told in opened_parts(cursor, viewer, case_ref, IDENTITY).told.items():
            found = search.names_of(told)
            if fact_ref in facts and found:
                forms = tuple(map(folded, found))
                yield SearchEntry(case_ref, fact_ref, found, None, facts[fact_ref], forms)
            elif fact_ref in facts:
                names.kept.append(fact_ref)


def _keep(viewer: Session, names: Searchable, missing: list[SearchEntry]) -> None:
    """Keep what the house does not find people by yet, and put what stands alone on pages."""
    is_worth_packing = name_pages.is_worth_packing(names.loose)
    if not (missing or names.kept or is_worth_packing):
        return
    with reading(viewer.token, "recorder") as cursor:
        steps = Steps(cursor)
        for entry in missing:
            search.keep(steps, viewer, entry)
        steps.send()
        if names.kept:
            cursor.execute(KEPT, [names.kept])
        if is_worth_packing:
            name_pages.pack(cursor, viewer, names.loose)
