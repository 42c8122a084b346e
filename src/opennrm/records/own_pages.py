"""Keeps the person's own page up to date: made anew with every change, sealed to her key."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from opennrm.casework.own_page import own_page
from opennrm.lifecycle.case import Case
from opennrm.records import statements
from opennrm.records.sealing import seal


def refresh(cursor: Any, case: Case) -> None:
    """Seal the page of a case anew, where a door of hers is open; no other key opens it."""
    cursor.execute(statements.OWN_PAGE_KEY, [case.case_ref])
    door = cursor.fetchone()
    if door is not None:
        sealed = seal(own_page(case).to_bytes(), bytes(door[1]), page_purpose(door[0]))
        cursor.execute(statements.KEEP_OWN_PAGE, [door[0], sealed])


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
