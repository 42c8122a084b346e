"""What a command may ask of the machine it runs on: its folder and its database server."""

from pathlib import Path
from typing import Protocol

from opennrm.records.backup.administration import Administration


class DatabaseState(Protocol):
    """What can be said about the database server to the person who runs it."""

    @property
    def embedded(self) -> bool:
        """Tell whether OpenNRM runs the server itself."""

    @property
    def running(self) -> bool:
        """Tell whether it is up."""

    @property
    def version(self) -> str:
        """Name the version of PostgreSQL."""

    @property
    def folder(self) -> Path | None:
        """Name the folder of the embedded server."""


class Machine(Protocol):
    """The machine a command runs on, handed down so that commands know no settings."""

    @property
    def home(self) -> Path:
        """Name the folder that holds everything of this installation."""

    def open(self) -> None:
        """Start the database server or join it, and set the database up."""

    def state(self) -> DatabaseState:
        """Look at the database server without starting it."""

    def stop(self) -> bool:
        """Stop the embedded server cleanly, and tell whether it was running."""

    def administration(self) -> Administration:
        """Start the database server or join it, and return it as its administrator uses it."""

    def faults(self) -> list[str]:
        """List what keeps this installation from being served to real people, and the remedies."""

    def leave_no_memory_behind(self) -> None:
        """Let no process from here on write its memory to the disk when it dies."""
