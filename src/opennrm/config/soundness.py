"""What must hold before real people are served: settings, file modes, what the server promises."""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from opennrm.config.database_server import Status

LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
OWN_TO_A_PROCESS = ("locmem", "dummy", "filebased")
SHORTEST_SECRET = 32


def faults(settings: Any, home: Path, state: Status, line: Mapping[str, str]) -> list[str]:
    """List, each in a sentence with its remedy, what keeps an installation from being served."""
    return [*of_settings(settings), *of_files(home), *of_server(state), *of_line(line)]


def of_settings(settings: Any) -> Iterator[str]:
    """Look at the settings of the pages."""
    if settings.DEBUG:
        yield "DEBUG is on: pages of faults would show what people typed. Turn it off."
    if any(word in settings.CACHES["default"]["BACKEND"].lower() for word in OWN_TO_A_PROCESS):
        yield (
            "The cache belongs to one process, so that limits on guessing would count anew in "
            "each. Use the database's."
        )
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield "SECRET_KEY is short enough to be guessed. Remove the file; a new one is made."
    elsewhere = sorted(set(settings.ALLOWED_HOSTS) - LOCAL)
    if "*" in elsewhere:
        yield "OPENNRM_HOSTS lets every name in. Name the host under which the pages are reached."
    if elsewhere and not settings.OPENNRM_HTTPS:
        yield (
            f"The pages are reached as {', '.join(elsewhere)}, and OPENNRM_HTTPS is off: cookies "
            "would travel unprotected. Put a proxy with TLS in front and set OPENNRM_HTTPS=1."
        )
    if settings.OPENNRM_HTTPS and not (
        settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    ):
        yield "Cookies are not marked Secure although OPENNRM_HTTPS is on."


def of_files(home: Path) -> Iterator[str]:
    """Look at who may read what this installation keeps to itself."""
    look = home.stat()
    if look.st_mode & 0o066:
        yield f"Others can read or write in {home}. Run: chmod go-rw {home}"
    for path in sorted(home.iterdir()):
        look = path.lstat()
        if stat.S_ISREG(look.st_mode) and look.st_mode & 0o077:
            yield f"Others can read or write {path}. Run: chmod go-rwx {path}"
        if look.st_uid not in (os.geteuid(), 0):
            yield f"{path} belongs to another account ({look.st_uid}). Give it to this one."


def of_server(state: Status) -> Iterator[str]:
    """Look at what the database server promises beside what it must to be joined at all."""
    if not state.checksums:
        yield (
            "The database server keeps no checksums, so a rotten disk would go unnoticed. Stop "
            "it, run pg_checksums --enable on its data, and start it again."
        )


def of_line(line: Mapping[str, str]) -> Iterator[str]:
    """Look at the line to the database server: a socket of this machine, or checked TLS."""
    host = line.get("host", "")
    is_here = not host or host.startswith(("/", "@")) or host in LOCAL | {"::1"}
    if not is_here and line.get("sslmode") != "verify-full":
        yield (
            f"The line to the database server {host} is open to whoever sits on it. Add "
            "sslmode=verify-full and sslrootcert to OPENNRM_DATABASE_URL."
        )


def leave_no_memory_behind() -> None:
    """Let no process from here on write its memory to the disk when it dies: keys are in it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
