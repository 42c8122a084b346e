"""A hand-over through the pages of both focal points, as they would do it in a browser."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from opennrm.records.abroad import partners
from opennrm.vocabulary.hand_over import HandOverState
from tests import cast
from tests.database import NOW
from tests.records.abroad.two_states import (
    ABROAD,
    HERE,
    NAME,
    POINT,
    RECEIVER,
    SENDER,
    Story,
    carry_all,
    direct,
    offered,
)
from tests.web.browsing import browser, fields_of

# Pages work by the clock of the machine, which has gone on since the run began.
LATER = NOW + timedelta(minutes=30)


@pytest.fixture(scope="module")
def here() -> Client:
    with HERE:
        return browser(SENDER)


@pytest.fixture(scope="module")
def abroad() -> Client:
    with ABROAD:
        return browser(RECEIVER)


def shown(where: Any, client: Client, name: str, **parts: Any) -> str:
    with where:
        answer = client.get(reverse(name, kwargs=parts))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(where: Any, client: Client, name: str, typed: dict[str, Any], **parts: Any) -> Any:
    address = reverse(name, kwargs=parts)
    with where:
        page = client.get(address)
        return client.post(address, {**fields_of(page), **typed})


def carried() -> None:
    """Carry everything to and fro."""
    carry_all(at=LATER, line=lambda to, text: direct(to, text, at=LATER))


def come(story: Story) -> Story:
    carried()
    return story


class TestTheInbox:
    def test_shows_a_preview_takes_an_answer_and_begins_a_case(self, abroad: Client) -> None:
        story = come(offered(services=("shelter",)))
        asked = shown(ABROAD, abroad, "hand_over_abroad", hand_over=story.hand_over)
        assert "Adult" in asked
        assert "Shelter" in asked
        assert NAME not in asked

        answer = sent(
            ABROAD, abroad, "hand_over_abroad", {"answer": "accepted"}, hand_over=story.hand_over
        )
        assert answer.status_code == 302
        carried()
        story.hand_over_rest()
        carried()
        with ABROAD:
            begun = abroad.post(reverse("hand_over_abroad", kwargs={"hand_over": story.hand_over}))
            case = abroad.get(begun["Location"])

        assert case.status_code == 200
        assert story.cases_abroad() == 1
        carried()
        assert story.stands(HERE) is HandOverState.TAKEN_OVER

    def test_asks_for_a_reason_with_a_refusal(self, abroad: Client) -> None:
        story = come(offered())

        answer = sent(
            ABROAD, abroad, "hand_over_abroad", {"answer": "refused"}, hand_over=story.hand_over
        )

        assert answer.status_code == 422
        assert story.stands(ABROAD) is HandOverState.OFFERED

    def test_asks_what_became_of_what_was_taken_over(self, abroad: Client) -> None:
        story = come(offered())
        story.answer()
        carried()
        story.hand_over_rest()
        carried()
        story.take_over()
        carried()
        story.withdraw()
        carried()
        assert "taken back" in shown(ABROAD, abroad, "hand_over_abroad", hand_over=story.hand_over)

        sent(ABROAD, abroad, "hand_over_abroad", {"done": "deleted"}, hand_over=story.hand_over)
        carried()

        assert story.stands(HERE) is HandOverState.CLOSED

    def test_is_seen_by_focal_points_alone(self) -> None:
        story = come(offered())
        with HERE:
            police = browser(cast.POLICE_OFFICER)
            for name, parts in (
                ("abroad", {}),
                ("partners", {}),
                ("hand_over_abroad", {"hand_over": story.hand_over}),
            ):
                assert police.get(reverse(name, kwargs=parts)).status_code == 404


class TestTheSender:
    def test_lists_its_hand_overs_and_their_story(self, here: Client) -> None:
        story = come(offered())

        assert "Receiving Point" in shown(HERE, here, "abroad")
        told = shown(HERE, here, "hand_over_abroad", hand_over=story.hand_over)
        assert "arrived there" in told
        assert NAME not in told

    def test_hands_over_on_the_page_of_the_case(self, here: Client) -> None:
        story = come(offered())
        story.answer()
        carried()
        chosen = {"case_ref": story.case_ref}
        with HERE:
            address = reverse("send_hand_over", kwargs=chosen) + f"?hand_over={story.hand_over}"
            page = here.get(address)
            assert page.status_code == 200
            typed = {"names": NAME, "summary_D8S": "Afraid of one man."}
            answer = here.post(address, {**fields_of(page), **typed})

        assert answer.status_code == 302
        assert story.stands(HERE) is HandOverState.HANDED_OVER

    def test_offers_on_the_page_of_the_case(self, here: Client) -> None:
        story = offered()
        with HERE:
            address = reverse("offer_hand_over", kwargs={"case_ref": story.case_ref})
            page = here.get(f"{address}?consent={story.consent}")
            assert page.status_code == 200
            typed = {"movement": "is_there", "age_group": "adult"}
            answer = here.post(f"{address}?consent={story.consent}", {**fields_of(page), **typed})

        assert answer.status_code == 302, re.findall(
            r"error-message[^>]*>(.*?)</p>", answer.content.decode(), re.S
        )

    def test_takes_it_back_on_the_page_of_the_case(self, here: Client) -> None:
        story = come(offered())
        with HERE:
            address = reverse("revoke_hand_over", kwargs={"case_ref": story.case_ref})
            page = here.get(f"{address}?hand_over={story.hand_over}")
            here.post(
                f"{address}?hand_over={story.hand_over}",
                {**fields_of(page), "reason": "plan_changed"},
            )
        carried()

        assert story.stands(ABROAD) is HandOverState.CLOSED


class TestPartners:
    def test_shows_the_own_card_and_gives_it_as_a_file(self, here: Client) -> None:
        with HERE:
            own = partners.own_card(HERE.session(SENDER))
            assert own is not None
            assert own.fingerprint in shown(HERE, here, "partners")
            file = here.get(reverse("own_card"))

        assert file.content.decode() == own.text()
        assert "attachment" in file["Content-Disposition"]

    def test_takes_no_card_with_another_fingerprint(self, here: Client) -> None:
        with ABROAD:
            card = partners.own_card(ABROAD.session(RECEIVER))
        assert card is not None
        with HERE:
            upload = SimpleUploadedFile("card.json", card.text().encode())
            answer = here.post(reverse("partners"), {"card": upload, "fingerprint": "0000 1111"})

        assert answer.status_code == 422
        assert "not the fingerprint" in answer.content.decode()

    def test_shows_who_is_trusted(self, abroad: Client) -> None:
        told = shown(ABROAD, abroad, "partners")

        assert "Trusted" in told


class TestFiles:
    def test_carry_a_hand_over_in_the_browser(self, here: Client, abroad: Client) -> None:
        story = offered()
        with HERE:
            file = here.post(reverse("messages_as_file", kwargs={"partner": POINT.organisation}))
        receipts = self.uploaded(ABROAD, abroad, file.content)
        heard = self.uploaded(HERE, here, receipts.content)

        assert receipts["Content-Disposition"] == 'attachment; filename="receipts.txt"'
        assert heard.status_code == 302
        assert story.told(HERE) == story.told(ABROAD)
        assert NAME.encode() not in file.content

    def test_say_when_a_file_is_of_nobody(self, here: Client) -> None:
        answer = self.uploaded(HERE, here, b"nothing of anybody")

        assert answer.status_code == 302
        with HERE:
            assert "not from a partner" in here.get(reverse("abroad")).content.decode()

    def uploaded(self, where: Any, client: Client, content: bytes) -> Any:
        with where:
            return client.post(
                reverse("carried_file"), {"file": SimpleUploadedFile("messages.txt", content)}
            )
