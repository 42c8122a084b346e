"""Making, closing and dropping single databases on a server."""

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from opennrm.config.database_server.roles import Role

BUILTIN_LOCALE_SINCE = 170000
MAY_CONNECT = (Role.OWNER, Role.APP, Role.RECORDER, Role.STATISTICS)
CLOSE_SCHEMA = (
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO opennrm_app, opennrm_recorder, opennrm_statistics",
    "GRANT USAGE ON SCHEMA public TO opennrm_definer",
)


def has_database(connection: Connection[TupleRow], name: str) -> bool:
    """Tell whether the server has a database of this name."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def make_database(connection: Connection[TupleRow], name: str, template: str | None) -> None:
    """Make a database that belongs to the owner role and lets in only our roles."""
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}{}").format(
            sql.Identifier(name),
            sql.Identifier(Role.OWNER),
            sql.Identifier(template or "template0"),
            sql.SQL("" if template else _locale(connection)),
        )
    )
    close_database(connection, name)


def close_database(connection: Connection[TupleRow], name: str) -> None:
    """Let only our roles connect to a database, and none of them make temporary tables."""
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role in MAY_CONNECT:
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role))
        )


def close_schema(connection: Connection[TupleRow]) -> None:
    """Let nobody but the owner make things in the public schema, or call its new functions."""
    for statement in CLOSE_SCHEMA:
        connection.execute(statement)


def remove_database(connection: Connection[TupleRow], name: str) -> None:
    """Drop a database with everything in it, throwing out whoever is connected."""
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def _locale(connection: Connection[TupleRow]) -> str:
    if connection.info.server_version >= BUILTIN_LOCALE_SINCE:
        words = "LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
    else:
        words = "LOCALE 'C.UTF-8'"
    return f" ENCODING 'UTF8' {words}"
