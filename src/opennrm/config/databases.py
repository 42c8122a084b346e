"""The database of this installation as Django's settings want it: one entry for each role."""

import os
from functools import cache
from typing import Any

from opennrm.config.database_server import Role, Server, ensure_server

# From which time on a statement is planned once for a connection, and not anew each time.
RECORDER, SEEN_BEFORE = "recorder", 5
ALIASES = {
    "default": Role.APP,
    RECORDER: Role.RECORDER,
    "statistics": Role.STATISTICS,
    "owner": Role.OWNER,
}
# An hour, in seconds: a connection's first call plans all over again, which takes as long as ten
# others, and a server with few calls would begin that way too often.
KEPT_OPEN = {"CONN_MAX_AGE": 3600, "CONN_HEALTH_CHECKS": True}


@cache
def server() -> Server:
    """Return the database server of this installation, started if need be."""
    return ensure_server(lasting=not is_throw_away())


def is_throw_away() -> bool:
    """Tell whether the data of this run may be lost with the machine, as in most tests."""
    return os.environ.get("OPENNRM_THROW_AWAY", "") == "1"


def database_name() -> str:
    """Name the database this process works on."""
    return os.environ.get("OPENNRM_DATABASE") or server().database


def databases() -> dict[str, Any]:
    """Return Django's DATABASES: the same database, seen by four roles.

    Processes that serve pages do without the owner (OPENNRM_PAGES_ONLY), which they never need.
    """
    named = database_name()
    entries: dict[str, Any] = {}
    for alias, role in ALIASES.items():
        if role is Role.OWNER and os.environ.get("OPENNRM_PAGES_ONLY") == "1":
            continue
        entries[alias] = server().django(role, named)
        if role is not Role.OWNER:
            entries[alias].update(KEPT_OPEN)
            # Values travel apart from statements: a token or a name must never stand in the text
            # of a statement, where the server's activity view and its log could show it.
            entries[alias]["OPTIONS"]["server_side_binding"] = True
    # What the recorder asks names one case each time: one plan does for all of them.
    entries[RECORDER]["OPTIONS"]["prepare_threshold"] = SEEN_BEFORE
    return entries
