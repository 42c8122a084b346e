"""The database of this worker, and the public files where they are at hand."""

import os
from pathlib import Path

import pytest

from tests import database

SHARED = Path(
    os.environ.get("OPENNRM_SHARED_DATA")
    or Path(__file__).resolve().parents[2].parent / "shared" / "data"
)


@pytest.fixture(scope="session", autouse=True)
def _database() -> None:
    database.prepared()


@pytest.fixture
def statistics(_database):
    """The statistics role's own connection; whatever a test wrote is rolled back."""
    from django.db import connections, transaction

    connection = connections["statistics"]
    with transaction.atomic(using="statistics"):
        yield connection
        transaction.set_rollback(True, using="statistics")


@pytest.fixture
def public_file():
    """A public file by name; its test is left out where the file is not at hand."""

    def find(name: str) -> Path:
        path = SHARED / "ctdc" / name
        if not path.exists():
            pytest.skip(f"{name} is not at hand: the terms of use forbid to ship it")
        return path

    return find
