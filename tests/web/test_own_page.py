"""Her own page in the browser: opened with her, read alone, shut; and the case manager's side."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from opennrm.records import own_door
from tests import cast, stories
from tests.doors import HOUSE, MANAGER, PRESSED, WORDS, Card, assessed, begun, shared
from tests.web.browsing import browser, fields_of, sent

MINE = "/my/"


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    cache.clear()


@pytest.fixture(scope="module")
def card(_database: None) -> Card:
    """A door with a house agreed to."""
    made = begun(tells_duress=True)
    stories.consent(MANAGER, made.case, HOUSE, "SH", ("D1",))
    return made


def hers(card: Card, words: str = WORDS) -> Client:
    """Open her page in a browser of its own."""
    client = Client(headers={"host": "localhost"})
    answer = client.post(MINE, {"code": card.code, "words": words})
    assert answer.status_code == 303, answer.content
    return client


def main(answer: Any) -> str:
    """Return what stands in the main part of a page."""
    page = answer.content.decode()
    return str(page[page.index('id="main-content"') :])


class TestOpening:
    def test_is_done_from_the_case_with_a_card_and_her_words(self) -> None:
        case = shared()
        manager = browser(MANAGER)
        desk = reverse("own_door", kwargs={"case_ref": case})
        before = manager.get(desk).content.decode()
        assert "She has no page of her own." in before
        assert reverse("assess_risk", kwargs={"case_ref": case}) in before
        assessed(case)

        opened = sent(manager, f"/case/{case}/own/", wanted="on", word="sparrow", language="ar")
        code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", main(opened))[0]
        printed = manager.post(reverse("own_card_pdf", args=[case]), {"code": code})
        first = reverse("own_first", kwargs={"case_ref": case})
        typed = {"code": code, "passphrase": WORDS, "again": WORDS, "under_pressure": PRESSED}
        ready = manager.post(first, typed, follow=True)

        assert printed.content.startswith(b"%PDF")
        assert "Her page is ready" in ready.content.decode()
        page = hers(Card(case, code)).get(MINE).content.decode()
        assert '<html lang="ar" dir="rtl"' in page

    @pytest.mark.parametrize(
        ("typed", "fault"),
        [
            ({"passphrase": "short", "again": "short"}, "too easy to guess"),
            ({"passphrase": "passwordpassword", "again": "passwordpassword"}, "too easy"),
            ({"passphrase": WORDS, "again": "other"}, "not the same"),
            ({"passphrase": WORDS, "again": WORDS, "under_pressure": WORDS}, "other words"),
            ({"passphrase": WORDS, "again": WORDS, "code": "0000"}, "not the code"),
        ],
        ids=["short", "common", "mistyped", "twice", "code"],
    )
    def test_takes_no_weak_or_mistyped_words(
        self, card: Card, typed: dict[str, str], fault: str
    ) -> None:
        address = reverse("own_first", kwargs={"case_ref": card.case})
        answer = browser(MANAGER).post(address, {"code": card.code, **typed})

        assert answer.status_code == 422
        assert fault in answer.content.decode()

    def test_is_closed_to_others(self, card: Card) -> None:
        for who in (cast.POLICE_OFFICER, cast.LAWYER, cast.HEALTH_WORKER):
            for name in ("own_door", "own_first"):
                assert browser(who).get(reverse(name, args=[card.case])).status_code == 404


class TestHerPage:
    def test_says_what_is_written_who_looked_and_what_would_stop(self, card: Card) -> None:
        answer = hers(card).get(MINE)

        assert answer["Cache-Control"] == "no-store"
        for words in ("What is written", cast.GREEN_DOOR.name, "they no longer see this"):
            assert words in main(answer)
        for hidden in ("Teuta", "Rama", "van came", cast.QUIET_HOUSE.name, "sparrow"):
            assert hidden not in answer.content.decode()

    def test_has_a_neutral_title_and_address_and_no_way_to_other_pages(self, card: Card) -> None:
        client = hers(card)
        for address in (MINE, "/my/write/", "/my/close/"):
            page = client.get(address).content.decode()
            assert "<title>My page</title>" in page
            assert "data-op-leave" in page
            links = set(re.findall(r'href="(/[^"]*)"', page))
            assert all(link.startswith(("/my/", "/static/")) for link in links), links

    def test_keeps_no_cookie_beyond_the_window(self, card: Card) -> None:
        client = hers(card)
        client.get(MINE)

        for cookie in client.cookies.values():
            assert not cookie["max-age"], cookie
            assert not cookie["expires"], cookie
        assert client.cookies["my"]["httponly"]
        assert client.cookies["my"]["samesite"] == "Strict"

    def test_is_left_with_nothing_on_the_device(self, card: Card) -> None:
        client = hers(card)
        secret = client.cookies["my"].value
        answer = client.post(reverse("leave"))

        assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        assert own_door.resume(secret) is None

    def test_answers_the_same_to_an_unknown_code_and_to_wrong_words(self, card: Card) -> None:
        def refused(code: str, words: str) -> str:
            client = Client(headers={"host": "localhost"})
            page = client.post(MINE, {"code": code, "words": words})
            assert page.status_code == 422
            return re.sub(r'value="[^"]*"', "", page.content.decode())

        assert refused(card.code, "not hers at all") == refused(own_door.new_code(), WORDS)

    def test_is_tried_at_a_slow_pace(self) -> None:
        client = Client(headers={"host": "localhost"})
        answers = {
            client.post(MINE, {"code": own_door.new_code(), "words": "no"}).status_code
            for _ in range(12)
        }

        assert answers == {422, 429}

    def test_speaks_the_language_she_chose_there(self) -> None:
        client = hers(begun())
        client.post("/my/language/", {"language": "ar"})

        assert '<html lang="ar" dir="rtl"' in client.get(MINE).content.decode()
        assert "language" not in client.cookies

    def test_lets_her_take_a_consent_back(self) -> None:
        mine = begun()
        given = stories.consent(MANAGER, mine.case, cast.LAWYER, "LA", ("D1",))
        client = hers(mine)

        asked = client.get(f"/my/{given}/")
        done = client.post(f"/my/{given}/")

        assert cast.LAWYERS.name in main(asked)
        assert "It is taken back" in main(done)
        assert stories.folded(MANAGER, mine.case).newest("consent_withdrawn") is not None

    def test_shows_no_consent_of_another(self, card: Card) -> None:
        other = stories.newest(MANAGER, begun().case, "consent_given")

        assert hers(card).post(f"/my/{other}/").status_code == 404

    def test_closes_for_good_when_she_says_so(self) -> None:
        mine = begun()
        client = hers(mine)
        done = client.post("/my/close/")

        assert "It is closed" in main(done)
        again = client.post(MINE, {"code": mine.code, "words": WORDS})
        assert again.status_code == 422

    def test_without_a_session_leads_to_the_first_page(self) -> None:
        client = Client(headers={"host": "localhost"})

        for address in ("/my/write/", "/my/close/", f"/my/{UUID(int=1)}/"):
            assert client.get(address)["Location"] == MINE
            assert client.post(address)["Location"] == MINE


class TestUnderPressure:
    def test_every_page_is_there_and_says_nothing_of_hers(self, card: Card) -> None:
        true, forced = hers(card), hers(card, PRESSED)
        shape = re.compile(r"<h[1-3][^>]*>|<form[^>]*>|<details[^>]*>")

        for address in (MINE, "/my/write/", "/my/close/"):
            assert forced.get(address).status_code == 200
        page = main(forced.get(MINE))
        assert cast.GREEN_DOOR.name not in page
        assert "No consent stands now." in page
        headings = {one for one in shape.findall(page) if "details" in one}
        assert headings == {one for one in shape.findall(main(true.get(MINE))) if "details" in one}

    def test_tells_her_case_manager_who_was_allowed_to_know(self, card: Card) -> None:
        hers(card, PRESSED)

        assert "Page opened under pressure" in browser(MANAGER).get("/notices/").content.decode()


class TestLetters:
    def test_are_read_and_answered_on_the_case_and_come_back(self) -> None:
        mine = begun()
        client = hers(mine)
        wrote = client.post("/my/write/", {"about": "correction", "text": "I am born in May."})
        manager = browser(MANAGER)
        desk = reverse("own_door", kwargs={"case_ref": mine.case})
        page = manager.get(desk)
        answered = re.search(r'action="(/letters/[^"]+)"', page.content.decode())[1]
        manager.post(answered, {"text": "We put it right.", "case": str(mine.case)})

        assert "It is sent." in main(wrote)
        assert "I am born in May." in main(page)
        assert "We put it right." in main(client.get("/my/write/"))

    def test_of_complaint_reach_the_data_office_only(self) -> None:
        mine = begun()
        hers(mine).post("/my/write/", {"about": "complaint", "text": "She told my brother."})

        desk = reverse("own_door", kwargs={"case_ref": mine.case})
        assert "my brother" not in browser(MANAGER).get(desk).content.decode()
        assert "my brother" in browser(cast.DATA_OFFICER).get("/who-reads/").content.decode()


class TestClosingByPhone:
    def test_shows_the_word_and_closes_at_once(self) -> None:
        mine = begun()
        client = hers(mine)
        manager = browser(MANAGER)
        address = reverse("close_own_door", kwargs={"case_ref": mine.case})
        asked = manager.get(address)
        manager.post(address, {**fields_of(asked), "reason": "by_phone"})

        assert "sparrow" in main(asked)
        assert "<form" in main(client.get(MINE))
        assert client.post(MINE, {"code": mine.code, "words": WORDS}).status_code == 422
