"""Many kills of worker and database in mid-write: `python -m tests.faults.kills N SEED`.

The home it works in is named by OPENNRM_HOME; what it did goes to the standard output as JSON.
"""

import json
import random
import signal
import sys
import time
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import connections

from tests import database

database.prepared()

from opennrm.config.databases import server  # noqa: E402
from opennrm.records.verifying import verify  # noqa: E402
from tests.faults.forked import writing  # noqa: E402
from tests.faults.processes import family, signalled, until_gone  # noqa: E402
from tests.faults.writer import HALF, found  # noqa: E402

KEPT = "SELECT count(*) FROM nrm.fact WHERE fact_ref = ANY(%s)"


@dataclass
class Tally:
    """What the kills did."""

    kills_of_worker: int = 0
    kills_of_database: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    broken_links: int = 0
    slowest_start_s: float = 0.0


def main(kills: int, number: int) -> Tally:
    """Kill so many times, in turn the worker and the database, and count what is lost."""
    draw, tally = random.Random(number), Tally()  # noqa: S311 - a repeatable choice, no secret
    for turn in range(kills):
        writer = writing()
        writer.hear(until=draw.randrange(1, 12))
        time.sleep(draw.random() * 0.02)
        if turn % 2:
            tally.kills_of_worker += 1
        else:
            kill_database()
            tally.kills_of_database += 1
        writer.end()
        tally.slowest_start_s = max(tally.slowest_start_s, restarted())
        tally.acknowledged += len(writer.acknowledged)
        tally.lost += len(writer.acknowledged) - kept(writer.acknowledged)
        tally.half += one(HALF)
    tally.broken_links = len(verify().broken)
    database.stay_awake()
    last = found()
    assert last["fsync"] == "on"
    assert last["differences"] == []
    return tally


def kill_database() -> None:
    """Kill the postmaster and every process it started, at the same moment."""
    cluster = server().cluster
    assert cluster is not None
    running = cluster.running()
    assert running is not None
    pids = family(running.pid)
    signalled(pids, signal.SIGKILL)
    # A server that is still dying looks as if it ran, and would be asked in place of a new one.
    until_gone(pids)


def restarted() -> float:
    """Start the database where it is not running; return how many seconds it took."""
    cluster = server().cluster
    assert cluster is not None
    connections.close_all()
    begin = time.monotonic()
    cluster.ensure_started(lasting=True)
    return round(time.monotonic() - begin, 2)


def kept(facts: list[UUID]) -> int:
    """Count how many of these facts are there."""
    return one(KEPT, facts)


def one(question: str, *values: object) -> int:
    """Ask the administrator's view for one number."""
    with database.as_administrator() as connection:
        row = connection.execute(question, values).fetchone()
    assert row is not None
    return int(row[0])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(main(int(sys.argv[1]), int(sys.argv[2])))) + "\n")
