"""Prepares the database once for the co-ordination."""

import pytest

from tests import database


@pytest.fixture(scope="session", autouse=True)
def _database() -> None:
    database.prepared()
