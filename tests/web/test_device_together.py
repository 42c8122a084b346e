"""People met together on a device without a line: drawn small, sent as one, split once."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from tests import cast
from tests.web.browsing import browser
from tests.web.test_device import LARGEST, send
from tests.web.test_together import counted

PAGE = "/steps/device/together/"
PLACE = {
    "route": ["own_detection"],
    "channel": ["inspection"],
    "words": ["A greenhouse."],
    "contact_on-day": ["1"],
    "contact_on-month": ["3"],
    "contact_on-year": ["2026"],
}


@pytest.fixture
def officer() -> Client:
    """A border officer's browser."""
    return browser(cast.BORDER_OFFICER)


def one(band: str, **more: str) -> dict[str, list[str]]:
    """Return what a device keeps of somebody with a wristband."""
    known = {"majority": "adult", "language": "ne", "papers": "employer", "help": "labour"}
    answers = {**known, "danger": "low", "sex": "male", "wristband": band, **more}
    return {name: [value] for name, value in answers.items() if value}


def send_all(client: Client, draft: str, people: Any, place: Any = None) -> Any:
    """Send a list as the page does."""
    told = {"draft": draft, "answers": PLACE if place is None else place, "people": people}
    return client.post("/steps/device/send/", told, content_type="application/json")


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_page_is_small_in_every_language_and_names_nobody(officer: Client, language: str):
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = officer.get(PAGE)

    assert f'lang="{language}"' in page.content.decode()
    assert len(page.content) < LARGEST
    for house in (cast.GREEN_DOOR, cast.TOWN_POLICE, cast.CHILD_SERVICE, cast.QUIET_HOUSE):
        assert house.name not in page.content.decode()
    assert "csrfmiddlewaretoken" not in page.content.decode()


def test_the_page_is_for_those_who_meet_people():
    assert browser(cast.LAWYER).get(PAGE).status_code == 404


def test_a_list_is_split_once_however_often_it_is_sent(officer: Client):
    draft, before = str(uuid4()), counted()
    people = [one("1", wages="Three months"), one("2", family="A"), one("", help="nothing")]
    people[2]["wristband"] = ["3"]

    first = send_all(officer, draft, people)
    again = send_all(officer, draft, people[:1])

    assert first.status_code == 200, first.content
    assert first.json()["state"] == "sent"
    assert first.json() == again.json()
    assert counted() == before + 2
    page = officer.get(first.json()["address"]).content.decode()
    assert '<span class="op-code">1</span>' in page
    assert '<span class="op-code">2</span>' in page


@pytest.mark.parametrize(
    ("people", "open_ones"),
    [
        ([], ["place"]),
        ([one("1"), one("1")], ["1"]),
        ([one("1"), one("")], ["1"]),
        ([one("1", majority="sheep")], ["0"]),
        ([one(str(number)) for number in range(101)], ["100"]),
    ],
    ids=("nobody", "one number twice", "no number", "no such age", "too many"),
)
def test_what_cannot_be_taken_is_named_and_nothing_is_made(
    officer: Client, people: Any, open_ones: list[str]
):
    before = counted()

    answer = send_all(officer, str(uuid4()), people)

    assert answer.status_code == 422
    assert [name for name, _label in answer.json()["screens"]] == open_ones
    assert counted() == before


def test_a_place_that_is_not_described_is_named(officer: Client):
    answer = send_all(officer, str(uuid4()), [one("1")], {**PLACE, "channel": ["sheep"]})

    assert [name for name, _label in answer.json()["screens"]] == ["place"]


@pytest.mark.parametrize(
    "people",
    ["one", [1], [["a"]], [{"wristband": "1"}], [{"wristband": [1]}], [{"wristband": ["\0"]}], {}],
    ids=("a word", "a number", "a list", "no list", "a number in it", "a zero byte", "no people"),
)
def test_what_is_no_list_of_people_is_refused(officer: Client, people: Any):
    answer = send_all(officer, str(uuid4()), people)

    assert answer.status_code in (400, 422)


def test_a_draft_of_one_person_is_as_before(officer: Client):
    assert send(officer, str(uuid4()), {}).status_code == 422
