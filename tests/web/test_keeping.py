"""Pages of confidence: a message, the media, data that got out, the end of keeping."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from tests import cast, stories
from tests.attacks.test_erasure import case_over
from tests.web.browsing import browser, sent

OFFICER = cast.POLICE_OFFICER
PLANNED = {
    f"{name}-{box}": value
    for name in ("review_on",)
    for box, value in (("day", "1"), ("month", "6"), ("year", "2031"))
}


def place(name: str, case_ref: UUID, **asked: str) -> str:
    """Return the address of a page of a case."""
    address = reverse(name, kwargs={"case_ref": case_ref})
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in asked.items())}"


def send(case_ref: UUID, name: str, asked: dict[str, str] | None = None, **typed: Any) -> Any:
    """Send a page of a case."""
    return sent(browser(OFFICER), place(name, case_ref, **(asked or {})), **typed)


def shown(case_ref: UUID) -> str:
    """Return the case page."""
    page: str = browser(OFFICER).get(place("case", case_ref)).content.decode()
    return page


@pytest.fixture
def case_ref() -> UUID:
    """A case of an adult."""
    return stories.contact(OFFICER, majority="adult")


class TestMessage:
    def test_is_kept_when_its_outside_tells_nothing(self, case_ref: UUID) -> None:
        letter = {"channel": "email", "sender": "Oak Street", "subject": "Tuesday", "text": "Ten"}

        assert send(case_ref, "write_to_person", **letter).status_code == 302
        assert "Message to the person written" in shown(case_ref)

    def test_comes_back_with_what_was_typed_and_a_way_to_the_rule(self, case_ref: UUID) -> None:
        letter = {"channel": "email", "sender": "Shelter", "subject": "Tuesday", "text": "Ten"}

        answer = send(case_ref, "write_to_person", **letter)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Write it without: shelter" in page
        assert "R48" in page
        assert 'value="Tuesday"' in page


class TestDataBreach:
    def test_is_recorded_reported_and_shown(self, case_ref: UUID) -> None:
        found = {"breach": "lost_or_stolen", "high_risk": "yes", "scopes": ["D2"]}

        assert send(case_ref, "record_data_breach", **found).status_code == 302
        page = shown(case_ref)
        assert "Report the data breach to the supervisory authority" in page
        assert "Tell the person of the data breach" in page

        about = str(stories.newest(OFFICER, case_ref, "data_breach_recorded"))
        assert send(case_ref, "report_data_breach", {"about": about}).status_code == 302
        assert "Report the data breach to the supervisory authority" not in shown(case_ref)


class TestMedia:
    def test_shows_nobody_without_a_consent_of_its_own(self, case_ref: UUID) -> None:
        item = {"medium": "online", "shows_person": "yes", "item": "A film"}

        answer = send(case_ref, "release_media_item", {"consent": "none"}, **item)

        assert answer.status_code == 422
        assert "agreed to this very item" in answer.content.decode()

    def test_may_be_released_when_it_shows_nobody(self, case_ref: UUID) -> None:
        item = {"medium": "online", "shows_person": "no", "item": "A film"}

        answer = send(case_ref, "release_media_item", {"consent": "none"}, **item)

        assert answer.status_code == 302


class TestKeeping:
    def test_can_be_held_longer_and_let_go(self, case_ref: UUID) -> None:
        held = send(case_ref, "set_legal_hold", reason="open_claim", **PLANNED)
        assert held.status_code == 302
        hold = str(stories.newest(OFFICER, case_ref, "legal_hold_set"))

        assert send(case_ref, "lift_legal_hold", {"hold": hold}).status_code == 302
        assert "Legal hold lifted" in shown(case_ref)

    def test_of_an_open_case_ends_with_no_erasure(self, case_ref: UUID) -> None:
        answer = send(case_ref, "propose_erasure")

        assert answer.status_code == 422
        assert "is not erased" in answer.content.decode()

    def test_ends_when_a_second_person_erases_the_record(self) -> None:
        case_ref = case_over("Webina Erased")
        assert send(case_ref, "propose_erasure").status_code == 302
        colleague = browser(cast.POLICE_COLLEAGUE)
        address = place("erase_record", case_ref)
        assert "Erase the record" not in shown(case_ref)
        assert "Erase the record" in colleague.get(place("case", case_ref)).content.decode()

        unread = sent(colleague, address)
        assert unread.status_code == 422
        assert "Look at the case first" in unread.content.decode()
        answer = sent(colleague, address, understood="on")

        assert answer.status_code == 302
        assert answer["Location"] == reverse("worklist")
        assert "Only a row without identity stays" in colleague.get("/").content.decode()
        assert colleague.get(place("case", case_ref)).status_code == 404


class TestPlanAndContact:
    def test_ask_how_others_called_the_case_and_whether_she_was_here(self) -> None:
        page = browser(OFFICER).get("/contact/").content.decode()

        assert "What did others call the case before?" in page
        assert "Was the person helped before?" in page
