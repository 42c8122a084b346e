"""Eight clients that begin together, round after round, each with connections of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any

from django.db import connections

CLIENTS = 8


class Clients:
    """A pool whose threads keep their connections from round to round."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(CLIENTS)
        self._ready = threading.Barrier(CLIENTS)

    def __enter__(self) -> "Clients":
        """Begin."""
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let every thread close what it opened."""
        list(self._pool.map(lambda _: self._close(), range(CLIENTS)))
        self._pool.shutdown()

    def at_once(self, work: Callable[[int], Any]) -> list[Any]:
        """Let each client do a piece of work; return what each gave, or its refusal."""
        return list(self._pool.map(lambda number: self._one(work, number), range(CLIENTS)))

    def _one(self, work: Callable[[int], Any], number: int) -> Any:
        self._ready.wait()
        try:
            return work(number)
        except Exception as refusal:
            return refusal

    def _close(self) -> None:
        self._ready.wait()
        connections.close_all()
