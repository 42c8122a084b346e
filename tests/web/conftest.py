"""Prepares the database for the pages, clears the throttle, and counts what each page asks."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, resolve

from tests import database
from tests.web.questions import asked, too_many


@pytest.fixture(scope="session", autouse=True)
def _database() -> None:
    database.prepared()


@pytest.fixture(autouse=True)
def _clean_throttle() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _few_questions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which a page asks too often, whatever else the test is about."""
    send, found = Client.request, []

    def request(client: Client, **given: Any) -> Any:
        with asked() as questions:
            answer = send(client, **given)
        with suppress(Resolver404):
            route = f"{given['REQUEST_METHOD']} {resolve(given['PATH_INFO']).route}"
            found.append(too_many(route, questions, is_conflict=answer.status_code == 409))
        return answer

    monkeypatch.setattr(Client, "request", request)
    yield
    assert "; ".join(filter(None, found)) == ""
