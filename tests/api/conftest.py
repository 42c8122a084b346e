"""Prepares the database once for every test of this room."""

import pytest

from tests import database


@pytest.fixture(scope="session", autouse=True)
def _database() -> None:
    database.prepared()
