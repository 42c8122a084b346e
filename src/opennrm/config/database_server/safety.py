"""What a server must promise before OpenNRM trusts a fact to it."""

from psycopg import Connection
from psycopg.rows import TupleRow

from opennrm.config.database_server.refusals import UnsafeServer

OLDEST = 150000
MUST_NOT_BE_OFF = ("fsync", "full_page_writes", "synchronous_commit")
VALUES = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"


def require_safe(connection: Connection[TupleRow], *, lasting: bool) -> None:
    """Check the version of a server, and that it keeps what it acknowledges.

    :raises UnsafeServer: when it is too old, or could lose facts when the power fails.
    """
    version = connection.info.server_version
    if version < OLDEST:
        raise UnsafeServer(
            f"The database server is PostgreSQL {version // 10000}; OpenNRM needs "
            f"{OLDEST // 10000} or newer. Upgrade it, or unset OPENNRM_DATABASE_URL."
        )
    off = [name for name, value in settings_of(connection).items() if value == "off"]
    if lasting and off:
        raise UnsafeServer(
            f"The database server has {', '.join(sorted(off))} off, so it could lose facts it "
            "has acknowledged. Turn this on in its settings, then start again."
        )


def settings_of(connection: Connection[TupleRow]) -> dict[str, str]:
    """Read the settings on which the lasting of facts depends."""
    return dict(connection.execute(VALUES, [list(MUST_NOT_BE_OFF)]).fetchall())
