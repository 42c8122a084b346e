"""Her own door: a code on a card and a passphrase open one sealed page, for a few minutes.

The private key of the page stands in the database locked under Argon2id of the two together, and
during a session under a secret that only her browser has. No session of hers is a reader of the
record; the database gives it what belongs to its one door.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connections, transaction

from opennrm.casework.consent import notices_of_withdrawal
from opennrm.casework.hold_endings import orphaned, told_of_end
from opennrm.casework.own_page import HARMLESS, OwnPage
from opennrm.records import own_pages, projecting, statements
from opennrm.records.folding import fold
from opennrm.records.own_pages import (
    answer_purpose,
    key_purpose,
    letter_purpose,
    page_purpose,
)
from opennrm.records.sealing import (
    SIGN_IN_COST,
    Cost,
    PassphraseKeys,
    SealBroken,
    branch,
    lock,
    new_key_pair,
    passphrase_keys,
    seal,
    unlock,
    unseal,
)
from opennrm.records.sessions import Session, reading, token_of

TOKEN, KEY = b"opennrm own door token 1", b"opennrm own door session key 1"
# Crockford's signs: no letter that looks like another, read out or on paper; 16 make 80 bits.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKE = str.maketrans("OIL", "011")
LENGTH, GROUP = 16, 4
SALT = "SELECT salt, memory_kib, passes FROM nrm.own_door_salt(%s)"
ENTER = "SELECT door_ref, sealed_private FROM nrm.enter_own_door(%s, %s, %s)"
KEEP_KEY = "SELECT nrm.keep_own_session_key(%s, %s)"
PAGE = "SELECT door_ref, session_key, language, page FROM nrm.own_page(%s)"
SEEN_BY = "SELECT name, role FROM nrm.own_page_seen_by(%s)"
BEGIN = "SELECT nrm.begin_own_door(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
LETTER_KEY = "SELECT case_ref, key_version, public_key FROM nrm.own_letter_key(%s, %s)"
SEND = "SELECT nrm.send_own_letter(%s, %s, %s, %s, %s)"
LETTERS = "SELECT letter_ref, about, sent_at, answer FROM nrm.own_letters(%s)"


class NotOpened(Exception):
    """Code and passphrase open nothing; it is never said which of them is wrong, or why."""


@dataclass(frozen=True, slots=True)
class OwnSession:
    """Her page, open for a few minutes: what it shows, in which language, and by which token."""

    token: str = field(repr=False)
    door: UUID
    language: str
    page: OwnPage = field(repr=False)
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter of hers: what it was about, when she sent it, and the answer, if one came."""

    about: str
    sent_at: datetime
    answer: str


def new_code() -> str:
    """Make the code of a card: 80 bits in four groups; it is shown once and kept nowhere."""
    return grouped("".join(secrets.choice(SIGNS) for _ in range(LENGTH)))


def grouped(signs: str) -> str:
    """Write a code as it stands on the card."""
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def typed(code: str) -> str:
    """Read a code as it was meant, whatever hyphens, spaces, capitals and look-alikes."""
    return "".join(one for one in code.upper().translate(LOOK_ALIKE) if one.isalnum())


def digest(code: str) -> bytes:
    """Return what is kept of a code."""
    return hashlib.sha256(b"opennrm own door code 1|" + typed(code).encode()).digest()


def begin(
    viewer: Session,
    case_ref: UUID,
    *,
    code: str,
    passphrase: str,
    under_pressure: str = "",
    cost: Cost = SIGN_IN_COST,
) -> None:
    """Make the keys of a page, beside the person, from the code on her card and her passphrase.

    A second passphrase, where she wants one, opens a page of the same look that harms nobody.

    :raises NotOpened: when the code is not that of a door of this case, opened within the hour.
    """
    salt = os.urandom(16)
    with reading(viewer.token) as cursor:
        cursor.execute("SELECT door_ref FROM nrm.own_door_state(%s)", [case_ref])
        door = cursor.fetchone()
    if door is None:
        raise NotOpened
    proofs, privates, publics = [], [], []
    for words in filter(None, (passphrase, under_pressure)):
        keys, pair = _derived(code, words, salt, cost), new_key_pair()
        proofs.append(keys.proof)
        privates.append(lock(pair.private, keys.secret, key_purpose(door[0])))
        publics.append(pair.public)
    harmless = seal(HARMLESS.to_bytes(), publics[-1], page_purpose(door[0]))
    values = [case_ref, digest(code), salt, cost.memory_kib, cost.passes]
    with reading(viewer.token) as cursor:
        cursor.execute(BEGIN, [*values, proofs, privates, publics, harmless])
        begun = cursor.fetchone()[0]
    if begun is None:
        raise NotOpened
    with _recording() as cursor:
        own_pages.refresh(cursor, fold(cursor, case_ref).case)


def enter(code: str, passphrase: str) -> str:
    """Open her page and return the secret that carries it; takes as long whatever is wrong.

    :raises NotOpened: when code and passphrase open nothing now.
    """
    hashed = digest(code)
    with _asking() as cursor:
        cursor.execute(SALT, [hashed])
        row = cursor.fetchone()
    salt, cost = (bytes(row[0]), Cost(row[1], row[2])) if row else _made_up(hashed)
    keys = _derived(code, passphrase, salt, cost)
    secret = base64.urlsafe_b64encode(os.urandom(32)).decode()
    token = token_of(secret, TOKEN)
    with _asking() as cursor:
        cursor.execute(ENTER, [hashed, keys.proof, token])
        found = cursor.fetchone()
    if found is None:
        raise NotOpened
    private = unlock(bytes(found[1]), keys.secret, key_purpose(found[0]))
    with _asking() as cursor:
        locked = lock(private, branch(secret.encode(), KEY), key_purpose(found[0]))
        cursor.execute(KEEP_KEY, [token, locked])
    return secret


def resume(secret: str) -> OwnSession | None:
    """Take up the page this secret carries; None when its time is over or the door is closed."""
    token = token_of(secret, TOKEN)
    with _asking() as cursor:
        cursor.execute(PAGE, [token])
        row = cursor.fetchone()
    if row is None or row[1] is None or row[3] is None:
        return None
    door = row[0]
    try:
        private = unlock(bytes(row[1]), branch(secret.encode(), KEY), key_purpose(door))
        page = OwnPage.from_bytes(unseal(bytes(row[3]), private, page_purpose(door)))
    except SealBroken:
        return None
    return OwnSession(token, door, row[2], page, private)


def leave(secret: str) -> None:
    """End the session this secret carries, at once and on every server process."""
    with _asking() as cursor:
        cursor.execute("SELECT nrm.leave_own_page(%s)", [token_of(secret, TOKEN)])


def seen_by(own: OwnSession) -> list[tuple[str, str]]:
    """List who read sealed parts of her case: organisation (empty for a house) and role."""
    with _asking() as cursor:
        cursor.execute(SEEN_BY, [own.token])
        return sorted((str(name), str(role)) for name, role in cursor.fetchall())


def speak(own: OwnSession, language: str) -> None:
    """Keep the language she chose for her page."""
    with _asking() as cursor:
        cursor.execute("SELECT nrm.speak_own_page(%s, %s)", [own.token, language])


def send(own: OwnSession, about: str, text: str) -> bool:
    """Send a letter, sealed to those it is for; tell whether it could be sent."""
    ref = uuid4()
    with _asking() as cursor:
        cursor.execute(LETTER_KEY, [own.token, about])
        key = cursor.fetchone()
        if key is None:
            return False
        sealed = seal(text.encode(), bytes(key[2]), letter_purpose(ref, about))
        cursor.execute(SEND, [own.token, ref, about, key[1], sealed])
        return bool(cursor.fetchone()[0])


def may_send(own: OwnSession, about: str) -> bool:
    """Tell whether there is somebody a letter of this kind would go to."""
    with _asking() as cursor:
        cursor.execute(LETTER_KEY, [own.token, about])
        return cursor.fetchone() is not None


def letters(own: OwnSession) -> list[SentLetter]:
    """List her letters with the answers, the newest first."""
    with _asking() as cursor:
        cursor.execute(LETTERS, [own.token])
        rows = cursor.fetchall()
    return [SentLetter(about, at, _answer(own, ref, bytes_)) for ref, about, at, bytes_ in rows]


def withdraw(own: OwnSession, consent: UUID) -> bool:
    """Take a consent back in her own name: what rested on it closes at once and is told.

    Tells whether there was such a consent. A partner abroad is told by her case manager, whom a
    notice asks to.
    """
    with _recording() as cursor:
        cursor.execute(statements.OWN_STEP, [own.token])
        row = cursor.fetchone()
        if row is None or row[0] is None:
            return False
        case = fold(cursor, row[0]).case
        lost = orphaned(case, consent, at=_now(cursor))
        notices = [
            {
                "organisation": str(one.organisation),
                "role": one.role.value if one.role else None,
                "kind": one.kind,
                "about": str(one.about),
            }
            for one in (*notices_of_withdrawal(case, consent), *told_of_end(lost))
        ]
        refs = [one.fact_ref for one in lost]
        values = [own.token, consent, refs, json.dumps(notices)]
        cursor.execute(statements.WITHDRAW_OWN, values)
        was_taken_back = bool(cursor.fetchone()[0])
        _renew(cursor, row[0])
        return was_taken_back


def close(own: OwnSession) -> None:
    """Close her door for good, in her own name; her case manager is told."""
    with _recording() as cursor:
        cursor.execute(statements.CLOSE_OWN, [own.token])
        row = cursor.fetchone()
        if row is not None and row[0] is not None:
            _renew(cursor, row[0])


def _renew(cursor: Any, case_ref: UUID) -> None:
    read = fold(cursor, case_ref)
    projecting.refresh(cursor, read.case, read.jurisdiction)


def _answer(own: OwnSession, ref: UUID, sealed: Any) -> str:
    if sealed is None:
        return ""
    return unseal(bytes(sealed), own.private, answer_purpose(ref)).decode()


def _derived(code: str, passphrase: str, salt: bytes, cost: Cost) -> PassphraseKeys:
    return passphrase_keys(f"{typed(code)}|{passphrase.strip()}", salt, cost)


def _made_up(hashed: bytes) -> tuple[bytes, Cost]:
    """An unknown code costs as much as a known one, and gets the same salt each time."""
    made = hashlib.sha256(settings.SECRET_KEY.encode() + hashed).digest()
    return made[:16], SIGN_IN_COST


def _now(cursor: Any) -> datetime:
    cursor.execute("SELECT now()")
    moment: datetime = cursor.fetchone()[0]
    return moment


@contextmanager
def _asking() -> Iterator[Any]:
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        yield cursor


@contextmanager
def _recording() -> Iterator[Any]:
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        yield cursor
