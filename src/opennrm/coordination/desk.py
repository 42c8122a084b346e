"""Sits a signed-in person at the co-ordination: bound to the database, saying why she changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DatabaseError, connections, transaction
from django.utils.translation import gettext, gettext_noop

from opennrm.accounts.models import Account, Organisation
from opennrm.coordination.models.history import Change
from opennrm.coordination.models.kept import Kept
from opennrm.coordination.registers import EntryChanged, NotHersToWrite
from opennrm.records.sessions import Session, reading, sqlstate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
# Row-level security says no: the row may be read, and written by others only.
NOT_HERS = "42501"
REFUSED = frozenset({"NR403", "NR409"})
# What the database says on its own, so that it is translated.
gettext_noop("Some of these places are held. Say first that they are free again.")


class ChangeRefused(Exception):
    """Something cannot be changed like this; the message says why and what to do."""


@contextmanager
def at_coordination(session: Session) -> Iterator[None]:
    """Open the transaction in which the tables show what this person may see.

    :raises SignedOut: when the session has ended.
    """
    with reading(session.token):
        yield


@contextmanager
def because(why: str) -> Iterator[None]:
    """Keep a reason with every change made inside; all of them stand, or none.

    :raises ChangeRefused: when the database refuses, in its own words.
    """
    try:
        with transaction.atomic(using="default"):
            _say(why)
            yield
            _say("")
    except DatabaseError as refused:
        if sqlstate(refused) in REFUSED:
            raise ChangeRefused(gettext(str(refused).splitlines()[0])) from refused
        raise


@contextmanager
def hers_to_write() -> Iterator[None]:
    """Name it when the database says that a row is others' to write.

    :raises NotHersToWrite: when it does.
    """
    try:
        with transaction.atomic(using="default"):
            yield
    except DatabaseError as refused:
        if sqlstate(refused) == NOT_HERS:
            raise NotHersToWrite from refused
        raise


def _say(why: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('opennrm.why', %s, true)", [why.strip()])


def decided(statement: str, values: Sequence[UUID | date], *, why: str) -> Any:
    """Ask the database to do what it alone decides; return what it answers.

    :raises ChangeRefused: when it refuses, in the words of the database.
    """
    with because(why), connections["default"].cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
        return row[0] if row else None


def changes_of(row: Kept, *, least: int = 50) -> Sequence[Change]:
    """List the newest changes of one row, the newest first."""
    table = type(row)._meta.db_table
    return list(Change.objects.filter(table=table, row=row.ref)[:least])


def changes_in(model: type[Kept], *, before: int = 0, most: int = 50) -> Sequence[Change]:
    """List the newest changes of all rows of a kind, those removed since among them."""
    changes = Change.objects.filter(table=model._meta.db_table)
    return list((changes.filter(pk__lt=before) if before else changes)[:most])


def looked_at(row: Kept, version: int) -> None:
    """Require that nobody changed a row since the version that was looked at.

    Whoever else is about to write the same row waits until this is done.

    :raises EntryChanged: when somebody did.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute(ALONE, [str(row.ref)])
    newest = changes_of(row, least=1)
    if (newest[0].pk if newest else 0) != version:
        raise EntryChanged


def names_of(changes: Sequence[Change]) -> dict[UUID, str]:
    """Name the people and organisations behind some changes."""
    accounts = {one.account for one in changes if one.account}
    houses = {one.organisation for one in changes if one.organisation}
    people = Account.objects.filter(ref__in=accounts).values_list("ref", "display_name")
    names = Organisation.objects.filter(ref__in=houses).values_list("ref", "name")
    return {**dict(people), **dict(names)}
