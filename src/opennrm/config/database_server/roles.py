"""The database roles: who owns, who acts, who records, who counts, and what none of them may."""

from enum import StrEnum

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from opennrm.config.database_server.refusals import UnsafeServer


class Role(StrEnum):
    """A database role of OpenNRM."""

    OWNER = "opennrm_owner"
    DEFINER = "opennrm_definer"
    APP = "opennrm_app"
    RECORDER = "opennrm_recorder"
    STATISTICS = "opennrm_statistics"


LOGIN_ROLES = (Role.OWNER, Role.APP, Role.RECORDER, Role.STATISTICS)
SEARCH_PATH = "public, pg_temp"

EXISTING = "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
DANGEROUS = (
    "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND "
    "(rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"
)


def existing_roles(connection: Connection[TupleRow]) -> set[Role]:
    """Return the roles of OpenNRM that the server has already."""
    rows = connection.execute(EXISTING, [list(Role)]).fetchall()
    return {Role(name) for (name,) in rows}


def ensure_roles(connection: Connection[TupleRow], passwords: dict[Role, str]) -> None:
    """Make the roles that are missing and give the log-in roles their passwords.

    :raises UnsafeServer: when a role is there with more power than it may have.
    """
    there = existing_roles(connection)
    for role in Role:
        if role not in there:
            _make(connection, role)
    _refuse_dangerous(connection)
    for role in LOGIN_ROLES:
        _alter(connection, role, "PASSWORD {}", _scrambled(connection, role, passwords[role]))
        _alter(connection, role, "SET search_path = " + SEARCH_PATH)
    _join_creator(connection)


def _make(connection: Connection[TupleRow], role: Role) -> None:
    # NOINHERIT: the owner may hand functions to the definer, but does not see what it may see.
    login = "NOLOGIN" if role is Role.DEFINER else "LOGIN"
    connection.execute(
        sql.SQL("CREATE ROLE {} NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE " + login).format(
            sql.Identifier(role)
        )
    )


def _alter(connection: Connection[TupleRow], role: Role, what: str, *values: str) -> None:
    change = sql.SQL(what).format(*(sql.Literal(value) for value in values))
    connection.execute(sql.SQL("ALTER ROLE {} {}").format(sql.Identifier(role), change))


def _scrambled(connection: Connection[TupleRow], role: Role, password: str) -> str:
    # Only the SCRAM verifier travels, so that no statement log can keep the password.
    form = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return form.decode("ascii")


def _join(connection: Connection[TupleRow], group: str, member: str) -> None:
    connection.execute(
        sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(member))
    )


def _join_creator(connection: Connection[TupleRow]) -> None:
    # A creator who is no superuser must belong to a role to give it a database or to end its use.
    row = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = current_user AND NOT rolsuper"
    ).fetchone()
    if row is not None:
        for role in LOGIN_ROLES:
            _join(connection, role, row[0])


def _refuse_dangerous(connection: Connection[TupleRow]) -> None:
    names = [name for (name,) in connection.execute(DANGEROUS, [list(Role)]).fetchall()]
    if names:
        raise UnsafeServer(
            f"These database roles may do more than OpenNRM allows: {', '.join(sorted(names))}. "
            "Take SUPERUSER, BYPASSRLS, CREATEROLE, CREATEDB and REPLICATION away from them."
        )
