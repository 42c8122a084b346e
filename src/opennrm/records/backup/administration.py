"""What a backup asks of the database server: its programs, its administrator, its databases."""

from pathlib import Path
from typing import Protocol


class BackupRefused(Exception):
    """A backup was not made or not read; the message says why and what to do."""


class Administration(Protocol):
    """The server of this installation, as its administrator uses it."""

    @property
    def database(self) -> str:
        """Name the database of this installation."""

    def program(self, name: str) -> Path:
        """Name the path of a PostgreSQL program that fits the server."""

    def dsn(self, database: str | None = None) -> dict[str, str]:
        """Return the connection parameters of the administrator."""

    def has(self, database: str) -> bool:
        """Tell whether the server has this database."""

    def beginning(self, words: str) -> list[str]:
        """List the databases whose names begin with these words."""

    def make(self, database: str) -> None:
        """Make an empty database that lets in only our roles."""

    def drop(self, database: str) -> None:
        """Drop a database, if it is there."""

    def rename(self, before: str, after: str) -> None:
        """Rename a database, throwing out whoever is connected."""
