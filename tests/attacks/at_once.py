"""Several workers at the same moment, each with connections of her own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all pieces of work together; return what each gave, or the exception it raised."""
    ready = threading.Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        try:
            ready.wait()
            return work()
        except Exception as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))
