"""Simulated power cuts: `python -m tests.faults.power CUTS SEED on|off`, in a mount namespace.

The database stands on an ext4 file system in a file. All its processes are stopped, what has
reached the file is copied, and the copy is put in its place: whatever the system still held in
memory is gone, as when the power fails. With `off`, commits do not wait for the disk, and facts
must get lost: that shows that the harness would see a loss.
"""

import json
import os
import random
import signal
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

HOME = Path(os.environ["OPENNRM_HOME"])

from tests.faults.disk import Disk  # noqa: E402

DISK = Disk(HOME, megabytes=400)
COMMIT = sys.argv[3] if len(sys.argv) > 3 else "on"

from opennrm.config.database_server import server as pinning  # noqa: E402

# The product pins it on for every connection; the control takes the pin away.
pinning.PINNED = pinning.PINNED.replace("commit=on", f"commit={COMMIT}")

from tests import database  # noqa: E402

database.prepared()

from opennrm.config.databases import server  # noqa: E402
from opennrm.records.verifying import verify  # noqa: E402
from tests.faults.forked import writing  # noqa: E402
from tests.faults.kills import kept, one, restarted  # noqa: E402
from tests.faults.processes import family, signalled, until_gone  # noqa: E402
from tests.faults.writer import HALF, POLICE, found  # noqa: E402

# Without a pause most stops fall inside a flush and hide losses.
PAUSE = 0.008


@dataclass
class Tally:
    """What the power cuts did."""

    commit: str
    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    cuts_with_loss: int = 0
    half: int = 0
    broken_links: int = 0
    slowest_start_s: float = 0.0


def main(cuts: int, number: int) -> Tally:
    """Cut the power so many times and count what is lost."""
    draw, tally = random.Random(number), Tally(COMMIT)  # noqa: S311 - repeatable, no secret
    if COMMIT == "off":
        # Otherwise what was not waited for is flushed a fifth of a second later.
        with database.as_administrator() as connection:
            connection.autocommit = True
            connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
            connection.execute("SELECT pg_reload_conf()")
    database.signed_in(POLICE)
    for _ in range(cuts):
        with database.as_administrator() as connection:
            # What is at stake is what the writer is told, not that it is signed in.
            connection.execute("CHECKPOINT")
        writer = writing(pause=PAUSE)
        writer.hear(until=2)
        pids = [writer.pid, *running()]
        writer.hear(until=draw.randrange(10, 60))
        signalled(pids, signal.SIGSTOP)
        pids += [pid for pid in running() if pid not in pids]
        signalled(pids, signal.SIGSTOP)
        writer.hear()
        left = DISK.cut()
        signalled(pids, signal.SIGKILL)
        writer.end()
        until_gone(pids)
        DISK.replace(left)
        tally.slowest_start_s = max(tally.slowest_start_s, restarted())
        lost = len(writer.acknowledged) - kept(writer.acknowledged)
        tally.cuts += 1
        tally.acknowledged += len(writer.acknowledged)
        tally.lost += lost
        tally.cuts_with_loss += lost > 0
        tally.half += one(HALF)
    tally.broken_links = len(verify().broken)
    database.stay_awake()
    assert found()["differences"] == []
    return tally


def running() -> list[int]:
    """List the processes of the database."""
    cluster = server().cluster
    assert cluster is not None
    postmaster = cluster.running()
    assert postmaster is not None
    return family(postmaster.pid)


if __name__ == "__main__":
    tally = main(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(json.dumps(asdict(tally)) + "\n")
