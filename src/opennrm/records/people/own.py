"""What a person does for herself: another passphrase, and an end to her other sessions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

from opennrm.records import sessions
from opennrm.records.keyring import account_purpose
from opennrm.records.people.asking import PeopleRefused, ask, call
from opennrm.records.people.joining import require_hard_to_guess
from opennrm.records.sealing import SIGN_IN_COST, Cost, lock, passphrase_keys
from opennrm.records.sessions import Session


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One place where the viewer is signed in."""

    handle: str
    opened_at: datetime
    seen_at: datetime
    factor: str | None
    is_this: bool


def own_sessions(session: Session) -> list[OwnSession]:
    """Return where the viewer is signed in, the newest first."""
    return [OwnSession(*row) for row in ask(session, "own_sessions")]


def end_session(session: Session, handle: str | None) -> None:
    """End one of the viewer's sessions, or all but this one."""
    ask(session, "end_own_session", handle)


def speak(session: Session, language: str) -> None:
    """Remember the language of the viewer's pages and notices.

    :raises PeopleRefused: when it is not written as a language is.
    """
    ask(session, "speak", language)


def change_passphrase(
    session: Session, sign_in_name: str, old: str, new: str, *, cost: Cost = SIGN_IN_COST
) -> None:
    """Lock the viewer's key under another passphrase; her other sessions end.

    :raises PeopleRefused: when the old one is not right or the new one can be guessed.
    """
    require_hard_to_guess(new, sign_in_name, session.organisation_name)
    salt = os.urandom(16)
    before = passphrase_keys(old, *sessions.salt_of(sign_in_name))
    keys = passphrase_keys(new, salt, cost)
    account = session.actor.account
    if session.keyring is None:
        raise PeopleRefused("This session holds no keys. Sign in again.")
    sealed = lock(session.keyring.own, keys.secret, account_purpose(account))
    values = (salt, cost.memory_kib, cost.passes, keys.proof, sealed)
    with sessions.reading(session.token) as cursor:
        if call(cursor, "change_own_secret", before.proof, *values) != [(True,)]:
            raise PeopleRefused("The passphrase you have now is not right.")
