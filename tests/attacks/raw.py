"""What an attacker can send past all of our code: statements as one of the database's roles."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import sql

from opennrm.records import sessions
from opennrm.records.sessions import Session
from tests import cast
from tests.database import NOW, as_administrator, as_role, passphrase, sign_in_name, signed_in

APP = "opennrm_app"
RECORDER = "opennrm_recorder"
EVERY_PART = [*(f"D{number}{extract}" for number in range(1, 15) for extract in ("", "S")), "D16"]
TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'nrm'::regnamespace AND relkind = 'r' "
    "ORDER BY relname"
)
COLUMNS = (
    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'nrm' "
    "AND table_name = %s AND has_column_privilege(%s, 'nrm.' || table_name, column_name, 'SELECT')"
)


@contextmanager
def reader(token: str, role: str = APP) -> Iterator[psycopg.Connection[Any]]:
    """Connect as a role and set the token, as anybody who can send a statement may."""
    with as_role(role) as connection:
        connection.execute("SELECT set_config('opennrm.token', %s, true)", [token])
        yield connection


def refused(connection: psycopg.Connection[Any], statement: str, values: Any = ()) -> str:
    """Expect a statement to be refused, and return the database's code for it."""
    with pytest.raises(psycopg.Error) as refusal, connection.transaction():
        connection.execute(statement, values)
    return refusal.value.sqlstate or ""


def visible(connection: psycopg.Connection[Any], table: str) -> list[tuple[Any, ...]]:
    """Read what a role may read of a table, column by column where it may not read all."""
    role = connection.info.user
    names = [name for (name,) in connection.execute(COLUMNS, [table, role]).fetchall()]
    if not names:
        return []
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in names)
    query = sql.SQL("SELECT {} FROM {}").format(columns, sql.Identifier("nrm", table))
    return list(connection.execute(query).fetchall())


def visible_anywhere(connection: psycopg.Connection[Any]) -> Mapping[str, list[tuple[Any, ...]]]:
    """Read every table of the record as far as a role may."""
    tables = [name for (name,) in connection.execute(TABLES).fetchall()]
    return {table: visible(connection, table) for table in tables}


def mentions(found: Mapping[str, list[tuple[Any, ...]]], *wanted: object) -> list[str]:
    """Name the tables in which any of these values stands."""
    texts = [str(one) for one in wanted]
    return [
        table
        for table, rows in found.items()
        if any(text in str(value) for row in rows for value in row for text in texts)
    ]


def fresh_session(member: cast.Member) -> Session:
    """Sign a person in anew, in a session of its own."""
    opened = sessions.open_session(sign_in_name(member), passphrase(member), at=NOW)
    return opened.session


def ended_token(member: cast.Member) -> str:
    """Return the token of a session its person has ended."""
    opened = sessions.open_session(sign_in_name(member), passphrase(member), at=NOW)
    sessions.end(opened.secret, at=NOW)
    return opened.session.token


def expired_token(member: cast.Member, *, column: str = "expires_at") -> str:
    """Return the token of a session that is over by its own clock, or was left idle too long."""
    token = fresh_session(member).token
    expire(token, column=column)
    return token


def expire(token: str, *, column: str) -> None:
    """Let a session be over, or have been left idle, since yesterday."""
    with as_administrator() as connection:
        connection.execute(
            sql.SQL(
                "UPDATE nrm.sign_in SET {} = now() - interval '1 day' "
                "WHERE token_hash = sha256(convert_to(%s, 'UTF8'))"
            ).format(sql.Identifier(column)),
            [token],
        )


OUTSIDERS: Mapping[str, Callable[[], str]] = {
    "no token": lambda: "",
    "a made-up token": lambda: secrets.token_hex(32),
    "another organisation": lambda: signed_in(cast.SHELTER_WITHOUT_CONSENT).token,
    "an authority": lambda: signed_in(cast.DECIDING_OFFICER).token,
    "immigration enforcement": lambda: signed_in(cast.IMMIGRATION_OFFICER).token,
    "another role of the same organisation": lambda: signed_in(cast.DETECTIVE).token,
    "the front door": lambda: signed_in(cast.FRONT_DOOR).token,
    "an ended session": lambda: ended_token(cast.POLICE_OFFICER),
    "an expired session": lambda: expired_token(cast.POLICE_OFFICER),
    "an idle session": lambda: expired_token(cast.POLICE_OFFICER, column="seen_at"),
}
