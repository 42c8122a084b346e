"""Lists what each page weighs, asks of the database and costs, with many cases in the record.

    .venv/bin/python benchmarks/pages.py [--cases 100000] [--every 20]

It makes a home of its own and removes it, or fills the one that OPENNRM_BENCHMARK_HOME names once
and keeps it for the next run. Server time is that of the whole request in this process:
session, queries, rendering.
"""

# ruff: noqa: PLC0415 - nothing of Django may be imported before its settings are named

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.homes import new_home, remove_home

KEPT = os.environ.get("OPENNRM_BENCHMARK_HOME")
HOME = Path(KEPT) if KEPT else new_home("benchmark", mode=0o711)
os.environ |= {
    "OPENNRM_HOME": str(HOME),
    "OPENNRM_THROW_AWAY": "1",
    "OPENNRM_DEMONSTRATION": "1",
    "DJANGO_SETTINGS_MODULE": "opennrm.config.settings",
}

import django  # noqa: E402

django.setup()

from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

MOST_QUERIES, MOST_BYTES, MOST_FIRST, MOST_MS = 12, 100_000, 60_000, 100.0


class Counted:
    """Counts what is asked of every database while a page is made."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        self.statements.append(str(sql))
        return execute(sql, params, many, context)


@contextmanager
def counted() -> Iterator[Counted]:
    """Count the queries of everything done meanwhile, whatever role asks them."""
    seen = Counted()
    with ExitStack() as stack:
        for name in connections:
            stack.enter_context(connections[name].execute_wrapper(seen))
        yield seen


def signed_in(name: str) -> Client:
    """Sign one of the invented people in through the sign-in page."""
    from opennrm.console.demonstration.organisations import PASSPHRASE

    client = Client(headers={"host": "localhost"})
    answer = client.post("/sign-in/", {"login": name, "password": PASSPHRASE})
    assert answer.status_code == 302, answer.content
    return client


@dataclass(frozen=True, slots=True)
class Measured:
    """What one page costs: bytes, what it asks, milliseconds each time, of CPU on average."""

    size: int
    statements: list[str]
    took: list[float]
    cpu: float

    @property
    def p95(self) -> float:
        """Return the milliseconds that nineteen of twenty times stay under."""
        return self.took[int(len(self.took) * 0.95)]

    @property
    def over(self) -> list[str]:
        """Return the limits that are not kept."""
        limits = (
            (self.size, MOST_BYTES),
            (len(self.statements), MOST_QUERIES),
            (self.p95, MOST_MS),
        )
        return [f"{limit:g}" for value, limit in limits if value > limit]


def measured(send: Callable[[], Any], every: int) -> Measured | None:
    """Ask for a page once to warm it, once to count, and then to time it."""
    send()
    with counted() as seen:
        answer = send()
    if answer.status_code >= 400:
        return None
    took = []
    gc.collect()
    before = cpu_seconds()
    for _ in range(every):
        begun = time.perf_counter()
        send()
        took.append((time.perf_counter() - begun) * 1000)
    cpu = (cpu_seconds() - before) * 1000 / every
    return Measured(len(answer.content), seen.statements, sorted(took), cpu)


def cpu_seconds() -> float:
    """Return what this process and its connections' processes of the database have used so far.

    Where the database runs on another machine, its share is missing.
    """
    used = time.process_time()
    for alias in connections:
        psycopg = connections[alias].connection
        stat = Path(f"/proc/{psycopg.info.backend_pid}/stat") if psycopg else None
        if stat is not None and stat.exists():
            fields = stat.read_text(encoding="ascii").rsplit(")", 1)[1].split()
            used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def prepared(cases: int, houses: int) -> None:
    """Enrol the invented people, make each of their stories once, and copy them."""
    from benchmarks.filling import fill
    from django.utils import timezone

    from opennrm.config.databases import server
    from opennrm.config.preparing import prepare_database
    from opennrm.console.demonstration.enrolling import enrol_demonstration
    from opennrm.console.demonstration.making import make_cases
    from opennrm.console.demonstration.organisations import ref
    from opennrm.console.demonstration.plots import PLOTS

    prepare_database()
    enrol_demonstration()
    now = timezone.now()
    make_cases(len(PLOTS), now=now, progress=lambda _done, _of: None)
    with administrator() as connection:
        begun = time.perf_counter()
        fill(connection, cases, houses=houses, everywhere=ref("authority"))
        size = connection.execute("SELECT pg_database_size(current_database()) >> 20").fetchone()
        took = time.perf_counter() - begun
        print(f"{cases} cases, copied in {took:.0f} s; {size[0]} MiB; on {server().database}")


def administrator() -> Any:
    """Connect past every policy, as only a benchmark may."""
    import psycopg

    from opennrm.config.databases import database_name, server

    return psycopg.connect(**server().admin_dsn(database_name()))


def named(name: str) -> int:
    """Give names to the cases open to a person, as her house keeps them for finding."""
    from benchmarks.filling import keep_names
    from django.utils import timezone

    from opennrm.console.demonstration.organisations import PASSPHRASE
    from opennrm.records import sessions

    session = sessions.open_session(name, PASSPHRASE, at=timezone.now()).session
    with administrator() as connection:
        return keep_names(connection, session)


def longest(house: str, role: str) -> Any:
    """Return the case with most facts among those a house works on."""
    from opennrm.console.demonstration.organisations import ref

    with administrator() as connection:
        found = connection.execute(
            "SELECT head.case_ref FROM nrm.case_head AS head JOIN nrm.worklist AS work "
            "USING (case_ref) WHERE work.organisation = %s AND work.role = %s "
            "AND work.state = 'open' AND work.stage <> 'closed' AND EXISTS "
            "(SELECT FROM nrm.fact WHERE fact.case_ref = head.case_ref AND length(sealed) > 200) "
            "ORDER BY length DESC LIMIT 1",
            [ref(house), role],
        ).fetchone()
    return found[0]


def pages() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield every page that is measured: whose it is, and how it is asked for."""
    from opennrm.web.acts import ACTS

    without = Client(headers={"host": "localhost"})
    for place in ("/sign-in/", "/help/", "/rules/", "/open-figures/"):
        yield f"(nobody) {place}", lambda place=place: without.get(place)
    for who, house, role in (("casemanager", "shelter", "CM"), ("authority", "authority", "CA")):
        client, case = signed_in(who), f"/case/{longest(house, role)}/"
        for view in ("all", "due", "waiting", "new", "offered"):
            yield f"{who} worklist {view}", lambda c=client, v=view: c.get(f"/?view={v}")
        yield (
            f"{who} worklist last page",
            lambda c=client: c.get("/?view=all&sort=updated&page=99999"),
        )
        yield f"{who} worklist by reference", lambda c=client: c.get("/?view=all&text=A7B")
        yield f"{who} find", lambda c=client: c.post("/find/", {"name": "Besa Hoxha"})
        yield f"{who} case", lambda c=client, p=case: c.get(p)
        yield f"{who} case, opened", lambda c=client, p=case: c.post(p, {"open": "all"})
        yield f"{who} save", lambda c=client, p=case: saved(c, p)
        for place in ("notices/", "account/", "services/", "night/"):
            yield f"{who} {place}", lambda c=client, p=place: c.get(f"/{p}")
        for place in ("files/", "who-looked/", "sheet/"):
            yield f"{who} case {place}", lambda c=client, p=case + place: c.get(p)
        for act in ACTS.values():
            place = "/contact/" if act.name == "record_contact" else f"{case}{act.address}/"
            if not act.starts_case and client.get(place).status_code == 200:
                yield f"{who} {act.name}", lambda c=client, p=place: c.get(p)


def saved(client: Client, case: str) -> Any:
    """Assess what she needs, as the form of the page does; somebody else notes a breach."""
    from uuid import uuid4

    keys = {"form_key": str(uuid4()), "expected": ""}
    answer = client.post(f"{case}assess-needs/", {**keys, "domains": ["housing"]})
    if answer.status_code != 302:
        typed = {"breach": "other", "description": "Seen today."}
        answer = client.post(f"{case}observe-breach/", {**keys, **typed})
    return answer


def main() -> int:
    """Measure, print a table, and tell in the exit code whether every limit was kept."""
    given = argparse.ArgumentParser()
    given.add_argument("--cases", type=int, default=100_000)
    given.add_argument("--houses", type=int, default=20)
    given.add_argument("--every", type=int, default=20)
    given.add_argument("--only", default="")
    given.add_argument("--statements", action="store_true")
    asked = given.parse_args()
    if not (HOME / "filled").exists():
        prepared(asked.cases, asked.houses)
        for name in ("casemanager", "authority"):
            print(f"{name} can find {named(name)} names")
        (HOME / "filled").touch()
    columns = ("page", "bytes", "queries", "CPU ms", "fastest ms", "p95 ms", "over")
    print(f"| {' | '.join(columns)} |\n" + "| --- " * len(columns) + "|")
    failing = []
    for name, send in pages():
        if asked.only not in name:
            continue
        found = measured(send, asked.every)
        if found is None:
            print(f"| {name} | not shown |" + " |" * (len(columns) - 2))
            continue
        over = ", ".join(found.over)
        figures = (found.cpu, found.took[0], found.p95)
        shown = " | ".join(f"{figure:.0f}" for figure in figures)
        print(
            f"| {name} | {found.size} | {len(found.statements)} | {shown} | {over} |", flush=True
        )
        failing += [f"{name}: over {over}"] if over else []
        for statement in found.statements if asked.statements else ():
            print("    ", " ".join(statement.split())[:160])
    print("\n".join(["", f"{len(failing)} over a limit", *failing]))
    return 1 if failing else 0


if __name__ == "__main__":
    try:
        status = main()
    finally:
        for alias in connections:
            connections[alias].close()
        if not KEPT:
            remove_home(HOME)
    sys.exit(status)
