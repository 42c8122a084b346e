"""Group keys: passed on by whoever holds one, and renewed when a member leaves."""

from __future__ import annotations

import os
from typing import Any
from uuid import UUID

from opennrm.records import search, sessions
from opennrm.records.abroad.keys import ROLE, seal_house_keys_again
from opennrm.records.keyring import (
    Keyring,
    group_purpose,
    group_recovery_purpose,
    search_purpose,
    wrap_purpose,
)
from opennrm.records.people.asking import PeopleRefused, ask, call
from opennrm.records.sealing import KeyPair, lock, new_key_pair, seal, unlocker, unseal
from opennrm.records.sessions import Session
from opennrm.records.sql_text import OWNER


def to_renew(session: Session) -> list[tuple[str, Any, bool]]:
    """Return the groups a member has left: role, since when, whether the viewer can renew it."""
    return [(role, since, mine) for role, since, mine in ask(session, "groups_to_renew")]


def hand_over(session: Session, role: str, account: UUID) -> None:
    """Pass a group's key to a member who holds the role.

    :raises PeopleRefused: when the viewer does not hold the key, or the member not the role.
    """
    private = _held(session, role)
    with sessions.reading(session.token) as cursor:
        give(cursor, session.actor.organisation, role, account, private)


def give(cursor: Any, organisation: UUID, role: str, account: UUID, private: bytes) -> None:
    """Seal a group's key to one member."""
    wrap = wrapped(cursor, organisation, role, account, private)
    call(cursor, "keep_group_wrap", role, account, wrap)


def wrapped(cursor: Any, organisation: UUID, role: str, account: UUID, private: bytes) -> bytes:
    """Return a group's key sealed to a member's own key."""
    cursor.execute(OWNER.public_key_of, [account])
    (public,) = cursor.fetchone()
    return seal(private, bytes(public), group_purpose(organisation, role, account))


def renew(session: Session, role: str) -> int:
    """Give a group a new key, seal every case to it again, and return how many wraps that were.

    :raises PeopleRefused: when the viewer does not hold the key or signed in without a passkey.
    """
    old, pair, house = _held(session, role), new_key_pair(), session.actor.organisation
    fresh_search = os.urandom(32)
    with sessions.reading(session.token) as cursor:
        rows = call(cursor, "wraps_of_group", role)
        stay = [row for row in call(cursor, "members") if role in row[5]]
        new_search = seal(fresh_search, pair.public, search_purpose(house, role))
        call(cursor, "renew_group", role, pair.public, new_search)
        _seal_again(cursor, rows, old, pair)
        if role == ROLE:
            seal_house_keys_again(cursor, house, old, pair.public)
        for account, *_rest in stay:
            give(cursor, house, role, account, pair.private)
        _lock_names_again(cursor, session, fresh_search)
        keep_for_recovery(cursor, house, role, pair.private)
    return len(rows)


def keep_for_recovery(cursor: Any, organisation: UUID, role: str, private: bytes) -> None:
    """Seal a group's key so that two officers together can open it, where they have a key."""
    for public, _is_kept in call(cursor, "own_recovery"):
        sealed = seal(private, bytes(public), group_recovery_purpose(organisation, role))
        call(cursor, "keep_group_recovery", role, sealed)


def _seal_again(cursor: Any, rows: list[tuple[Any, ...]], old: bytes, pair: KeyPair) -> None:
    for access_ref, case_ref, compartment, version, ciphertext in rows:
        purpose = wrap_purpose(case_ref, compartment, version)
        private = unseal(bytes(ciphertext), old, purpose)
        again = seal(private, pair.public, purpose)
        call(cursor, "keep_renewed_wrap", access_ref, version, again)


def _lock_names_again(cursor: Any, session: Session, fresh: bytes) -> None:
    """Lock the names that can be searched for under a key that who left never knew."""
    keyring: Keyring = keyring_of(session)
    if keyring.search is not None:
        purposed, opened = search.purposes(session), unlocker(keyring.search)
        for entry, case_ref, sealed in call(cursor, "search_entries_to_relock"):
            purpose = purposed(case_ref)
            plain = opened(bytes(sealed), purpose)
            call(cursor, "relock_search_entry", entry, lock(plain, fresh, purpose))
    house = session.actor.organisation
    cursor.execute("SELECT role, public_key FROM nrm.group_key WHERE organisation = %s", [house])
    for role, public in cursor.fetchall():
        again = seal(fresh, bytes(public), search_purpose(house, role))
        call(cursor, "keep_search_wrap", role, again)


def keyring_of(session: Session) -> Keyring:
    """Return the keys of a session.

    :raises PeopleRefused: when it holds none.
    """
    if session.keyring is None:
        raise PeopleRefused("This session holds no keys. Sign in again.")
    return session.keyring


def _held(session: Session, role: str) -> bytes:
    private = keyring_of(session).groups.get((session.actor.organisation, role))
    if private is None:
        raise PeopleRefused("You do not hold this key. Ask a colleague in that role.")
    return private
