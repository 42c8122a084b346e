"""Who is known by which word to a directory: bound by officers, asked when somebody comes."""

from __future__ import annotations

import hashlib
from uuid import UUID

from opennrm.records import sessions
from opennrm.records.people.asking import ask
from opennrm.records.sessions import Session

NAME = "SELECT nrm.name_known_as(%s)"


def known_as(directory: str, subject: str) -> str:
    """Return under what a directory's word for somebody is kept: a digest, not the word."""
    return hashlib.sha256(f"{directory}\n{subject}".encode()).hexdigest()


def name_known_as(shown: str) -> str | None:
    """Return the sign-in name of whom a directory knows so; None when nobody is bound to it."""
    with sessions.unbound() as cursor:
        cursor.execute(NAME, [shown])
        found: str | None = cursor.fetchone()[0]
    return found


def bind(session: Session, account: UUID, directory: str, subject: str) -> None:
    """Let a member sign in only together with the word of a directory.

    :raises PeopleRefused: when the viewer is no officer of hers, the member is an officer, or
        somebody else is known so.
    """
    ask(session, "bind_to_directory", account, directory, known_as(directory, subject))


def unbind(session: Session, account: UUID) -> None:
    """Let a member sign in without a directory again.

    :raises PeopleRefused: when the viewer is no officer of hers.
    """
    ask(session, "unbind_from_directory", account)


def bound(session: Session) -> dict[UUID, str]:
    """Return the members of the viewer's house who are bound, each with her directory."""
    return dict(ask(session, "bound_to_directories"))
