"""Brings two installations up, once for every test of this room."""

import pytest

from tests.records.abroad import two_states


@pytest.fixture(scope="session", autouse=True)
def _two_states(_database: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    two_states.set_up(tmp_path_factory.mktemp("abroad"))
