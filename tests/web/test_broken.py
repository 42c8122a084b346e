"""A fault of ours, a database that takes nothing, and what a browser is told for a year."""

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings

from opennrm.web.errors import broken


def test_a_database_that_takes_nothing_gives_a_plain_page_to_come_back_to() -> None:
    try:
        raise OperationalError("could not extend file: No space left on device")
    except OperationalError:
        answer = broken(RequestFactory().get("/"))

    said = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "nothing was half saved" in said
    assert "No space left" not in said


@pytest.mark.parametrize(("below", "named"), [(True, True), (False, False)])
def test_what_lies_below_the_address_is_named_where_it_was_set(
    _database: None, *, below: bool, named: bool
) -> None:
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=below):
        answer = Client(headers={"host": "localhost"}).get("/sign-in/", secure=True)

    assert ("includeSubDomains" in answer["Strict-Transport-Security"]) is named
