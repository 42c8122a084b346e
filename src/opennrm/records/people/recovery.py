"""Recovery by two officers: neither alone, and no administrator, opens anything.

The recovery key's private half is kept sealed to one officer inside a seal to another, for each
pair. One officer asks and takes off the outer seal; another one finishes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

from opennrm.records import sessions
from opennrm.records.enrolment import packaged
from opennrm.records.keyring import (
    group_recovery_purpose,
    part_purpose,
    recovery_purpose,
    search_purpose,
)
from opennrm.records.one_time import new_passphrase
from opennrm.records.people import group_keys
from opennrm.records.people.asking import PeopleRefused, ask, call
from opennrm.records.people.joining import HALF, sealed_for_return
from opennrm.records.sealing import key_pair_of, new_key_pair, seal, unseal
from opennrm.records.sessions import Session


@dataclass(frozen=True, slots=True)
class Standing:
    """How the keys of an organisation stand."""

    has_recovery: bool
    groups: tuple[str, ...]
    recoverable: tuple[str, ...]
    shared_with: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A recovery one officer asked for, with what the viewer needs to finish it, if she may."""

    recovery_ref: UUID
    purpose: str
    about_account: UUID | None
    about_role: str | None
    asked_by: UUID
    asked_at: datetime
    half_public: bytes | None
    part: bytes | None


def standing(session: Session) -> Standing:
    """Return how the keys of the viewer's organisation stand."""
    ((has, groups, recoverable, shared),) = ask(session, "how_keys_stand")
    return Standing(has, tuple(groups), tuple(recoverable), tuple(shared))


def is_kept_for(session: Session) -> bool | None:
    """Tell whether two officers could let the viewer back in; None where they have no key."""
    rows = ask(session, "own_recovery")
    return bool(rows[0][1]) if rows else None


def keep_own(session: Session) -> None:
    """Seal the viewer's own key so that two officers together can give it back to her.

    :raises PeopleRefused: when her factor is not fresh.
    """
    with sessions.reading(session.token) as cursor:
        for public, _is_kept in call(cursor, "own_recovery"):
            _keep_own(cursor, session, bytes(public))


def make_keys(session: Session) -> None:
    """Make the recovery key of an organisation, and the group keys it has not got yet.

    :raises PeopleRefused: when there are not two officers, or the viewer is none.
    """
    pair, house = new_key_pair(), session.actor.organisation
    with sessions.reading(session.token) as cursor:
        call(cursor, "keep_recovery_key", pair.public)
        _share(cursor, house, pair.private)
        _keep_own(cursor, session, pair.public)
        ((_has, groups, _kept, _shared),) = call(cursor, "how_keys_stand")
        keyring = group_keys.keyring_of(session)
        search = keyring.search or os.urandom(32)
        for role in sorted(set(session.organisation_roles) - set(groups)):
            _make_group(cursor, house, role, search)
        for (organisation, role), private in keyring.groups.items():
            group_keys.keep_for_recovery(cursor, organisation, role, private)


def ask_for(
    session: Session, purpose: str, *, account: UUID | None = None, role: str | None = None
) -> str | None:
    """Ask for a recovery as the first officer; returns her half of the code, shown once.

    :raises PeopleRefused: when she may not, or the key is not shared with her yet.
    """
    half = new_passphrase() if purpose == "member" else None
    public = key_pair_of(half.encode(), HALF).public if half else None
    reference, house, own = uuid4(), session.actor.organisation, session.actor.account
    with sessions.reading(session.token) as cursor:
        parts = call(cursor, "own_parts")
        if not parts:
            raise PeopleRefused(
                "The recovery key is not shared with you yet. Two officers who have it share it "
                "with all."
            )
        call(cursor, "ask_recovery", reference, purpose, account, role, half, public)
        for second, package in parts:
            outer = part_purpose(house, own, second, "outer")
            inner = unseal(bytes(package), group_keys.keyring_of(session).own, outer)
            call(cursor, "hand_recovery_part", reference, second, inner)
    return half


def asked(session: Session) -> list[Asked]:
    """Return what officers asked for and another one has not finished."""
    return [Asked(*row) for row in ask(session, "recoveries")]


def finish(session: Session, reference: UUID) -> str | None:
    """Finish a recovery as the second officer; returns the other half of the code for a member.

    :raises PeopleRefused: when it is not hers to finish.
    """
    found = next((one for one in asked(session) if one.recovery_ref == reference), None)
    if found is None or found.part is None:
        raise PeopleRefused("Nothing waits here for you; another officer asks first.")
    house, own = session.actor.organisation, session.actor.account
    purpose = part_purpose(house, found.asked_by, own, "inner")
    private = unseal(bytes(found.part), group_keys.keyring_of(session).own, purpose)
    with sessions.reading(session.token) as cursor:
        opened = call(cursor, "finish_recovery", reference)
        if found.purpose == "member":
            return _let_back_in(cursor, found, opened, private)
        if found.purpose == "group":
            _give_group(cursor, session, found, opened, private)
        else:
            _share(cursor, house, private)
    return None


def _let_back_in(cursor: Any, found: Asked, opened: list[Any], private: bytes) -> str:
    (account, _role, sealed) = opened[0]
    own = unseal(bytes(sealed), private, recovery_purpose(account))
    code = new_passphrase()
    kept = sealed_for_return(own, account, code, bytes(found.half_public or b""))
    call(cursor, "let_back_in", found.recovery_ref, code, kept)
    return code


def _give_group(
    cursor: Any, session: Session, found: Asked, opened: list[Any], private: bytes
) -> None:
    if not opened:
        raise PeopleRefused("The key of this role was never sealed for recovery.")
    (_account, role, sealed) = opened[0]
    house = session.actor.organisation
    group = unseal(bytes(sealed), private, group_recovery_purpose(house, role))
    for account, _name, _sign_in, _officer, roles, holds, _factors in call(cursor, "members"):
        if role in roles and role not in holds:
            wrap = group_keys.wrapped(cursor, house, role, account, group)
            call(cursor, "give_recovered_group", found.recovery_ref, account, wrap)


def _share(cursor: Any, house: UUID, private: bytes) -> None:
    """Seal the recovery key for each pair of officers: to the second, and that to the first."""
    officers = call(cursor, "officers")
    for (first, _one, outer), (second, _other, inner) in permutations(officers, 2):
        package = packaged(house, (first, second), (bytes(outer), bytes(inner)), private)
        call(cursor, "keep_recovery_part", first, second, package)


def _keep_own(cursor: Any, session: Session, public: bytes) -> None:
    purpose = recovery_purpose(session.actor.account)
    call(cursor, "keep_own_recovery", seal(group_keys.keyring_of(session).own, public, purpose))


def _make_group(cursor: Any, house: UUID, role: str, search: bytes) -> None:
    """Make a group's first key; who holds the role already gets it."""
    pair = new_key_pair()
    search_wrap = seal(search, pair.public, search_purpose(house, role))
    call(cursor, "make_group", role, pair.public, search_wrap)
    for account, _name, _sign_in, _officer, roles, _holds, _factors in call(cursor, "members"):
        if role in roles:
            group_keys.give(cursor, house, role, account, pair.private)
    group_keys.keep_for_recovery(cursor, house, role, pair.private)
