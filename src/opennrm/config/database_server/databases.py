"""Making, closing and dropping single databases on a server."""

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from opennrm.config.database_server.roles import Role

BUILTIN_LOCALE_SINCE = 170000
MAY_CONNECT = (Role.OWNER, Role.APP, Role.RECORDER, Role.STATISTICS)
CLOSE_SCHEMA = (
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "ALTER DEFAULT PRIVILEGES FOR ROLE opennrm_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO opennrm_app, opennrm_recorder, opennrm_statistics",
    "GRANT USAGE ON SCHEMA public TO opennrm_definer",
    "ALTER SCHEMA public OWNER TO opennrm_owner",
)


def has_database(connection: Connection[TupleRow], name: str) -> bool:
    """Tell whether the server has a database of this name."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def make_database(connection: Connection[TupleRow], name: str) -> None:
    """Make an empty database that lets in only our roles; `hand_over` gives it to its owner."""
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 {}").format(
            sql.Identifier(name), sql.SQL(_locale(connection))
        )
    )
    close_database(connection, name)


def copy_database(connection: Connection[TupleRow], name: str, template: str) -> None:
    """Make a database as a copy of another one, to which nobody may be connected."""
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
            sql.Identifier(name), sql.Identifier(template), sql.Identifier(Role.OWNER)
        )
    )
    close_database(connection, name)


def hand_over(connection: Connection[TupleRow], name: str) -> None:
    """Close the public schema of a new database and give both to the owner role.

    In this order: an administrator who is no superuser may no longer touch the schema afterwards.
    """
    database, owner = sql.Identifier(name), sql.Identifier(Role.OWNER)
    connection.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(database, owner))
    for statement in CLOSE_SCHEMA:
        connection.execute(statement)
    connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, owner))


def close_database(connection: Connection[TupleRow], name: str) -> None:
    """Let only our roles connect to a database, and none of them make temporary tables."""
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role in MAY_CONNECT:
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role))
        )


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
    return f"ENCODING 'UTF8' {words}"
