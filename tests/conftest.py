"""What every test may ask for: a database server of this run alone, thrown away afterwards."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from opennrm.config.database_server import Server, embedded_cluster, ensure_server


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home of its own, which its parallel workers share."""
    if hasattr(config, "workerinput"):
        return
    os.environ["OPENNRM_HOME"] = tempfile.mkdtemp(prefix="opennrm-tests-")
    os.environ["OPENNRM_THROW_AWAY"] = "1"
    if "OPENNRM_DATABASE_URL" in os.environ:
        ensure_server(lasting=False, renew_passwords=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server of the run and remove its home."""
    if not hasattr(config, "workerinput"):
        throw_away(Path(os.environ["OPENNRM_HOME"]))


def throw_away(home: Path, environ: Mapping[str, str] = os.environ) -> None:
    """Stop the embedded server of a home, if there is one, and remove everything of it."""
    if (home / "database.lock").is_file() and "OPENNRM_DATABASE_URL" not in environ:
        cluster = embedded_cluster(home)
        cluster.stop()
        shutil.rmtree(cluster.place.folder)
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def server() -> Server:
    """The database server of this run: embedded, or the one OPENNRM_DATABASE_URL names."""
    return ensure_server(lasting=False)
