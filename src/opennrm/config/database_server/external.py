"""A PostgreSQL server of somebody else's, named by OPENNRM_DATABASE_URL."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import Connection, OperationalError, ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import TupleRow

from opennrm.config.database_server.connecting import connect
from opennrm.config.database_server.homes import private_folder
from opennrm.config.database_server.passwords import kept_password, password_of
from opennrm.config.database_server.refusals import PasswordsElsewhere, StartFailed
from opennrm.config.database_server.roles import LOGIN_ROLES, Role, ensure_roles, existing_roles
from opennrm.config.database_server.safety import require_safe
from opennrm.config.database_server.server import DATABASE, Server
from opennrm.config.database_server.sharing import one_at_a_time

MAINTENANCE = "postgres"
OWN_TO_ADMIN = ("user", "password", "dbname", "passfile", "service")


@dataclass(frozen=True)
class Address:
    """The parts of the address of a server."""

    admin: dict[str, str] = field(repr=False)
    shared: dict[str, str]
    database: str


def address_in(url: str) -> Address:
    """Read the address of a server.

    :raises StartFailed: when it is not an address; the message does not repeat it.
    """
    try:
        parts: dict[str, Any] = conninfo_to_dict(url)
    except ProgrammingError:
        raise StartFailed(
            "OPENNRM_DATABASE_URL is not an address of a PostgreSQL server. "
            "Write it as postgresql://user:password@host:5432/database."
        ) from None
    admin = {key: str(value) for key, value in parts.items() if value is not None}
    named = admin.get("dbname", MAINTENANCE)
    shared = {key: value for key, value in admin.items() if key not in OWN_TO_ADMIN}
    return Address(admin, shared, DATABASE if named == MAINTENANCE else named)


def external_server(url: str, home: Path, *, lasting: bool, renew_passwords: bool) -> Server:
    """Connect to a named server and see to its roles.

    :raises StartFailed: when it does not answer.
    :raises PasswordsElsewhere: when its roles were made by another machine.
    """
    address = address_in(url)
    admin = {**address.admin, "dbname": MAINTENANCE}
    folder = private_folder(private_folder(home) / "passwords") / _fingerprint(address)
    with one_at_a_time(home), _administration(admin) as connection:
        require_safe(connection, lasting=lasting)
        passwords = _see_to_roles(connection, folder, renew_passwords=renew_passwords)
    return Server(address.shared, admin, passwords, address.database, None)


def _administration(admin: dict[str, str]) -> Connection[TupleRow]:
    try:
        return connect(admin, autocommit=True)
    except OperationalError as error:
        raise StartFailed(
            f"The server named by OPENNRM_DATABASE_URL does not let us in: {error} "
            "Check the address, the account and that the server runs."
        ) from None


def _see_to_roles(
    connection: Connection[TupleRow], folder: Path, *, renew_passwords: bool
) -> dict[Role, str]:
    there = existing_roles(connection)
    unknown = [role for role in LOGIN_ROLES if kept_password(folder, role) is None]
    if there.intersection(unknown) and not renew_passwords:
        raise PasswordsElsewhere(_elsewhere(folder))
    passwords = {role: password_of(folder, role) for role in LOGIN_ROLES}
    if unknown or there != set(Role):
        ensure_roles(connection, passwords)
    return passwords


def _fingerprint(address: Address) -> str:
    place = f"{address.shared.get('host')} {address.shared.get('port', '5432')}"
    return hashlib.sha256(place.encode()).hexdigest()[:12]


def _elsewhere(folder: Path) -> str:
    return (
        "The server named by OPENNRM_DATABASE_URL has the roles of OpenNRM already, but their "
        f"passwords are not kept in {folder}. Copy that folder from the machine that made the "
        "roles."
    )
