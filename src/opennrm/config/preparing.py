"""Brings the database to the form this version needs, lending the owner what that takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from opennrm.config.database_server.connecting import connect
from opennrm.config.databases import database_name, server
from opennrm.coordination.reference_data import keep_reference
from opennrm.coordination.tables import guard_tables
from opennrm.records.setting_up import set_up_database

# One preparation at a time on a server: the loan below is the whole server's, not a database's.
TURN = 8_416_722
LEND = "GRANT opennrm_definer TO opennrm_owner"
TAKE_BACK = "REVOKE opennrm_definer FROM opennrm_owner"
# Places to keep things that no policy covers and no erasure finds.
LARGE_OBJECTS = (
    "lo_create(oid)",
    "lo_creat(integer)",
    "lo_from_bytea(oid, bytea)",
    "lo_put(oid, bigint, bytea)",
    "lowrite(integer, bytea)",
    "lo_import(text)",
    "lo_import(text, oid)",
)


def prepare_database() -> None:
    """Make the database if it is missing, and migrate it."""
    server().ensure_database(database_name())
    with _definer_lent():
        set_up_database()
    guard_tables()
    keep_reference()
    _close_large_objects()
    for alias in connections:
        connections[alias].close()


@contextmanager
def _definer_lent() -> Iterator[None]:
    """Let the owner hand functions to the definer, and take that power back afterwards."""
    with connect(server().admin_dsn(), autocommit=True) as administration:
        administration.execute("SELECT pg_advisory_lock(%s)", [TURN])
        administration.execute(LEND)
        try:
            yield
        finally:
            administration.execute(TAKE_BACK)


def _close_large_objects() -> None:
    with connect(server().admin_dsn(database_name()), autocommit=True) as administration:
        row = administration.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        if row is None or not row[0]:
            return
        for signature in LARGE_OBJECTS:
            administration.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
