"""Two people at one case: nothing typed is lost, nothing is sent twice, and both see both."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from opennrm.records import queries
from tests import cast, stories
from tests.database import NOW, signed_in
from tests.web.browsing import browser, fields_of

MANAGER = cast.CASE_MANAGER
PARTS = ("D1", "D2", "D4", "D8", "D9", "D10")


@pytest.fixture
def case() -> UUID:
    """A case that the case manager holds."""
    ref = stories.contact(cast.POLICE_OFFICER)
    stories.described(cast.POLICE_OFFICER, ref, names="Hana Example")
    referral = stories.referred(cast.POLICE_OFFICER, ref, MANAGER, "CM", PARTS)
    stories.answered(MANAGER, ref, referral)
    return ref


def typed(client: Client, address: str, **more: Any) -> dict[str, Any]:
    """Open a form and type into it, without sending it yet."""
    return {**fields_of(client.get(address)), **more}


def needs(case: UUID) -> list[Any]:
    """Return the assessments of needs in the record."""
    facts = queries.case_page(signed_in(MANAGER), case, at=NOW).case.facts
    return [one for one in facts if one.kind == "needs_assessed"]


class TestTwoSessions:
    """The same form, opened twice before either is sent."""

    def test_show_both_field_by_field_and_lose_nothing(self, case: UUID):
        address = f"/case/{case}/assess-needs/"
        first, second = browser(MANAGER), browser(MANAGER)
        hers = typed(first, address, domains=["housing"], needs="A room with a lock")
        his = typed(second, address, domains=["debt", "housing"], needs="A quiet room first")
        assert first.post(address, hers).status_code == 302

        answer = second.post(address, his)
        page = answer.content.decode()

        assert answer.status_code == 409
        assert page.count("A room with a lock") == 1
        assert page.count("A quiet room first") == 2  # beside hers, and still in the form
        assert "differs" in page
        assert len(needs(case)) == 1

        again = fields_of(answer)
        assert again["needs"].strip() == "A quiet room first"
        assert sorted(again["domains"]) == ["debt", "housing"]
        assert second.post(address, again).status_code == 302
        assert len(needs(case)) == 2

    def test_send_nothing_twice(self, case: UUID):
        address = f"/case/{case}/assess-needs/"
        client, other = browser(MANAGER), browser(MANAGER)
        form = typed(client, address, domains=["housing"])

        answers = [one.post(address, form) for one in (client, other, client)]

        assert [answer.status_code for answer in answers] == [302, 302, 302]
        assert len(needs(case)) == 1

    def test_do_not_open_names_that_nobody_asked_for(self, case: UUID):
        address = f"/case/{case}/describe-person/"
        first, second = browser(cast.POLICE_OFFICER), browser(cast.POLICE_COLLEAGUE)
        hers = typed(first, address, names="Lume Example")
        his = typed(second, address, names="Lumturie Example")
        assert first.post(address, hers).status_code == 302

        page = second.post(address, his).content.decode()

        assert "Names and contacts stay hidden here." in page
        assert "Lume Example" not in page
        assert "Lumturie Example" in page
