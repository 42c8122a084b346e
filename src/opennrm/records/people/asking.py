"""Asks the database to do a step for a person; a refusal comes back as a sentence."""

from __future__ import annotations

from typing import Any

from django.db.utils import DatabaseError

from opennrm.records import sessions
from opennrm.records.sessions import Session, sqlstate

# The functions of records/sql that handle people, and how many values each takes.
ARGUMENTS = {
    "enrol_organisation": 7,
    "add_agreement": 4,
    "invite": 8,
    "withdraw_invitation": 1,
    "invitations": 0,
    "invitation_for": 3,
    "officers_behind": 3,
    "recovery_public": 3,
    "accept_invitation": 9,
    "keep_joining_recovery": 2,
    "give_role": 2,
    "take_role": 2,
    "close_account": 1,
    "end_sessions_of": 1,
    "members": 0,
    "officers": 0,
    "keep_group_wrap": 3,
    "wraps_of_group": 1,
    "renew_group": 3,
    "keep_renewed_wrap": 3,
    "search_entries_to_relock": 0,
    "relock_search_entry": 2,
    "keep_search_wrap": 2,
    "groups_to_renew": 0,
    "how_keys_stand": 0,
    "make_group": 3,
    "keep_group_recovery": 2,
    "keep_recovery_key": 1,
    "keep_recovery_part": 3,
    "speak": 1,
    "own_recovery": 0,
    "keep_own_recovery": 1,
    "own_parts": 0,
    "ask_recovery": 6,
    "hand_recovery_part": 3,
    "recoveries": 0,
    "finish_recovery": 1,
    "let_back_in": 3,
    "give_recovered_group": 3,
    "change_own_secret": 6,
    "own_sessions": 0,
    "end_own_session": 1,
    "propose_officers": 1,
    "agree_to_be_officer": 0,
    "confirm_officers": 3,
    "officer_proposals": 0,
    "bind_to_directory": 3,
    "unbind_from_directory": 1,
    "bound_to_directories": 0,
}
CALLS = {
    name: f"SELECT * FROM nrm.{name}({', '.join(['%s'] * number)})"  # noqa: S608 - our own words
    for name, number in ARGUMENTS.items()
}
REFUSED, TAKEN, UNIQUE = "NR403", "NR409", "23505"


class PeopleRefused(Exception):
    """A step with people or their keys is not taken; the message says why."""


def call(cursor: Any, name: str, *values: object) -> list[tuple[Any, ...]]:
    """Call one function of the database within a transaction that is open.

    :raises PeopleRefused: when the database refuses it.
    """
    try:
        cursor.execute(CALLS[name], values)
        return list(cursor.fetchall())
    except DatabaseError as error:
        state = sqlstate(error)
        if state in (REFUSED, TAKEN):
            raise PeopleRefused(_sentence(error)) from error
        if state == UNIQUE:
            raise PeopleRefused("This name is taken, or it was done already.") from error
        raise


def ask(session: Session, name: str, *values: object) -> list[tuple[Any, ...]]:
    """Call one function of the database as the person of this session.

    :raises PeopleRefused: when the database refuses it.
    :raises SignedOut: when the session has ended.
    """
    with sessions.reading(session.token) as cursor:
        return call(cursor, name, *values)


def _sentence(error: DatabaseError) -> str:
    return str(error).partition("\n")[0]
