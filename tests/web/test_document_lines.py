"""The lines of a document fill in what was left empty, are checked, and are kept nowhere."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.records import queries
from tests import cast, stories
from tests.database import NOW, signed_in
from tests.exchange.test_travel_document import PASSPORT, with_sign
from tests.web.browsing import browser, fields_of, sent

OFFICER = cast.POLICE_OFFICER


@pytest.fixture
def place() -> str:
    """The page on who the person is, of a case of the officer."""
    return reverse("describe_person", kwargs={"case_ref": stories.contact(OFFICER)})


def told(place: str) -> dict[str, Any]:
    """Return what the newest description of the person says."""
    case_ref = UUID(place.split("/")[2])
    page = queries.case_page(signed_in(OFFICER), case_ref, at=NOW, opened=("D2",))
    entry = next(one for one in page.timeline if one.fact.kind == "person_described")
    return dict(entry.told or {})


class TestTheLines:
    def test_fill_in_what_was_left_empty(self, place: str) -> None:
        answer = sent(browser(OFFICER), place, lines="\n".join(PASSPORT), called="Ana")

        kept = told(place)
        assert answer.status_code == 302
        assert kept["names"] == "ANNA MARIA ERIKSSON" and kept["birthdate"] == "1974-08-12"
        assert "Passport L898902C3 of UTO, ran out on" in kept["documents"]
        assert "<<" not in str(kept)

    def test_leave_alone_what_she_says_herself(self, place: str) -> None:
        sent(browser(OFFICER), place, lines="\n".join(PASSPORT), names="Ana", documents="Hers")

        kept = told(place)
        assert kept["names"] == "Ana" and kept["documents"].startswith("Hers\nPassport")

    def test_that_do_not_add_up_are_refused_by_part(self, place: str) -> None:
        wrong = f"{PASSPORT[0]}\n{with_sign(PASSPORT[1], 14, '5')}"

        answer = sent(browser(OFFICER), place, lines=wrong, called="Ana")

        assert answer.status_code == 422
        assert "the date of birth does not add up" in answer.content.decode()
        assert fields_of(answer)["called"] == "Ana"
