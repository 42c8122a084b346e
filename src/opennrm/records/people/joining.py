"""Invites members with a code shown once, and lets whoever holds it choose her own passphrase."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connections, transaction

from opennrm.records.guessing import weakness
from opennrm.records.keyring import account_purpose, recovery_purpose, return_purpose
from opennrm.records.one_time import new_passphrase, typed
from opennrm.records.people.asking import PeopleRefused, ask, call
from opennrm.records.sealing import (
    SIGN_IN_COST,
    Cost,
    KeyPair,
    SealBroken,
    branch,
    key_pair_of,
    lock,
    new_key_pair,
    passphrase_keys,
    seal,
    unlock,
    unseal,
)
from opennrm.records.sessions import Session

CODE, HALF = b"opennrm return code 1", b"opennrm return half 1"
WRONG = "The sign-in name or the code is not right, or its days are over. Ask for a new code."


@dataclass(frozen=True, slots=True)
class NewMember:
    """Whom an officer invites."""

    sign_in_name: str
    display_name: str
    roles: tuple[str, ...]
    organisation: UUID
    is_officer: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that was given out and not used yet."""

    account: UUID
    kind: str
    sign_in_name: str
    display_name: str
    roles: Sequence[str]
    is_officer: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Codes:
    """What somebody typed who wants to join or to come back."""

    sign_in_name: str
    code: str
    half: str = ""

    def values(self) -> tuple[str, str, str]:
        """Return them as the database compares them."""
        return self.sign_in_name.strip(), typed(self.code), typed(self.half)


def invite(session: Session, new: NewMember) -> str:
    """Invite somebody and return her code, which is kept nowhere.

    :raises PeopleRefused: when the inviter may not, or the name is taken.
    """
    code = new_passphrase()
    values = (uuid4(), new.organisation, new.sign_in_name, new.display_name, new.language)
    ask(session, "invite", *values, list(new.roles), new.is_officer, code)
    return code


def invitations(session: Session) -> list[Invitation]:
    """Return the codes of the officer's organisation that still wait."""
    return [Invitation(*row) for row in ask(session, "invitations")]


def officers_behind(codes: Codes) -> list[str]:
    """Name the officers of the organisation a code belongs to; nobody for a wrong one."""
    with _nobody() as cursor:
        return [name for (name,) in call(cursor, "officers_behind", *codes.values())]


def join(codes: Codes, passphrase: str, *, cost: Cost = SIGN_IN_COST) -> str:
    """Give whoever holds a code her account, or give it back to her, under her own passphrase.

    :raises PeopleRefused: when name, code or passphrase are not in order.
    """
    require_hard_to_guess(passphrase, codes.sign_in_name)
    with _nobody() as cursor:
        found = call(cursor, "invitation_for", *codes.values())
        if not found:
            raise PeopleRefused(WRONG)
        account, kind, _house, sealed = found[0]
        pair = _key(codes, account, sealed) if kind == "return" else new_key_pair()
        ((recovery,),) = call(cursor, "recovery_public", *codes.values())
        _accept(cursor, codes, (account, passphrase, cost), pair)
        if kind == "join" and recovery is not None:
            # Two officers together can give it back to her; the page she joins on says so.
            sealed = seal(pair.private, bytes(recovery), recovery_purpose(account))
            call(cursor, "keep_joining_recovery", account, sealed)
    return str(kind)


def require_hard_to_guess(passphrase: str, *known: str) -> None:
    """Refuse a passphrase that can be guessed.

    :raises PeopleRefused: when it is too short, or among the first that are guessed.
    """
    if weak := weakness(passphrase, known=known):
        raise PeopleRefused(weak)


def _accept(cursor: Any, codes: Codes, chosen: tuple[UUID, str, Cost], pair: KeyPair) -> None:
    account, passphrase, cost = chosen
    salt = os.urandom(16)
    keys = passphrase_keys(passphrase, salt, cost)
    sealed = lock(pair.private, keys.secret, account_purpose(account))
    values = (salt, cost.memory_kib, cost.passes, keys.proof, sealed, pair.public)
    if call(cursor, "accept_invitation", *codes.values(), *values) != [(account,)]:
        raise PeopleRefused(WRONG)


def _key(codes: Codes, account: UUID, sealed: bytes) -> KeyPair:
    """Open the key of somebody who comes back, with the halves of two officers."""
    _name, code, half = codes.values()
    try:
        opens = key_pair_of(half.encode(), HALF).private
        inner = unseal(bytes(sealed), opens, return_purpose(account))
        private = unlock(inner, branch(code.encode(), CODE), account_purpose(account))
    except SealBroken as broken:
        raise PeopleRefused(WRONG) from broken
    return KeyPair(b"", private)


def sealed_for_return(private: bytes, account: UUID, code: str, half_public: bytes) -> bytes:
    """Seal a key so that it opens with one code and the half another officer gave."""
    inner = lock(private, branch(code.encode(), CODE), account_purpose(account))
    return seal(inner, half_public, return_purpose(account))


@contextmanager
def _nobody() -> Iterator[Any]:
    """Open a transaction in which nobody is signed in."""
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        yield cursor


def withdraw(session: Session, account: UUID) -> None:
    """Take a code back before it is used.

    :raises PeopleRefused: when the viewer is no officer.
    """
    ask(session, "withdraw_invitation", account)
