"""Letters from her own page, for the case manager they are for, or the office of a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from opennrm.records.compartment_keys import open_wraps
from opennrm.records.own_pages import answer_purpose, letter_purpose
from opennrm.records.sealing import SealBroken, seal, unseal
from opennrm.records.sessions import Session, reading

READ = (
    "SELECT letter_ref, about, sent_at, is_forced, key_version, sealed, answered_at "
    "FROM nrm.read_own_letters(%s)"
)
STATE = "SELECT begun_at, closed_at, stands, tries, may_begin FROM nrm.own_door_state(%s)"
CONSENTS = "D10"
OFFICE = "DP"


@dataclass(frozen=True, slots=True)
class DoorState:
    """How her door stands: whether she signed in once, whether it opens today, what was tried."""

    is_begun: bool
    is_closed: bool
    stands: bool
    tries: int
    may_begin: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter from her: its text is empty where the viewer's key does not open it."""

    ref: UUID
    about: str
    sent_at: datetime
    is_forced: bool
    text: str
    is_answered: bool


def door_state(viewer: Session, case_ref: UUID) -> DoorState | None:
    """Say how her door stands; None when there never was one, or the viewer may not know."""
    with reading(viewer.token) as cursor:
        cursor.execute(STATE, [case_ref])
        row = cursor.fetchone()
    if row is None:
        return None
    return DoorState(row[0] is not None, row[1] is not None, *row[2:])


def letters_of(viewer: Session, case_ref: UUID) -> list[Letter]:
    """Open the letters of a case for her case manager; the reading is in the journal."""
    with reading(viewer.token) as cursor:
        cursor.execute(READ, [case_ref])
        rows = cursor.fetchall()
        held = open_wraps(cursor, case_ref, viewer.keyring) if rows else {}
    return [_letter(row, held.get((CONSENTS, row[4]), b"")) for row in rows]


def complaints(viewer: Session) -> list[Letter]:
    """Open the complaints that went to the viewer's office; the reading is in the journal."""
    with reading(viewer.token) as cursor:
        cursor.execute(READ, [None])
        rows = cursor.fetchall()
    groups = viewer.keyring.groups if viewer.keyring else {}
    key = groups.get((viewer.actor.organisation, OFFICE), b"")
    return [_letter(row, key) for row in rows]


def answer(viewer: Session, letter: UUID, text: str) -> bool:
    """Seal an answer to her key; tell whether it was kept: once, and while her door is open."""
    with reading(viewer.token) as cursor:
        cursor.execute("SELECT nrm.own_answer_key(%s)", [letter])
        key = cursor.fetchone()[0]
        if key is None:
            return False
        sealed = seal(text.encode(), bytes(key), answer_purpose(letter))
        cursor.execute("SELECT nrm.answer_own_letter(%s, %s)", [letter, sealed])
        return bool(cursor.fetchone()[0])


def _letter(row: Any, private: bytes) -> Letter:
    ref, about, sent_at, is_forced, _version, sealed, answered_at = row
    try:
        text = unseal(bytes(sealed), private, letter_purpose(ref, about)).decode()
    except (SealBroken, ValueError):
        text = ""
    return Letter(ref, about, sent_at, is_forced, text, answered_at is not None)
