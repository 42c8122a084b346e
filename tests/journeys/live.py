"""Serves the pages from a thread of the test run, and drives a headless browser."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from tests import cast, database

# The shell without a window draws the same pages in two thirds of the time.
PROGRAMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next((path for path in PROGRAMS if path.exists()), PROGRAMS[-1])
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
# bin/nightly looks at both widths.
WIDE_TOO = ["DESK"] if "OPENNRM_WIDTHS" in os.environ else []
NARROW_LOOKS, PHONE_LOOKS = [*WIDE_TOO, "NARROW"], [*WIDE_TOO, "PHONE"]


class QuietHandler(WSGIRequestHandler):
    """Serves without a line in the log for each request."""

    def log_message(self, *args: Any) -> None:
        """Keep quiet."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the pages on a free port of this machine and answer with their address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Person:
    """One person of the cast at her own browser."""

    def __init__(self, browser: Any, site: str, member: cast.Member, **look: Any) -> None:
        self.context = browser.new_context(base_url=site, **look)
        self.page = self.context.new_page()
        self._sign_in(member)

    def _sign_in(self, member: cast.Member) -> None:
        self.page.goto("/sign-in/")
        self.page.fill("#op-login", database.sign_in_name(member))
        self.page.fill("#op-password", database.passphrase(member))
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)

    def open(self, case: str, link: str) -> None:
        """Open a case and follow one of the things that can be done, out of its closed group."""
        self.page.goto(case)
        step = self.page.locator("a", has_text=link)
        if not self.page.locator(".op-panel").locator(step).first.is_visible():
            self.page.locator(".op-steps", has=step).locator("summary").click()
        self.page.locator(".op-panel").locator(step).first.click()

    def choose(self, *values: str) -> None:
        """Choose radios or ticks by their names and values, written name=value."""
        for pair in values:
            name, _, value = pair.partition("=")
            self.page.check(f"input[name='{name}'][value='{value}']")

    def pick(self, name: str, value: str) -> None:
        """Choose from a list that opens."""
        self.page.select_option(f"select[name='{name}']", value)

    def write(self, name: str, text: str) -> None:
        """Write into a field."""
        self.page.fill(f"[name='{name}']", text)

    def day(self, name: str, day: Any) -> None:
        """Write a day into its three boxes."""
        for box, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.page.fill(f"[name='{name}-{box}']", str(value))

    def send(self) -> str:
        """Press the main button and say which page came."""
        self.page.click("main form[method=post] button[type=submit] >> nth=-1")
        self.page.wait_for_load_state()
        return str(self.page.url)
