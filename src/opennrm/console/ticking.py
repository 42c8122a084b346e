"""Looks at the clock beside the web server: in one process, and on after a database restart."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from opennrm.records.ticking import Ticked, tick

EVERY_SECONDS = 600.0
WAIT_SECONDS = 15.0
log = logging.getLogger("opennrm.ticking")


@contextmanager
def ticking(every: float = EVERY_SECONDS) -> Iterator[threading.Thread]:
    """Do what time brings, at once and then again and again, until this block ends."""
    ended = threading.Event()
    thread = threading.Thread(target=_until, args=(ended, every), name="ticking", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        ended.set()
        thread.join(WAIT_SECONDS)


def tick_once() -> Ticked | None:
    """Do what is due; where the database does not answer, say so and leave it to the next time."""
    close_old_connections()
    try:
        done = tick(at=timezone.now())
    except DatabaseError:
        log.exception("What time brings was not done: %s", "the database did not answer")
        return None
    finally:
        close_old_connections()
    if done.late_holds:
        log.warning("Late second opinions were told of: %d", done.late_holds)
    return done


def _until(ended: threading.Event, every: float) -> None:
    try:
        while True:
            tick_once()
            if ended.wait(every):
                return
    finally:
        # Connections belong to the thread that opened them, and to nobody after it.
        connections.close_all()
