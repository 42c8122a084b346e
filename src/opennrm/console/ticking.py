"""Works beside the web server: looks at the clock, and more often at desk and post."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from opennrm.rapporteur.working import work_on_requests
from opennrm.records.due_post import post_due
from opennrm.records.ticking import Ticked, tick

EVERY_SECONDS = 600.0
DESK_SECONDS = 2.0
POST_SECONDS = 5.0
WAIT_SECONDS = 15.0
log = logging.getLogger("opennrm.ticking")


@contextmanager
def ticking(
    every: float = EVERY_SECONDS,
    desk_every: float = DESK_SECONDS,
    post_every: float = POST_SECONDS,
) -> Iterator[tuple[threading.Thread, ...]]:
    """Do what time brings, what waits on the release desk and in the post, until this ends."""
    ended = threading.Event()
    threads = (
        _started("ticking", ended, every, tick_once),
        _started("release desk", ended, desk_every, work_once),
        _started("post", ended, post_every, post_once),
    )
    try:
        yield threads
    finally:
        ended.set()
        for thread in threads:
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


def work_once() -> int | None:
    """Draw and attack what waits on the release desk; after a fault it is begun anew."""
    close_old_connections()
    try:
        return work_on_requests(connection=connections["statistics"], at=timezone.now())
    except DatabaseError:
        log.exception("The release desk did not work: %s", "the database did not answer")
        return None
    finally:
        close_old_connections()


def post_once() -> int | None:
    """Send what is due; what is not taken is tried again later."""
    close_old_connections()
    try:
        return post_due(at=timezone.now())
    except DatabaseError:
        log.exception("The post was not sent: %s", "the database did not answer")
        return None
    finally:
        close_old_connections()


def _started(
    name: str, ended: threading.Event, every: float, work: Callable[[], object]
) -> threading.Thread:
    thread = threading.Thread(target=_until, args=(ended, every, work), name=name, daemon=True)
    thread.start()
    return thread


def _until(ended: threading.Event, every: float, work: Callable[[], object]) -> None:
    try:
        while True:
            work()
            if ended.wait(every):
                return
    finally:
        # Connections belong to the thread that opened them, and to nobody after it.
        connections.close_all()
