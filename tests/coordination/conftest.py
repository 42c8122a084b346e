"""Prepares the database once for the co-ordination, and gives every test a clean throttle."""

import pytest
from django.core.cache import cache

from tests import database


@pytest.fixture(scope="session", autouse=True)
def _database() -> None:
    database.prepared()


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    """Forget how often somebody signed in: all of these people come from one machine."""
    cache.clear()
