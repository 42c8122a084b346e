"""What every answer carries, and what no page holds."""

import re

import pytest
from django.test import Client

from opennrm.vocabulary.revealing import revealing_words
from opennrm.web.acts import ACTS
from tests import cast, stories
from tests.web.browsing import browser

PAGES = ("/", "/find/", "/notices/", "/account/", "/contact/", "/notify/", "/figures/", "/none/")
PUBLIC = ("/sign-in/", "/help/", "/help/thanks/")
LIMIT = 100_000


@pytest.fixture(scope="module")
def everything() -> dict[str, bytes]:
    """Every page of an officer with a case, by address."""
    client = browser(cast.POLICE_OFFICER)
    case = f"/case/{stories.contact(cast.POLICE_OFFICER)}/"
    of_the_case = [f"{case}{act.address}/" for act in ACTS.values() if not act.starts_case]
    longest = f"{case}record-screening/?list=child:labour"
    places = (*PAGES, *PUBLIC, case, *of_the_case, longest)
    return {place: client.get(place, follow=True).content for place in places}


class TestEveryAnswer:
    """Headers, on pages, on errors and on static files."""

    @pytest.mark.parametrize("place", ["/sign-in/", "/none/", "/help/"])
    def test_keeps_the_page_to_itself(self, place: str):
        answer = Client(headers={"host": "localhost"}).get(place)

        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "trusted-types 'none'" in policy
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
        assert "geolocation=()" in answer["Permissions-Policy"]

    def test_lets_static_files_be_kept(self):
        answer = Client(headers={"host": "localhost"}).get("/static/opennrm/opennrm.css")

        assert b"op-header" in b"".join(answer.streaming_content)
        assert "no-store" not in answer.get("Cache-Control", "")
        answer.close()


class TestEveryPage:
    """Weight and content of all pages."""

    def test_weighs_less_than_the_limit(self, everything: dict[str, bytes]):
        too_heavy = {place: len(page) for place, page in everything.items() if len(page) > LIMIT}

        assert too_heavy == {}

    def test_holds_no_script_or_style_of_its_own(self, everything: dict[str, bytes]):
        inline = re.compile(rb"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)")

        assert [place for place, page in everything.items() if inline.search(page)] == []

    def test_has_a_title_that_gives_nothing_away(self, everything: dict[str, bytes]):
        titles = [re.search(rb"<title>(.*?)</title>", page) for page in everything.values()]

        assert all(title and title[1].endswith(b"Case work") for title in titles)
        assert not any(title and b"traffick" in title[1].lower() for title in titles)

    def test_offers_the_way_out(self, everything: dict[str, bytes]):
        way = re.compile(rb'<form method="post" action="/leave/"[^>]*data-op-leave="https://')

        assert [place for place, page in everything.items() if not way.search(page)] == []

    def test_has_a_title_that_reveals_no_more_than_a_letter_may(
        self, everything: dict[str, bytes]
    ):
        """What stands in the list of windows and in the history is held to R48 like a letter."""
        told = {
            place: revealing_words(re.search(r"<title>(.*?)</title>", page.decode())[1])
            for place, page in everything.items()
        }

        assert {place: found for place, found in told.items() if found} == {}
        assert [place for place in everything if revealing_words(place.replace("-", " "))] == []

    def test_asks_no_other_site_for_anything(self, everything: dict[str, bytes]):
        asked = re.compile(rb"""(?:src|action|srcset)=["']https?:|<link[^>]+href=["']https?:""")

        assert [place for place, page in everything.items() if asked.search(page)] == []
