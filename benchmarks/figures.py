"""Measures import, page and disclosure audit on public rows, each against a floor of the same run.

Usage: python benchmarks/figures.py PUBLIC_FILE.csv.gz
"""

# ruff: noqa: PLC0415 - nothing of Django may be imported before its settings are named

import csv
import gzip
import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opennrm.config.settings")
os.environ.setdefault("OPENNRM_HOME", tempfile.mkdtemp(prefix="opennrm-benchmark-"))
os.environ.setdefault("OPENNRM_THROW_AWAY", "1")
FLOOR_ROUNDS = 5


def timed(act: Callable[[], Any]) -> tuple[float, float, Any]:
    """Wall and CPU seconds of an act, and what it returned."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = act()
    return time.perf_counter() - wall, time.process_time() - cpu, result


def fastest(act: Callable[[], Any]) -> tuple[float, float, Any]:
    """The fastest of some rounds."""
    return min((timed(act) for _ in range(FLOOR_ROUNDS)), key=lambda one: one[0])


def say(task: str, measured: tuple[float, float, Any], floor: tuple[float, float, Any]) -> None:
    """One line of the table of results."""
    wall, cpu = measured[0], measured[1]
    print(f"| {task} | {wall:.2f} | {cpu:.2f} | {floor[0]:.3f} | {wall / floor[0]:.1f} |")


@contextmanager
def database() -> Iterator[tuple[Any, Any]]:
    """A scratch database with the tables of the release desk, seen by two roles."""
    import django

    django.setup()
    from django.db import connections

    from opennrm.config.databases import database_name, server
    from opennrm.records.setting_up import set_up_database

    server().ensure_database(database_name())
    set_up_database()
    try:
        yield connections["statistics"], connections["owner"]
    finally:
        connections.close_all()
        server().stop()


def plain_copy(owner: Any, path: Path) -> int:
    """The floor of the import: the same rows, unread, into a table of text columns."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        text = stream.read()
    header = next(csv.reader(io.StringIO(text)))
    columns = ", ".join(f"c{place} text" for place in range(len(header)))
    with owner.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS plain")
        cursor.execute(f"CREATE TABLE plain ({columns})")
        with cursor.copy("COPY plain FROM STDIN WITH (FORMAT csv, HEADER)") as copy:
            copy.write(text)
        cursor.execute("SELECT count(*) FROM plain")
        return int(cursor.fetchone()[0])


def group_by(connection: Any) -> list[Any]:
    """The floor of the page: the same break-down, counted and not protected."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sex, age, count(*) FROM statistics.external_row GROUP BY sex, age")
        return list(cursor.fetchall())


def import_and_pages(connection: Any, owner: Any, path: Path) -> None:
    """Import, then each table of the page; print a line for each."""
    from opennrm.rapporteur.importing import import_ctdc
    from opennrm.rapporteur.table_html import table_html
    from opennrm.rapporteur.table_page import Asked, table_page_model

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    at = datetime(2026, 1, 1, tzinfo=UTC)
    imported = timed(lambda: import_ctdc(path, connection=connection, at=at))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    floor = timed(lambda: plain_copy(owner, path))
    say(f"import {imported[2].rows:,} rows (floor: COPY)", imported, floor)
    key = str(imported[2].data_set)
    floor = fastest(lambda: group_by(connection))
    for name in ("sex_by_age", "form_by_sex", "citizenship_by_sex", "form_by_scope"):

        def page(name: str = name) -> str:
            model = table_page_model(Asked(key, name), connection=connection)
            return table_html(model.result)

        say(f"page {name} (floor: GROUP BY)", timed(page), floor)
    print(
        f"\npeak memory of this process: {before // 1024} MiB before, "
        f"{peak // 1024} MiB after import"
    )
    linked(connection, key)


def linked(connection: Any, key: str) -> None:
    """Protect and audit all tables of the catalogue together; print a line for each."""
    from opennrm.rapporteur.catalogue import shapes_for
    from opennrm.rapporteur.sources import dimensions_of, period_of, source, tally_of
    from opennrm.statistics import count_cells, protect

    chosen = source(connection, key)
    period = period_of(connection, chosen)
    shapes = shapes_for(dimensions_of(connection, chosen), period)
    tally = tally_of(connection, chosen, period)
    floor = fastest(lambda: [count_cells(one, tally) for one in shapes])
    print("\n| disclosure control of the linked set | wall s | CPU s | floor s | ratio |")
    print("| --- | --- | --- | --- | --- |")
    for exact in (False, True):
        found = timed(lambda exact=exact: protect(shapes, tally, exact=exact))
        cells = {cell: value for table in found[2].tables for cell, value in table.cells.items()}
        hidden = sum(value is None for value in cells.values())
        kind = "exact limits of each" if exact else "shown wide enough"
        say(f"{len(cells)} cells, {hidden} hidden, {kind} (floor: counting)", found, floor)
    widths = [one.width for one in found[2].audit.intervals]
    print(
        f"\nnarrowest interval of a hidden cell: {min(widths)}; "
        f"failures: {len(found[2].audit.failures)}"
    )


def main() -> None:
    """Run every measure on one file."""
    path = Path(sys.argv[1])
    with database() as (connection, owner):
        print("| task | wall s | CPU s | floor s | ratio |")
        print("| --- | --- | --- | --- | --- |")
        import_and_pages(connection, owner, path)


if __name__ == "__main__":
    main()
