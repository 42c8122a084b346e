"""Homes for embedded servers that a test may start, kill and spoil."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opennrm.config.database_server import Server, ensure_server
from tests.homes import new_home, remove_home

EMBEDDED: dict[str, str] = {}


@pytest.fixture
def home() -> Iterator[Path]:
    """A home for one embedded server, stopped and removed afterwards."""
    path = new_home("home")
    yield path
    remove_home(path)


@pytest.fixture
def start(home: Path) -> Callable[[], Server]:
    """Start the embedded server of the home, or join it."""
    return lambda: ensure_server(home, environ=EMBEDDED, stop_when_unused=False)


def parents_and_modes(path: Path) -> dict[Path, tuple[int, int, int]]:
    """Note mode, owner and group of every folder above a path."""
    looked = {parent: parent.stat() for parent in path.resolve().parents}
    return {parent: (look.st_mode, look.st_uid, look.st_gid) for parent, look in looked.items()}
