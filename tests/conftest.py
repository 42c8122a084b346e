"""What every test may ask for: a database server of this run alone, thrown away afterwards."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from opennrm.config.database_server import Server, ensure_server
from opennrm.config.database_server.connecting import connect
from tests.homes import new_home, remove_home


def drop_leftovers(server: Server) -> None:
    """Drop what earlier runs left on a server that outlives them."""
    with connect(server.admin_dsn()) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%' "
            "AND datdba = 'opennrm_owner'::regrole"
        ).fetchall()
    for (name,) in names:
        server.drop_database(name)


# A home of this run's own, which its parallel workers share: they find it in the environment.
# It is named on import, since the conftest of a room may look for the server before any hook runs.
HAS_MADE_THE_HOME = "PYTEST_XDIST_WORKER" not in os.environ
if HAS_MADE_THE_HOME:
    os.environ["OPENNRM_HOME"] = str(new_home("tests", mode=0o711))
    os.environ["OPENNRM_THROW_AWAY"] = "1"
    if "OPENNRM_DATABASE_URL" in os.environ:
        drop_leftovers(ensure_server(lasting=False, renew_passwords=True))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server of the run and remove its home, in the process that made it.

    A run inside a test of this run finds the same home, and must leave it standing.
    """
    if HAS_MADE_THE_HOME:
        remove_home(Path(os.environ["OPENNRM_HOME"]))


# How long one example takes says something about the machine, not about the rule.
settings.register_profile("opennrm", deadline=None)
settings.load_profile("opennrm")


@pytest.fixture(scope="session")
def server() -> Server:
    """The database server of this run: embedded, or the one OPENNRM_DATABASE_URL names."""
    return ensure_server(lasting=False)
