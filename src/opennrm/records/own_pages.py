"""Keeps the person's own page up to date: made anew with every change, sealed to her key."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from opennrm.casework.own_page import own_page
from opennrm.lifecycle.case import Case
from opennrm.records import statements
from opennrm.records.sealing import seal

KEY = "SELECT json_build_array(door_ref, encode(public_key, 'base64')) FROM nrm.own_page_key(%s)"


def refresh(cursor: Any, case: Case) -> None:
    """Seal the page of a case anew, where a door of hers is open; no other key opens it."""
    cursor.execute(KEY, [case.case_ref])
    row = cursor.fetchone()
    if row is not None:
        keep(cursor, case, row[0])


def keep(cursor: Any, case: Case, door: Sequence[str]) -> None:
    """Seal the page of a case anew for the door that is open, named with its public key."""
    ref, public = UUID(door[0]), base64.b64decode(door[1])
    sealed = seal(own_page(case).to_bytes(), public, page_purpose(ref))
    cursor.execute(statements.KEEP_OWN_PAGE, [ref, sealed])


def page_purpose(door: UUID) -> bytes:
    """Name what a sealed page is for."""
    return f"opennrm own page 1|{door}".encode()


def key_purpose(door: UUID) -> bytes:
    """Name what a private key locked under her code and passphrase is for."""
    return f"opennrm own door 1|{door}".encode()


def letter_purpose(letter: UUID, about: str) -> bytes:
    """Name what a letter from her is for."""
    return f"opennrm own letter 1|{letter}|{about}".encode()


def answer_purpose(letter: UUID) -> bytes:
    """Name what the answer to a letter is for."""
    return f"opennrm own answer 1|{letter}".encode()
