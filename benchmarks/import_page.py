"""Times an import of many rows through the page, in a real browser that shows how far it is.

    .venv/bin/python benchmarks/import_page.py [--rows 100000] [--bad 300] [--pictures FOLDER]

A home of its own whose database waits for the disk, the demonstration, the real web server with
its workers, and Chromium: sign in, upload, columns, check, record. Nobody presses anything else.
Fails when it takes longer than ten minutes, or the bar that shows how far it is ever goes back.
"""

# ruff: noqa: PLC0415 - nothing of Django may be imported before its settings are named

import argparse
import os
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.htcds_import import PASSPHRASE, written
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

MOST_SECONDS, LOOK_EVERY = 600.0, 2.0
CHROMIUM, FLAGS = "/usr/bin/chromium", ["--no-sandbox", "--disable-gpu"]
FAR = "() => document.querySelector('#op-far')?.value ?? null"
HEADING = "() => document.querySelector('main')?.innerText ?? ''"


def main() -> int:
    """Prepare, serve, import through the browser, print, and say whether it was in time."""
    from playwright.sync_api import sync_playwright

    from opennrm.config.preparing import prepare_database
    from opennrm.console.demonstration.enrolling import enrol_demonstration
    from opennrm.console.serving import pages

    given = asked()
    prepare_database()
    enrol_demonstration()
    with (
        tempfile.TemporaryDirectory() as folder,
        pages(given.port, {}) as server,
        sync_playwright() as playwright,
    ):
        book = Path(folder) / "cases.xlsx"
        written(book, given.rows, given.bad)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(base_url=f"http://127.0.0.1:{given.port}")
        page.set_default_timeout(120_000)
        walk = Walk(page, server.pid, given)
        took = walk.imported(book)
        browser.close()
    return int(took > MOST_SECONDS or not walk.only_forward)


class Walk:
    """One person at a browser, from the upload to the last row, and what it took."""

    def __init__(self, page: Any, server: int, given: argparse.Namespace) -> None:
        self.page, self.server, self.given = page, server, given
        self.only_forward = True
        self._since = time.monotonic()
        self._cpu = self._spent()

    def imported(self, book: Path) -> float:
        """Go the whole way and return the seconds from the upload to the end."""
        page = self.page
        page.goto("/sign-in/")
        page.fill("#op-login", "police")
        page.fill("#op-password", PASSPHRASE)
        page.click("main button[type=submit]")
        page.wait_for_url("**/")
        page.goto("/imports/")
        page.set_input_files("input[name=file]", str(book))
        self._told(None)
        page.click("main button:has-text('Look at this file')")
        page.wait_for_selector("select[name=column-1]")
        total = self._told("uploaded")
        page.click("main button:has-text('Check the rows')")
        self._watched("checking", until="can be recorded")
        total += self._told("checked")
        page.click("main button:has-text('Record the good rows')")
        self._watched("recording", until="are recorded.")
        total += self._told("recorded")
        print(page.inner_text("main .op-panel"))
        memory = family_memory(self.server)
        print(f"together {total:.1f} s; memory of the web server {memory} MiB; "
              f"load average {os.getloadavg()[0]:.1f}")  # fmt: skip
        return total

    def _watched(self, what: str, *, until: str) -> None:
        """Look at the page from time to time until it says that it is done."""
        seen: list[tuple[float, float]] = []
        while until not in (said := self._said(HEADING)):
            far = self._said(FAR)
            if far is not None and (not seen or far != seen[-1][0]):
                self.only_forward = self.only_forward and (not seen or far > seen[-1][0])
                seen.append((far, time.monotonic()))
                self._pictured(what, far)
            time.sleep(LOOK_EVERY)
        assert said
        print(f"  {what}: the bar stood at {len(seen)} places; rows a second {paces(seen)}")

    def _said(self, asked: str) -> Any:
        """Ask the page something; between two pages there is nothing to be asked."""
        from playwright.sync_api import Error

        try:
            return self.page.evaluate(asked)
        except Error:
            return "" if asked == HEADING else None

    def _pictured(self, what: str, far: float) -> None:
        if self.given.pictures and far > self.given.rows / 2:
            place = Path(self.given.pictures) / f"{what}.png"
            if not place.exists():
                self.page.screenshot(path=str(place))

    def _told(self, what: str | None) -> float:
        """Print what a part took and begin the next."""
        now, cpu = time.monotonic(), self._spent()
        took = now - self._since
        if what:
            web, database = (
                (new - old) / self.given.rows * 1000
                for new, old in zip(cpu, self._cpu, strict=True)
            )
            print(f"{what} in {took:.1f} s; CPU a row: {web:.2f} ms of the web server, "
                  f"{database:.2f} ms of the database")  # fmt: skip
        self._since, self._cpu = now, cpu
        sys.stdout.flush()
        return took

    def _spent(self) -> tuple[float, float]:
        return family_seconds(self.server), database_seconds(HOME)


def paces(seen: list[tuple[float, float]]) -> str:
    """Tell how many rows went by in a second, in each fifth of the places the bar stood at."""
    every = max(1, len(seen) // 5)
    ends = seen[::every]
    each = [
        f"{(far - before) / (at - since):.0f}" for (before, since), (far, at) in pairwise(ends)
    ]
    return ", ".join(each) or "not seen"


def asked() -> argparse.Namespace:
    """Read how many rows are wanted."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--rows", type=int, default=100_000)
    reading.add_argument("--bad", type=int, default=300)
    reading.add_argument("--port", type=int, default=8948)
    reading.add_argument("--pictures", default="", help="a folder for pictures of the page")
    return reading.parse_args()


if __name__ == "__main__":
    try:
        code = main()
    finally:
        from django.db import connections

        connections.close_all()
        remove_home(HOME)
    sys.exit(code)
