"""Sealed pages of what names are compared by: a house opens some hundred of them, not every name.

A page repeats of its entries only the folded readings; the names stay in the entries, of which
those found are opened. The database hands out a page to who may read every name on it (0086).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from opennrm.records import search, statements
from opennrm.records.sealing import SealBroken, lock, unlocker
from opennrm.records.search import SearchEntry
from opennrm.records.sessions import Session
from opennrm.vocabulary.names.comparing import FOLDING, FoldedName, alike_readings

PURPOSE = b"opennrm name page 1|"
TO_SEARCH = "SELECT page_ref, entry_ref, case_ref, sealed, shelf, until FROM nrm.names_to_search()"
FOUND = "SELECT entry_ref, case_ref, sealed FROM nrm.names_found(%s)"
KEEP = "SELECT nrm.keep_name_page(%s, %s, %s)"
SHUT = "SELECT nrm.shut_name_pages(%s)"
# Below it a name by itself costs less than a page that is shut soon; above, a page of it costs
# as much to write as a whole one.
FEWEST, MOST = 100, 500
# Readings in Latin letters, in Arabic ones, and how else a Latin one may be heard.
BLOCKS = ("latin", "arabic", "heard")
REF_BYTES, LENGTH_BYTES = 16, 4


@dataclass(frozen=True, slots=True)
class Loose:
    """An opened entry that stands on no page, and with whom it may share one until when."""

    entry_ref: UUID
    entry: SearchEntry
    shelf: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """The readings of many entries, a line each, by block; whose they are, in the same order."""

    readings: dict[str, str]
    refs: bytes

    def alike(self, sought: FoldedName, *, at_least: float) -> Iterator[tuple[UUID, float]]:
        """Yield the entries with a reading alike to the name sought, and how alike."""
        before = 0
        for block in BLOCKS:
            same = sought.is_arabic == (block == "arabic")
            if same and block == "heard":
                return
            readings = self.readings[block].split("\n") if self.readings[block] else []
            heard = sought.readings[:1] if same else sought.readings
            found = alike_readings(heard, readings, same_script=same, at_least=at_least)
            for place, likeness in found:
                yield self._entry(before + place), likeness
            before += len(readings)

    def _entry(self, place: int) -> UUID:
        return UUID(bytes=self.refs[place * REF_BYTES : (place + 1) * REF_BYTES])


@dataclass(frozen=True, slots=True)
class Searchable:
    """All a reader may compare a name with, pages of no more use, facts found to be kept."""

    pages: list[Page]
    loose: list[Loose]
    spoilt: list[UUID]
    kept: list[UUID]


def searchable(cursor: Any, session: Session) -> Searchable:
    """Open the pages and the loose entries this reader may use; the look is in the journal."""
    with statements.in_bytes(cursor):
        cursor.execute(TO_SEARCH)
        rows = cursor.fetchall()
    found = Searchable([], [], [], [])
    try:
        entry_of, page_of = search.opening(session), _opening(session)
    except SealBroken:
        return found
    for page_ref, entry_ref, case_ref, sealed, shelf, until in rows:
        if page_ref is None:
            entry = entry_of(case_ref, sealed)
            if entry is not None:
                found.loose.append(Loose(entry_ref, entry, shelf, until))
        elif (page := page_of(page_ref, sealed)) is not None:
            found.pages.append(page)
        else:
            found.spoilt.append(page_ref)
    return found


def entries_found(cursor: Any, session: Session, refs: Sequence[UUID]) -> list[SearchEntry]:
    """Open the entries found on pages, as far as the reader may read them."""
    if not refs:
        return []
    cursor.execute(FOUND, [list(refs)])
    opened = search.opening(session)
    entries = (opened(case_ref, sealed) for _ref, case_ref, sealed in cursor.fetchall())
    return [entry for entry in entries if entry is not None]


def is_worth_packing(loose: Sequence[Loose]) -> bool:
    """Tell whether enough entries stand on no page for a new one."""
    return any(len(shelf) >= FEWEST for shelf in _shelves(loose))


def pack(cursor: Any, session: Session, loose: Sequence[Loose]) -> None:
    """Put loose entries on pages: those that the same roles may read, by when that ends."""
    for shelf in _shelves(loose):
        for start in range(0, len(shelf), MOST):
            chosen = shelf[start : start + MOST]
            if len(chosen) >= FEWEST:
                page_ref = uuid4()
                sealed = _sealed(session, page_ref, chosen)
                cursor.execute(KEEP, [page_ref, [one.entry_ref for one in chosen], sealed])


def _shelves(loose: Sequence[Loose]) -> list[list[Loose]]:
    shelves: dict[str, list[tuple[datetime, Loose]]] = defaultdict(list)
    for one in loose:
        if one.shelf and one.until:
            shelves[one.shelf].append((one.until, one))
    return [
        [one for _until, one in sorted(shelf, key=lambda pair: pair[0])]
        for shelf in shelves.values()
    ]


def _sealed(session: Session, page_ref: UUID, chosen: Sequence[Loose]) -> bytes:
    lines: dict[str, list[tuple[str, UUID]]] = {block: [] for block in BLOCKS}
    for one in chosen:
        for name in one.entry.folded:
            first, *others = name.readings
            lines["arabic" if name.is_arabic else "latin"].append((first, one.entry_ref))
            if not name.is_arabic:
                lines["heard"] += [(other, one.entry_ref) for other in others]
    told = {
        block: "\n".join(reading for reading, _ref in lines[block] if reading) for block in BLOCKS
    }
    refs = [ref.bytes for block in BLOCKS for reading, ref in lines[block] if reading]
    text = json.dumps({"folding": FOLDING, **told}).encode()
    plain = len(text).to_bytes(LENGTH_BYTES, "big") + text + b"".join(refs)
    return lock(plain, search.key_of(session), _purpose(session, page_ref))


def _opening(session: Session) -> Callable[[UUID, bytes], Page | None]:
    opened = unlocker(search.key_of(session))

    def page(page_ref: UUID, sealed: bytes) -> Page | None:
        try:
            plain = opened(bytes(sealed), _purpose(session, page_ref))
        except SealBroken:
            return None
        end = LENGTH_BYTES + int.from_bytes(plain[:LENGTH_BYTES], "big")
        told = json.loads(plain[LENGTH_BYTES:end])
        if told["folding"] != FOLDING:
            return None
        return Page({block: told[block] for block in BLOCKS}, plain[end:])

    return page


def _purpose(session: Session, page_ref: UUID) -> bytes:
    return PURPOSE + f"{session.actor.organisation}|{page_ref}".encode()
