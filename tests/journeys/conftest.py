"""A real browser on real pages; skipped, saying so, where Chromium is not installed."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests import cast, database
from tests.journeys import live
from tests.journeys.arriving import Colleague

# Playwright's own loop runs in this thread; the fixtures below use the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The pages, served on this machine."""
    if not live.CHROMIUM.exists():
        pytest.skip(f"{live.CHROMIUM} is not installed, so no page can be walked through")
    database.prepared()
    with live.served() as address:
        yield address


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    """Forget how often somebody signed in: all of these people come from one machine."""
    cache.clear()


@pytest.fixture(scope="session")
def chromium(site: str) -> Iterator[Any]:
    """A headless browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(live.CHROMIUM), args=live.FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def at_desk(chromium: Any, site: str) -> Iterator[Callable[..., live.Person]]:
    """Sit a person of the cast down at a browser of her own."""
    people: list[live.Person] = []

    def sit(member: cast.Member, **look: Any) -> live.Person:
        people.append(live.Person(chromium, site, member, **({"viewport": live.DESK} | look)))
        return people[-1]

    yield sit
    for person in people:
        person.context.close()


@pytest.fixture
def arriving(chromium: Any, site: str) -> Iterator[Callable[..., Colleague]]:
    """Sit a person of the cast down at a browser, signed in already."""
    people: list[Colleague] = []

    def sit(member: cast.Member, **look: Any) -> Colleague:
        people.append(Colleague(chromium, site, member, **({"viewport": live.DESK} | look)))
        return people[-1]

    yield sit
    for person in people:
        person.context.close()
