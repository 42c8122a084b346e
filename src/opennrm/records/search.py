"""Sealed search entries: each organisation finds the people it may see, and nobody else does.

An entry holds the names of one fact, locked under the organisation's search key. Names are opened
with one unwrap, compared in memory and forgotten; nothing made from a name lies open. How many are
opened at once: `name_pages`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from opennrm.casework.permissions import may_read
from opennrm.casework.ports import Change
from opennrm.lifecycle.case import Case
from opennrm.records.sealing import SealBroken, lock, unlocker
from opennrm.records.sessions import Session
from opennrm.records.writing import Steps
from opennrm.vocabulary.names.comparing import FOLDING, FoldedName, folded

PURPOSE = b"opennrm search entry 1|"
NAMED = ("names", "called")


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """The names told in one fact of one case, or the mark of an imported row."""

    case_ref: UUID
    fact_ref: UUID | None
    names: tuple[str, ...]
    source: str | None = None
    compartment: str | None = None
    folded: tuple[FoldedName, ...] = ()


def names_of(told: Mapping[str, str]) -> tuple[str, ...]:
    """Pick the names out of the sealed part of a fact."""
    return tuple(told[field] for field in NAMED if told.get(field))


def keep_names(steps: Steps, session: Session, case: Case, change: Change) -> None:
    """Add the step that keeps a search entry, for each fact of a change that tells a name."""
    for fact in change.facts:
        names = names_of(fact.sealed) if fact.kind == "person_described" else ()
        if names:
            part = fact.compartment.code
            keep(steps, session, SearchEntry(case.case_ref, fact.fact_ref, names, None, part))


def keep(steps: Steps, session: Session, entry: SearchEntry) -> None:
    """Add the step that keeps an entry, if this session holds its house's search key."""
    if session.keyring is None or session.keyring.search is None:
        return
    sealed = sealed_entry(session, session.keyring.search, entry)
    part = entry.compartment or _fullest_part(session)
    steps.add("name", entry.case_ref, uuid4(), part, sealed, entry.fact_ref)


def sealed_entry(session: Session, key: bytes, entry: SearchEntry) -> bytes:
    """Seal what an entry tells under the search key of the session's organisation."""
    told = {"names": entry.names, "fact": str(entry.fact_ref), "source": entry.source}
    forms = [(one.is_arabic, one.readings) for one in map(folded, entry.names)]
    plain = json.dumps({**told, "folding": FOLDING, "folded": forms}, ensure_ascii=False)
    return lock(plain.encode(), key, purposes(session)(entry.case_ref))


def opening(session: Session) -> Callable[[UUID, bytes], SearchEntry | None]:
    """Return what opens the search entries of a session's organisation; None where one is broken.

    :raises SealBroken: when the session holds no search key.
    """
    opened, purposed = unlocker(key_of(session)), purposes(session)

    def entry(case_ref: UUID, sealed: bytes) -> SearchEntry | None:
        try:
            told = json.loads(opened(bytes(sealed), purposed(case_ref)))
        except SealBroken:
            return None
        fact = UUID(told["fact"]) if told.get("fact") not in (None, "None") else None
        names = tuple(told["names"])
        return SearchEntry(case_ref, fact, names, told.get("source"), None, _folded(told))

    return entry


def opened_entries(cursor: Any, session: Session) -> Iterator[SearchEntry]:
    """Open every search entry this reader may use; the look itself is in the journal."""
    cursor.execute("SELECT case_ref, sealed FROM nrm.search_entries()")
    try:
        opened = opening(session)
    except SealBroken:
        return
    for case_ref, sealed in cursor.fetchall():
        if (entry := opened(case_ref, sealed)) is not None:
            yield entry


def key_of(session: Session) -> bytes:
    """Return the search key of a session's organisation.

    :raises SealBroken: when the session does not hold it.
    """
    if session.keyring is None or session.keyring.search is None:
        raise SealBroken("Names are found only by who holds the search key of her house.")
    return session.keyring.search


def _folded(told: Mapping[str, Any]) -> tuple[FoldedName, ...]:
    """Take the folded names as they were kept, or fold them again as names are folded today."""
    if told.get("folding") != FOLDING:
        return tuple(map(folded, told["names"]))
    return tuple(FoldedName(arabic, tuple(readings)) for arabic, readings in told["folded"])


def _fullest_part(session: Session) -> str:
    reads_names = any(may_read(role, "D2") for role in session.actor.roles)
    return "D2" if reads_names else "D2S"


def purposes(session: Session) -> Callable[[UUID], bytes]:
    """Name what a sealed search entry is for, so that it opens in its own case only."""
    start = PURPOSE + f"{session.actor.organisation}|".encode()
    return lambda case_ref: start + str(case_ref).encode()
