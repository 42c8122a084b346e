"""Who of those open to the viewer may be the person of a case, and what the cases tell of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from opennrm.casework.same_person import Described, Evidence, evidence
from opennrm.records.opening import opened_of_cases
from opennrm.records.queries.people import IDENTITY, Hit, coarsely_known, find_people
from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading

MOST = 3
TOLD = (
    "SELECT fact_ref, case_ref, corrects, open FROM nrm.fact "
    "WHERE case_ref = ANY(%s) AND kind = 'person_described' ORDER BY at, compartment, sequence"
)
NAMED = "SELECT case_ref FROM nrm.worklist WHERE reference = %s AND case_ref <> %s LIMIT 1"
NOBODY_SAYS = frozenset({"unknown", "not_asked", "not_said"})


@dataclass(frozen=True, slots=True)
class Alike:
    """A case whose person has a name like this one's, and the evidence line by line."""

    hit: Hit
    lines: tuple[Evidence, ...]


def alike(viewer: Session, case_ref: UUID, *, at: datetime) -> tuple[Alike, ...]:
    """Find the cases with a name like the one of this case, and compare the likeliest with it.

    Only cases whose identity is open to the viewer are looked through; each reading is logged.
    """
    own = described(viewer, [case_ref]).get(case_ref)
    if own is None or not own.names:
        return ()
    hits = find_people(viewer, own.names, at=at)
    others = [hit for hit in hits if hit.case_ref != case_ref][:MOST]
    there = described(viewer, [hit.case_ref for hit in others])
    return tuple(
        Alike(hit, tuple(evidence(own, there[hit.case_ref])))
        for hit in others
        if hit.case_ref in there
    )


def beside(viewer: Session, case_ref: UUID, named: str) -> tuple[Alike, ...]:
    """Compare a case with the one of the viewer's list that bears this reference, if any does."""
    letters = "".join(one for one in named.upper() if one.isalnum())
    with reading(viewer.token) as cursor:
        cursor.execute(NAMED, [f"{letters[:4]}-{letters[4:]}", case_ref])
        row = cursor.fetchone()
    both = described(viewer, [case_ref, row[0]]) if row else {}
    if row is None or row[0] not in both:
        return ()
    lines = evidence(both.get(case_ref, Described()), both[row[0]])
    return (Alike(Hit(row[0], reference(row[0]), (), 0.0), tuple(lines)),)


def described(viewer: Session, case_refs: Sequence[UUID]) -> Mapping[UUID, Described]:
    """Return what is told of the persons of these cases, as far as it opens for the viewer."""
    if not case_refs:
        return {}
    with reading(viewer.token) as cursor:
        cursor.execute(TOLD, [list(case_refs)])
        rows = cursor.fetchall()
        sealed = opened_of_cases(cursor, viewer, case_refs, IDENTITY)
        coarse = coarsely_known(viewer, list(case_refs))
    replaced = {corrects for _ref, _case, corrects, _open in rows}
    told: dict[UUID, dict[str, Any]] = {}
    for fact_ref, case_ref, _corrects, opened in rows:
        if fact_ref not in replaced:
            parts = {**json.loads(opened), **sealed.get(fact_ref, {})}
            told.setdefault(case_ref, {}).update({k: v for k, v in parts.items() if v})
    return {
        case_ref: _described({**coarse.get(case_ref, {}), **parts})
        for case_ref, parts in told.items()
    }


def _described(told: Mapping[str, Any]) -> Described:
    return Described(
        names=told.get("names") or told.get("called") or "",
        birthdate=told.get("birthdate", ""),
        documents=told.get("documents", ""),
        sex=_said(told, "sex"),
        citizenship=tuple(told.get("citizenship", ())),
        majority=_said(told, "majority"),
        language=told.get("language", ""),
    )


def _said(told: Mapping[str, Any], field: str) -> str:
    """Return a code, unless it says that nobody knows or asked."""
    code = str(told.get(field, ""))
    return "" if code in NOBODY_SAYS else code
