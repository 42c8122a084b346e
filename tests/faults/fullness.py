"""A full disk: `python -m tests.faults.fullness ROUNDS`, in a mount namespace of its own.

The database stands on a small disk of memory, which is filled to the brim while a worker writes.
"""

import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.disk import memory_disk

HOME = Path(os.environ["OPENNRM_HOME"])
PLACE = HOME / "database"
memory_disk(PLACE, megabytes=220)

from tests import database  # noqa: E402

database.prepared()

from django.db import DatabaseError, connections  # noqa: E402
from django.test import Client  # noqa: E402

from opennrm.config.databases import server  # noqa: E402
from opennrm.records.verifying import verify  # noqa: E402
from tests.faults.kills import kept, one  # noqa: E402
from tests.faults.writer import HALF, POLICE, described  # noqa: E402
from tests.stories import contact  # noqa: E402
from tests.web.browsing import browser  # noqa: E402

BALLAST = PLACE / "ballast"
LEAVES = 256 * 1024


@dataclass
class Tally:
    """What happened when the disk was full."""

    rounds: int = 0
    acknowledged: int = 0
    refused: int = 0
    lost: int = 0
    half: int = 0
    broken_links: int = 0
    pages_read: int = 0
    pages_plain: int = 0
    pages_failed: int = 0
    went_on_by_itself: int = 0
    restarts_needed: int = 0


def main(rounds: int) -> Tally:
    """Fill the disk so many times, and look at what is lost and whether work goes on."""
    tally, client = Tally(), browser(POLICE)
    for _ in range(rounds):
        case_ref = contact(POLICE)
        kept_facts = [described(case_ref) for _ in range(5)]
        fill()
        for _ in range(400):
            try:
                kept_facts.append(described(case_ref))
            except DatabaseError:
                tally.refused += 1
                connections.close_all()
            if tally.refused > 3 * (tally.rounds + 1):
                break
        read(client, tally)
        BALLAST.unlink()
        settle(tally)
        tally.rounds += 1
        tally.acknowledged += len(kept_facts)
        tally.lost += len(kept_facts) - kept(kept_facts)
        tally.half += one(HALF)
        described(case_ref)
    tally.broken_links = len(verify().broken)
    return tally


def fill() -> None:
    """Take all that is left of the disk, but for a little."""
    free = os.statvfs(PLACE)
    with BALLAST.open("wb") as ballast, suppress(OSError):
        left = free.f_bavail * free.f_frsize - LEAVES
        while left > 0:
            left -= ballast.write(b"\0" * min(left, 1 << 20))


def read(client: Client, tally: Tally) -> None:
    """Read the work list while the disk is full."""
    client.raise_request_exception = False
    answer = client.get("/", {"view": "all"})
    connections.close_all()
    is_plain = answer.status_code == 503 and b"try again in a few minutes" in answer.content
    tally.pages_read += answer.status_code == 200
    tally.pages_plain += is_plain
    tally.pages_failed += answer.status_code != 200 and not is_plain


def settle(tally: Tally) -> None:
    """Wait until the database takes work again; start it where it gave up."""
    for _ in range(100):
        with suppress(DatabaseError):
            described(contact(POLICE))
            tally.went_on_by_itself += 1
            return
        connections.close_all()
        time.sleep(0.1)
    cluster = server().cluster
    assert cluster is not None
    cluster.ensure_started(lasting=True)
    tally.restarts_needed += 1


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(main(int(sys.argv[1])))) + "\n")
