"""Guards the tables of the co-ordination: grants, row-level security and the kept history.

Applied whenever the database is prepared, from what each model says of itself; a table whose
model says nothing is open to nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections, transaction

from opennrm.coordination.conditions import condition
from opennrm.coordination.models import Permit
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import permit_rows

MARK = "SELECT obj_description(%s::regclass, 'pg_class')"
SQL = Path(__file__).parent / "sql"
GUARD = (SQL / "guard.sql").read_text(encoding="utf-8")
HISTORY = (SQL / "history.sql").read_text(encoding="utf-8")


def guard_tables() -> None:
    """Bring the guards of all tables to what the models say, as the owner.

    A table that carries the mark of its guard is left alone: nobody waits for it at each start.
    """
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        _keep_permits()
        for table, wanted in _guards():
            mark = hashlib.sha256(wanted.encode()).hexdigest()
            cursor.execute(MARK, [table])
            row = cursor.fetchone()
            if row is None or row[0] != mark:
                cursor.execute(f"{wanted} COMMENT ON TABLE {table} IS '{mark}'")
    connections["owner"].close()


def _guards() -> Iterator[tuple[str, str]]:
    for model in guarded():
        yield model._meta.db_table, statements(model._meta.db_table, model.guard)
        for field in model._meta.many_to_many:
            link: Any = field.remote_field
            through = link.through._meta.db_table
            yield through, link_statements(through, model.guard)


def guarded() -> Iterator[type[Kept]]:
    """Yield the models whose rows are guarded."""
    for model in apps.get_app_config("coordination").get_models():
        if issubclass(model, Kept):
            yield model


def statements(table: str, guard: Guard) -> str:
    """Return what makes one table guarded, whether it was before or not."""
    private = guard.private or ("*" if guard.reads else "")
    return _guard(table, guard) + HISTORY.format(
        table=table, area=guard.area.value, private=private
    )


def link_statements(table: str, guard: Guard) -> str:
    """Return what guards the table behind a many-to-many field, which only writers change."""
    only_writers = replace(guard, own="", private="", writes="")
    return _guard(table, only_writers) + f"GRANT USAGE ON SEQUENCE {table}_id_seq TO opennrm_app;"


def _guard(table: str, guard: Guard) -> str:
    return GUARD.format(
        table=table,
        area=guard.area.value,
        own=guard.own or (condition("reader") if guard.writes else "NULL::uuid"),
        writes=guard.writes or "true",
        private=guard.private or "NULL::uuid",
        reads=guard.reads or ("false" if guard.private else "true"),
    )


def _keep_permits() -> None:
    Permit.objects.using("owner").all().delete()
    Permit.objects.using("owner").bulk_create(
        Permit(area=area, act=act, role=role) for area, act, role in permit_rows()
    )
