"""Which tables a backup keeps where: with the record, with the keys, or not at all.

A table with bytes in it is held to be keys unless it is named here, so that a table somebody adds
later cannot carry a key into a backup that is kept for long.
"""

from __future__ import annotations

from typing import Any

import psycopg

# Bytes that open nothing: sealed parts, digests, public keys, signed roots, coarse figures.
SEALED = (
    *("fact", "case_head", "scope_key", "sealed_entry", "seal", "file"),
    *("import", "import_part", "import_memory", "file_taken", "own_letter"),
    "snapshot",
)
# No bytes, and yet secrets or the way to them.
SECRET = ("mfa_authenticator", "erasure")
# Ends with the hour, or is its writer's alone: sessions, limits, keys of forms sent, drafts.
FLEETING = (
    "sign_in",
    "own_session",
    "program",
    "program_answer",
    "form_key",
    "draft",
    "call_back",
    "django_session",
    "cache_entry",
    "usersessions_usersession",
)

TABLES = """
    SELECT n.nspname, c.relname, EXISTS (
        SELECT 1 FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0
          AND NOT a.attisdropped AND a.atttypid = 'bytea'::regtype)
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 1, 2
"""
PARENTS = """
    SELECT k.conrelid::regclass::text, k.confrelid::regclass::text,
        (SELECT array_agg(a.attname ORDER BY place) FROM unnest(k.conkey)
            WITH ORDINALITY AS c (number, place)
            JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = c.number),
        (SELECT array_agg(a.attname ORDER BY place) FROM unnest(k.confkey)
            WITH ORDINALITY AS c (number, place)
            JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = c.number)
    FROM pg_constraint AS k WHERE k.contype = 'f' ORDER BY k.oid
"""

Connection = psycopg.Connection[Any]


def kept_apart(connection: Connection) -> tuple[str, ...]:
    """Name the tables that go with the keys."""
    return tuple(
        f"{schema}.{name}"
        for schema, name, has_bytes in connection.execute(TABLES).fetchall()
        if (has_bytes and name not in SEALED + FLEETING) or name in SECRET
    )


def left_out(connection: Connection) -> tuple[str, ...]:
    """Name the tables whose rows no backup keeps."""
    rows = connection.execute(TABLES).fetchall()
    return tuple(f"{schema}.{name}" for schema, name, _ in rows if name in FLEETING)


def counts(connection: Connection, *, apart: bool) -> dict[str, int]:
    """Count the rows of the tables of the record, or of those kept apart."""
    aside, gone = set(kept_apart(connection)), set(left_out(connection))
    names = [f"{schema}.{name}" for schema, name, _ in connection.execute(TABLES).fetchall()]
    wanted = sorted(aside) if apart else [one for one in names if one not in aside | gone]
    return {name: _count(connection, name) for name in wanted}


def parents(connection: Connection) -> list[list[Any]]:
    """List what the tables kept apart point to: table, other table, columns, other columns."""
    aside = set(kept_apart(connection))
    rows = connection.execute(PARENTS).fetchall()
    return [[_full(row[0]), _full(row[1]), *row[2:]] for row in rows if _full(row[0]) in aside]


def _full(name: str) -> str:
    """Name the schema too, which the server leaves out where it is searched by itself."""
    return name if "." in name else f"public.{name}"


def _count(connection: Connection, name: str) -> int:
    schema, table = name.split(".")
    question = psycopg.sql.SQL("SELECT count(*) FROM {}").format(
        psycopg.sql.Identifier(schema, table)
    )
    row = connection.execute(question).fetchone()
    return int(row[0]) if row else 0
