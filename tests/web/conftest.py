"""Prepares the database once for the pages, and gives every test a clean throttle."""

import pytest
from django.core.cache import cache

from tests import database


@pytest.fixture(scope="session", autouse=True)
def _database() -> None:
    database.prepared()


@pytest.fixture(autouse=True)
def _clean_throttle() -> None:
    cache.clear()
