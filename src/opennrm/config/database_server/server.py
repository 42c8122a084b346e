"""The database server as the rest of OpenNRM sees it: addresses per role, databases, state."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import TupleRow

from opennrm.config.database_server.cluster import Cluster
from opennrm.config.database_server.connecting import connect
from opennrm.config.database_server.databases import (
    copy_database,
    hand_over,
    has_database,
    make_database,
    remove_database,
)
from opennrm.config.database_server.roles import SEARCH_PATH, Role

DATABASE = "opennrm"
PINNED = f"-c search_path={SEARCH_PATH.replace(' ', '')} -c synchronous_commit=on"


@dataclass(frozen=True)
class Status:
    """What can be said about a server to the person who runs it."""

    embedded: bool
    running: bool
    version: str
    checksums: bool
    pid: int | None
    folder: Path | None


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server that is up, with the roles of OpenNRM on it."""

    shared: dict[str, str]
    admin: dict[str, str] = field(repr=False)
    passwords: dict[Role, str] = field(repr=False)
    database: str
    cluster: Cluster | None
    release: Callable[[], None] = field(default=lambda: None, repr=False)

    def dsn(self, role: Role | str, dbname: str | None = None) -> dict[str, str]:
        """Return the connection parameters of a log-in role, as psycopg takes them."""
        role = Role(role)
        identity = {"user": role.value, "password": self.passwords[role]}
        named = {"dbname": dbname or self.database, "options": PINNED}
        return {**self.shared, **identity, **named}

    def admin_dsn(self, dbname: str | None = None) -> dict[str, str]:
        """Return the connection parameters of the administrator: set-up and backups only."""
        return {**self.admin, **({"dbname": dbname} if dbname else {})}

    def django(self, role: Role | str, dbname: str | None = None) -> dict[str, Any]:
        """Return the connection parameters of a log-in role, as an entry of Django's DATABASES."""
        words = self.dsn(role, dbname)
        options = {
            key: value
            for key, value in words.items()
            if key not in ("dbname", "user", "password", "host", "port")
        }
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": words["dbname"],
            "USER": words["user"],
            "PASSWORD": words["password"],
            "HOST": words.get("host", ""),
            "PORT": words.get("port", ""),
            "OPTIONS": options,
        }

    def has_database(self, name: str) -> bool:
        """Tell whether the server has a database of this name."""
        with self._administration() as connection:
            return has_database(connection, name)

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database, empty or as a copy of another to which nobody is connected."""
        with self._administration() as connection:
            if template is not None:
                copy_database(connection, name, template)
                return
            make_database(connection, name)
        with connect(self.admin_dsn(name)) as connection:
            hand_over(connection, name)

    def ensure_database(self, name: str | None = None) -> str:
        """Make a database if it is missing, and return its name."""
        name = name or self.database
        if not self.has_database(name):
            self.create_database(name)
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database with everything in it, if it is there."""
        with self._administration() as connection:
            remove_database(connection, name)

    def stop(self) -> None:
        """Stop the embedded server cleanly, whoever uses it; a named server is left alone."""
        if self.cluster is not None:
            self.cluster.stop()

    def status(self) -> Status:
        """Look at the server."""
        running = self.cluster.running() if self.cluster else None
        if self.cluster is not None and running is None:
            return Status(True, False, "", True, None, self.cluster.place.folder)
        with self._administration() as connection:
            row = connection.execute("SHOW data_checksums").fetchone()
            version = connection.info.parameter_status("server_version") or ""
        return Status(
            embedded=self.cluster is not None,
            running=True,
            version=version,
            checksums=row is not None and row[0] == "on",
            pid=running.pid if running else None,
            folder=self.cluster.place.folder if self.cluster else None,
        )

    @contextmanager
    def _administration(self) -> Iterator[psycopg.Connection[TupleRow]]:
        connection = connect(self.admin, autocommit=True)
        with connection:
            yield connection
