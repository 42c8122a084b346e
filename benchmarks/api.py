"""Sends referrals through the door for programs, as first responders' systems do, and times them.

    PYTHONPATH=src .venv/bin/python benchmarks/api.py [--referrals 1000] [--clients 2]
    PYTHONPATH=src .venv/bin/python benchmarks/api.py --a-day 10000 --peak 6 --minutes 6 --bursts 5

A home of its own whose database waits for the disk, the demonstration, the real web server with
its workers, and clients that send one whole referral after another (`POST /deliver-referral`:
case, consent and referral at once). Or, with `--a-day`, referrals that come by chance at that
rate, whether the last was answered or not; with `--peak`, so many times denser than if they came
evenly by day and night (6: all within eight hours, a quarter of them in the busiest of these);
with `--bursts`, so many at the same moment once a minute besides.
Says of each thousand (or half) how fast it went. Fails when the 95th percentile is over 200 ms, or
the workers grow in the second half.
"""

# ruff: noqa: PLC0415 - nothing of Django may be imported before its settings are named

import argparse
import http.client
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.watching import database_seconds, family_memory, family_seconds
from tests.homes import new_home, remove_home

HOME = new_home("benchmark", mode=0o711)
os.environ |= {
    "OPENNRM_HOME": str(HOME),
    "OPENNRM_DEMONSTRATION": "1",
    "DJANGO_SETTINGS_MODULE": "opennrm.config.settings",
}

import django  # noqa: E402

django.setup()

MOST_MS, MOST_GROWTH, CREATED, BLOCK = 200.0, 1.1, 201, 1_000
# One program may call 600 times a minute; a load above that comes from several systems.
PROGRAMS = 6


def main() -> int:
    """Prepare, serve, send, print, and say whether both ceilings hold."""
    from opennrm.config.preparing import prepare_database
    from opennrm.console.demonstration.enrolling import enrol_demonstration
    from opennrm.console.serving import pages

    given = asked()
    prepare_database()
    enrol_demonstration()
    secrets = [let_in(number) for number in range(PROGRAMS)]
    with pages(given.port, {}) as server:
        sent(given.port, secrets, 40, given.clients)
        memory, spent, begun = [family_memory(server.pid)], [], time.perf_counter()
        for number, size in enumerate(sizes(given)):
            spent.append(block(given, secrets, number, size, server.pid))
            memory.append(family_memory(server.pid))
        took = time.perf_counter() - begun
    return told(spent, memory, took)


def sizes(given: argparse.Namespace) -> list[int]:
    """Return how many are sent at a time: thousands, or two halves."""
    thousands = given.referrals // BLOCK
    return [given.referrals // 2] * 2 if given.a_day or thousands < 2 else [BLOCK] * thousands


def block(
    given: argparse.Namespace, secrets: list[str], number: int, size: int, server: int
) -> list[float]:
    """Send referrals and say how it went; return the milliseconds of each."""
    begun, used = time.perf_counter(), worked(server)
    if given.a_day:
        took = came(given, secrets, number)
    else:
        took = sent(given.port, secrets, size, given.clients)
    seconds = time.perf_counter() - begun
    web, database = (
        (now - then) / len(took) * 1000 for now, then in zip(worked(server), used, strict=True)
    )
    p50, p95 = (sorted(took)[int(len(took) * part)] for part in (0.5, 0.95))
    print(
        f"block {number + 1}: {len(took)} referrals, {len(took) / seconds:.1f} a second, "
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, CPU a referral {web:.0f} ms of the web server, "
        f"{database:.0f} ms of the database, {family_memory(server)} MiB"
    )
    sys.stdout.flush()
    return took


def let_in(number: int) -> str:
    """Let a system of the police in and return its secret."""
    from django.utils import timezone

    from opennrm.console.demonstration.organisations import PASSPHRASE
    from opennrm.records import programs, sessions

    now = timezone.now()
    session = sessions.open_session("police", PASSPHRASE, at=now).session
    return programs.let_in(
        session,
        programs.Admission(
            name=f"Load {number}",
            purpose="assistance",
            steps=("referral", "read"),
            parts=tuple(f"D{part}" for part in range(1, 17)),
            until=now + timedelta(days=1),
        ),
    )


def sent(port: int, secrets: list[str], referrals: int, clients: int) -> list[float]:
    """Send referrals with some clients at once; return the milliseconds of each."""
    turns = cycle(secrets)
    portions = [[next(turns) for _ in range(referrals // clients)] for _ in range(clients)]
    with ThreadPoolExecutor(clients) as crowd:
        return [
            one
            for each in crowd.map(lambda part: _one_client(port, part), portions)
            for one in each
        ]


def came(given: argparse.Namespace, secrets: list[str], half: int) -> list[float]:
    """Send referrals at moments drawn by chance; return the milliseconds of each."""
    drawn, seconds = Random(half), given.minutes * 30  # noqa: S311 - moments, no secrets
    a_second = given.a_day * given.peak / 86_400
    moments, at = [], drawn.expovariate(a_second)
    while at < seconds:
        moments.append(at)
        at += drawn.expovariate(a_second)
    moments += [minute * 60 + 30 for minute in range(seconds // 60)] * given.bursts
    turns, begun = cycle(secrets), time.perf_counter()
    waiting = []
    with ThreadPoolExecutor(32) as crowd:
        for moment in sorted(moments):
            time.sleep(max(0.0, begun + moment - time.perf_counter()))
            waiting.append(crowd.submit(_one_client, given.port, [next(turns)]))
    return [one for each in waiting for one in each.result()]


def _one_client(port: int, secrets: list[str]) -> list[float]:
    line = http.client.HTTPConnection("localhost", port, timeout=60)
    spent = []
    for secret in secrets:
        headers = {
            "Authorization": f"Bearer {secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        begun = time.perf_counter()
        line.request("POST", "/api/v1/deliver-referral", json.dumps(delivery()), headers)
        answer = line.getresponse()
        body = answer.read()
        spent.append((time.perf_counter() - begun) * 1000)
        if answer.status != CREATED:
            raise SystemExit(f"{answer.status}: {body.decode()[:400]}")
    line.close()
    return spent


def delivery() -> dict[str, Any]:
    """Return a whole referral of an invented person."""
    from django.utils import timezone

    from opennrm.console.demonstration.organisations import ref

    today = timezone.localdate()
    until, shelter = str(today + timedelta(days=90)), str(ref("shelter"))
    given = {"purpose": "assistance", "until": until}
    consent = {"language": "sq", "form": "spoken", "given_on": str(today), "recipient": shelter}
    return {
        "delivery": {
            "brought": {
                "contact": {
                    "route": "own_detection",
                    "channel": "in_person",
                    "contact_on": str(today),
                    "majority": "adult",
                },
                "person": {"names": f"Izmislena {uuid4().hex[:8]}"},
                "account": {"forms": ["labour"], "words": "She was not paid."},
            },
            "referral": {
                **given,
                "to": shelter,
                "to_role": "CM",
                "reply_by": str(today + timedelta(days=3)),
                "urgency": "urgent",
            },
            "consent": {
                **given,
                **consent,
                "recipient_role": "CM",
                "scopes": ["D1", "D2", "D4", "D10"],
            },
        }
    }


def worked(server: int) -> tuple[float, float]:
    """Return the CPU seconds of the web server with its workers, and of the database."""
    return family_seconds(server), database_seconds(HOME)


def told(in_blocks: list[list[float]], memory: list[int], took: float) -> int:
    """Print the figures; return 1 when a ceiling does not hold."""
    spent = sorted(one for each in in_blocks for one in each)
    p50, p95, p99 = (spent[int(len(spent) * part)] for part in (0.5, 0.95, 0.99))
    print(f"{len(spent)} referrals in {took:.1f} s: {len(spent) / took:.1f} a second")
    print(f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, longest {spent[-1]:.0f} ms")
    print(f"memory of the web server, MiB, at the start and after each block: {memory}")
    print(f"load average {os.getloadavg()[0]:.1f}")
    return int(p95 > MOST_MS or memory[-1] > memory[len(memory) // 2] * MOST_GROWTH)


def asked() -> argparse.Namespace:
    """Read the arguments."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--referrals", type=int, default=1000)
    reading.add_argument("--clients", type=int, default=2)
    reading.add_argument("--a-day", type=int, default=0)
    reading.add_argument("--peak", type=float, default=1.0)
    reading.add_argument("--minutes", type=int, default=5)
    reading.add_argument("--bursts", type=int, default=0)
    reading.add_argument("--port", type=int, default=8947)
    return reading.parse_args()


if __name__ == "__main__":
    try:
        code = main()
    finally:
        from django.db import connections

        connections.close_all()
        remove_home(HOME)
    sys.exit(code)
