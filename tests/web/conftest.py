"""Prepares the database for the pages, clears the throttle, and counts what each page asks."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

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
        if (match := getattr(answer, "resolver_match", None)) is not None:
            route, conflict = f"{given['REQUEST_METHOD']} {match.route}", answer.status_code == 409
            found.append(too_many(route, questions, is_conflict=conflict))
        return answer

    monkeypatch.setattr(Client, "request", request)
    yield
    assert "; ".join(filter(None, found)) == ""
