"""Keeps the database's copy of the code's tables: kinds of facts and the need-to-know matrix."""

from collections.abc import Iterator
from itertools import permutations

from django.db import connections, transaction

from opennrm.casework.permissions import readable, writable
from opennrm.lifecycle.kinds import KINDS
from opennrm.vocabulary.incompatible import clashes
from opennrm.vocabulary.roles import Role, training_for


def need_to_know_rows() -> Iterator[tuple[str, str, str]]:
    """Yield role, compartment and mode for every cell that may become an access row."""
    for role in Role:
        for compartment in sorted(readable(role)):
            yield role.value, compartment, "write" if compartment in writable(role) else "read"


def fact_kind_rows() -> Iterator[tuple[str, str | None, str]]:
    """Yield kind, scope (none for summaries of any scope) and what an appender needs."""
    for kind in KINDS.values():
        yield kind.name, kind.scope.value if kind.scope else None, kind.needs


def roles_apart_rows() -> Iterator[tuple[str, str]]:
    """Yield each pair of roles that must not meet in one account, both ways round."""
    for first, second in permutations(Role, 2):
        if clashes(frozenset({first, second})):
            yield first.value, second.value


def training_rows() -> Iterator[tuple[str, str]]:
    """Yield each role with each training it needs at least."""
    for role in Role:
        for tag in sorted(training_for(role)):
            yield role.value, tag.value


def keep_reference_data() -> None:
    """Write the tables of the code into the database, as the owner."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM nrm.need_to_know")
        cursor.executemany(
            "INSERT INTO nrm.need_to_know (role, compartment, mode) VALUES (%s, %s, %s)",
            list(need_to_know_rows()),
        )
        cursor.execute("DELETE FROM nrm.roles_apart")
        cursor.executemany(
            "INSERT INTO nrm.roles_apart (first_role, second_role) VALUES (%s, %s)",
            list(roles_apart_rows()),
        )
        cursor.execute("DELETE FROM nrm.training_needed")
        cursor.executemany(
            "INSERT INTO nrm.training_needed (role, tag) VALUES (%s, %s)", list(training_rows())
        )
        cursor.executemany(
            "INSERT INTO nrm.fact_kind (kind, scope, needs) VALUES (%s, %s, %s) "
            "ON CONFLICT (kind) DO UPDATE SET scope = excluded.scope, needs = excluded.needs",
            list(fact_kind_rows()),
        )
