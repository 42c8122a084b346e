"""Working sessions: opened with a passphrase, carried by a secret only the browser holds.

The database keeps a hash of the token and the person's key locked under the secret; neither
the database nor the secret opens anything alone.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.db import connections, transaction
from django.db.utils import DatabaseError, InternalError

from opennrm.accounts.models import Account
from opennrm.casework.actors import Actor
from opennrm.records.keyring import (
    Keyring,
    account_purpose,
    group_purpose,
    search_purpose,
)
from opennrm.records.sealing import (
    SIGN_IN_COST,
    Cost,
    SealBroken,
    branch,
    lock,
    passphrase_keys,
    unlock,
    unseal,
)
from opennrm.records.sql_text import READER
from opennrm.vocabulary.roles import Role

LASTS = timedelta(hours=10)
IDLE = timedelta(minutes=15)
# Which role's open transaction is bound to which reader, in this thread of work.
_BOUND: ContextVar[tuple[str, str] | None] = ContextVar("bound", default=None)
# What was refused within a reading: it is written when that is over, for it may be undone with it.
_REFUSED: ContextVar[tuple[tuple[str, str], ...]] = ContextVar("refused", default=())
TOKEN, KEY = b"opennrm session token 1", b"opennrm session key 1"


class SignInRefused(Exception):
    """The name and the passphrase do not belong together; it never says which is wrong."""


@dataclass(frozen=True, slots=True)
class Session:
    """A person at work: who she is, the token that proves it, the keys she has opened."""

    actor: Actor
    display_name: str
    organisation_name: str
    organisation_roles: tuple[str, ...]
    token: str = field(repr=False)
    keyring: Keyring | None = field(repr=False)
    factor: str | None = "none"
    is_fresh: bool = False
    is_officer: bool = False

    @property
    def waits_for_factor(self) -> bool:
        """Tell whether the second factor has still to be shown; until then it opens nothing."""
        return self.factor is None

    @property
    def opens_no_names(self) -> bool:
        """Tell whether identity and whereabouts stay closed, for want of a passkey."""
        return self.factor in ("app_code", "recovery_code")

    @property
    def needs_enrolment(self) -> bool:
        """Tell whether this person has no second factor yet; until then she has no role."""
        return self.factor == "none" and not self.actor.is_front_door


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session just opened, with the secret that carries it."""

    session: Session
    secret: str = field(repr=False)


def open_session(
    sign_in_name: str,
    passphrase: str,
    *,
    at: datetime,
    idle: timedelta = IDLE,
    lasts: timedelta = LASTS,
    shown: str | None = None,
) -> OpenedSession:
    """Open a session with a passphrase, and as whom a directory showed the person, if one did.

    :raises SignInRefused: when name, passphrase and the word of the directory do not belong
        together, or a directory has to say who comes and did not.
    """
    salt, cost = salt_of(sign_in_name)
    keys = passphrase_keys(passphrase, salt, cost)
    secret = base64.urlsafe_b64encode(os.urandom(32)).decode()
    token = token_of(secret)
    with unbound() as cursor:
        cursor.execute(READER.open_session, [sign_in_name, keys.proof, token, lasts, idle, shown])
        row = cursor.fetchone()
    if row is None:
        with unbound() as cursor:
            cursor.execute("SELECT nrm.note_failed_sign_in(%s)", [sign_in_name])
        raise SignInRefused("The sign-in name or the passphrase is not right.")
    account, sealed_private = row[0], bytes(row[1])
    own = unlock(sealed_private, keys.secret, account_purpose(account))
    with waiting(token) as cursor:
        cursor.execute(READER.keep_session_key, [locked_for(secret, own, account)])
        session = _session(cursor, token, own, at)
    return OpenedSession(session, secret)


def note_refusal(token: str, reason: str) -> None:
    """Write into the journal, in the session's own name, that something was refused, and why.

    The reason is a code; what was asked for, and about whom, is not kept. Within a reading it
    waits until that is over, because a page that is not there undoes the whole reading.
    """
    if _BOUND.get() is not None:
        _REFUSED.set((*_REFUSED.get(), (token, reason)))
        return
    with suppress(SignedOut), reading(token) as cursor:
        cursor.execute("SELECT nrm.note_refusal(%s)", [reason])


def note_failed_factor(token: str) -> None:
    """Write into the journal that a second factor was not right."""
    with suppress(SignedOut), waiting(token) as cursor:
        cursor.execute("SELECT nrm.note_failed_factor()")


def resume(secret: str, *, at: datetime, label: bytes = TOKEN) -> Session | None:
    """Take up the session this secret carries; None when it has ended or waits for a factor.

    The label keeps apart what a browser carries and what a program does: the secret of one is
    of no use in the place of the other.
    """
    token = token_of(secret, label)
    try:
        with unbound() as cursor:
            locked, *row = _bound(cursor, READER.resume, [token, at.date()])
            key = branch(secret.encode(), KEY)
            own = unlock(bytes(locked), key, account_purpose(row[0])) if locked else None
            return _made(row, token, own)
    except (SignedOut, SealBroken):
        return None


def end(secret: str, *, at: datetime) -> None:
    """End the session this secret carries, at once and on every server process."""
    try:
        with waiting(token_of(secret)) as cursor:
            cursor.execute(READER.end_session)
    except SignedOut:
        return


def open_front_door(*, at: datetime) -> Session:
    """Open the short session in which anyone may ask for help; it reads nothing.

    :raises SignInRefused: when this installation has no front door.
    """
    token = token_of(base64.urlsafe_b64encode(os.urandom(32)).decode())
    with unbound() as cursor:
        cursor.execute(READER.open_front_door, [token, settings.OPENNRM_FRONT_DOOR])
        account = cursor.fetchone()[0]
    if account is None:
        raise SignInRefused("Nobody receives calls for help here yet.")
    with reading(token) as cursor:
        return _session(cursor, token, None, at)


def open_for_calendar(secret: str, token: str, *, at: datetime) -> Session | None:
    """Open the session of one minute in which a calendar reads deadlines; it opens no key."""
    with unbound() as cursor:
        cursor.execute(READER.open_calendar, [secret, token])
        account = cursor.fetchone()[0]
    if account is None:
        return None
    with reading(token) as cursor:
        return _session(cursor, token, None, at)


class SignedOut(Exception):
    """The session has ended; sign in again."""


class AlreadySent(Exception):
    """This form has taken effect before; nothing was done a second time."""


@contextmanager
def reading(token: str, alias: str = "default", *, form: UUID | None = None) -> Iterator[Any]:
    """Open a transaction bound to the reader of this token, or go on in the one that is open.

    A page that asks several things within one reading is bound once, and all it shows is of one
    moment. A form's key is used up in it.

    :raises SignedOut: when the session has ended.
    :raises AlreadySent: when the form's key was used before.
    """
    if _BOUND.get() == (alias, token) and form is None:
        with connections[alias].cursor() as cursor:
            yield cursor
        return
    try:
        with _opened(token, alias, form=form) as cursor:
            yield cursor
    finally:
        if _BOUND.get() is None:
            waiting_to_be_told = _REFUSED.get()
            _REFUSED.set(())
            for who, reason in waiting_to_be_told:
                note_refusal(who, reason)


@contextmanager
def _opened(token: str, alias: str, *, form: UUID | None) -> Iterator[Any]:
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        if form is None:
            bind(cursor, token)
        elif not _bound(cursor, READER.bind_and_use, [token, form])[1]:
            raise AlreadySent
        outer = _BOUND.get()
        _BOUND.set((alias, token))
        try:
            yield cursor
        finally:  # Where another reader's transaction goes on, it has to be bound to her again.
            _BOUND.set(None if outer and outer[0] == alias else outer)


@contextmanager
def waiting(token: str) -> Iterator[Any]:
    """Open a transaction in which this person sees her own factors, before she showed one.

    :raises SignedOut: when the session has ended.
    """
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        _bound(cursor, READER.bind_waiting, [token])
        yield cursor


def bind(cursor: Any, token: str) -> None:
    """Bind the reader of this token to the running transaction.

    :raises SignedOut: when the session has ended.
    """
    _bound(cursor, READER.bind, [token])


def _bound(cursor: Any, statement: str, values: list[Any]) -> tuple[Any, ...]:
    try:
        cursor.execute(statement, values)
        bound: tuple[Any, ...] = cursor.fetchone()
        return bound
    except (InternalError, DatabaseError) as error:
        if sqlstate(error) == "NR401":
            raise SignedOut("You are signed out. Sign in again.") from error
        raise


def sqlstate(error: BaseException) -> str:
    """Name the database's own code for an error, such as NR409."""
    return str(getattr(error.__cause__, "sqlstate", "") or "")


class PassphraseBackend(BaseBackend):
    """Lets Django sign in whoever can open a session; the opened session waits on the request."""

    def authenticate(self, request: Any, **credentials: Any) -> Account | None:
        """Find the account whose passphrase this is."""
        name = credentials.get("username") or credentials.get("sign_in_name") or ""
        passphrase = credentials.get("password") or ""
        if not name or not passphrase or request is None:
            return None
        shown = getattr(request, "directory_shown", None)
        try:
            opened = open_session(str(name), str(passphrase), at=request.at, shown=shown)
        except SignInRefused:
            return None
        request.opened_session = opened
        return self.get_user(opened.session.actor.account)

    def get_user(self, user_id: UUID) -> Account | None:
        """Find an account that may still sign in."""
        return Account.objects.filter(ref=user_id, is_active=True).first()


def token_of(secret: str, label: bytes = TOKEN) -> str:
    """Return the token that belongs to the secret a browser carries."""
    return branch(secret.encode(), label).hex()


def locked_for(secret: str, own: bytes, account: UUID) -> bytes:
    """Lock a person's key under a secret that the database never sees."""
    return lock(own, branch(secret.encode(), KEY), account_purpose(account))


def salt_of(sign_in_name: str) -> tuple[bytes, Cost]:
    """Return with what, and at what cost, a passphrase of this name is derived."""
    with unbound() as cursor:
        cursor.execute(READER.salt, [sign_in_name])
        row = cursor.fetchone()
    if row is not None:
        return bytes(row[0]), Cost(row[1], row[2])
    # An unknown name costs as much as a known one, and gets the same salt each time.
    text = f"{settings.SECRET_KEY}|{sign_in_name.lower()}"
    return hashlib.sha256(text.encode()).digest()[:16], SIGN_IN_COST


@contextmanager
def unbound() -> Iterator[Any]:
    """Open a transaction in which nobody reads yet: only what comes before a session is asked."""
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        yield cursor


def _session(cursor: Any, token: str, own: bytes | None, at: datetime) -> Session:
    cursor.execute(READER.who_am_i, [at.date()])
    return _made(cursor.fetchone(), token, own)


def _made(row: Sequence[Any], token: str, own: bytes | None) -> Session:
    actor = Actor(
        account=row[0],
        organisation=row[4],
        organisation_kind=row[6],
        roles=frozenset(Role(code) for code in row[12]),
        training=frozenset(row[13]),
        agreement_until=row[14],
        jurisdiction=row[7],
        language=row[2],
        is_front_door=row[3],
        lapsed=frozenset(row[15]),
        bound_until=row[16],
    )
    return Session(
        actor=actor,
        display_name=row[1],
        organisation_name=row[5],
        organisation_roles=tuple(row[8]),
        token=token,
        keyring=_keyring(row[0], own, row[17:]) if own else None,
        factor=row[9],
        is_fresh=row[10],
        is_officer=row[11],
    )


def _keyring(account: UUID, own: bytes, held: Sequence[Sequence[Any] | None]) -> Keyring:
    """Open the keys of the groups a person belongs to: houses, roles, keys, search keys."""
    groups: dict[tuple[UUID, str], bytes] = {}
    search = None
    for organisation, role, wrapped, search_wrap in zip(*(one or () for one in held), strict=True):
        private = unseal(bytes(wrapped), own, group_purpose(organisation, role, account))
        groups[(organisation, role)] = private
        if search is None and search_wrap is not None:
            search = unseal(bytes(search_wrap), private, search_purpose(organisation, role))
    return Keyring(account, own, groups, search)
