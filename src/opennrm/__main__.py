"""Starts one command of OpenNRM on this machine."""

import os
import sys
from pathlib import Path

import django

from opennrm.config import soundness
from opennrm.config.database_server import DatabaseRefused, Status, data_home, embedded_cluster
from opennrm.config.database_server.administering import ServerAdministration
from opennrm.config.databases import database_name, server
from opennrm.console.commands import main
from opennrm.console.saying import say
from opennrm.console.stopping import Stopped

SETTINGS = "opennrm.config.settings"


class ThisMachine:
    """The folder and the database server of this installation."""

    @property
    def home(self) -> Path:
        """Name the folder that holds everything of this installation."""
        return data_home()

    def open(self) -> None:
        """Start the database server or join it, and set the database up."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        server().ensure_database(database_name())
        django.setup()
        # Models can be imported only now.
        from opennrm.config.preparing import prepare_database  # noqa: PLC0415

        prepare_database()

    def state(self) -> Status:
        """Look at the database server; one that stands still is not started for it."""
        if self._cluster_stands_still():
            return Status(True, False, "", True, None, self.home)
        return server().status()

    def stop(self) -> bool:
        """Stop the embedded server cleanly, and tell whether it was running."""
        if _has_own_server() or self._cluster_stands_still():
            return False
        embedded_cluster(self.home).stop()
        return True

    def administration(self) -> ServerAdministration:
        """Start the database server or join it, and return it as its administrator uses it."""
        return ServerAdministration(server(), database_name())

    def faults(self) -> list[str]:
        """List what keeps this installation from being served to real people, and the remedies."""
        from django.conf import settings  # noqa: PLC0415 - read once the database is open

        return soundness.faults(settings, self.home, server().status(), server().shared)

    def leave_no_memory_behind(self) -> None:
        """Let no process from here on write its memory to the disk when it dies."""
        soundness.leave_no_memory_behind()

    def _cluster_stands_still(self) -> bool:
        if _has_own_server():
            return False
        return not self.home.is_dir() or embedded_cluster(self.home).running() is None


def _has_own_server() -> bool:
    return bool(os.environ.get("OPENNRM_DATABASE_URL"))


def start() -> int:
    """Run what was typed; a refusal is told in a sentence, never as a traceback."""
    try:
        return main(sys.argv[1:], ThisMachine())
    except DatabaseRefused as refused:
        say(str(refused), to=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Stopped as stopped:
        return int(stopped.code or 0)


if __name__ == "__main__":
    sys.exit(start())
