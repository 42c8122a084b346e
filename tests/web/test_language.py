"""Anybody chooses the language of the pages; it stays in this window, and on the account."""

from collections.abc import Iterator

import pytest
from django.test import Client

from opennrm.accounts.models import Account
from tests import cast
from tests.web.browsing import browser

READER = cast.POLICE_OFFICER


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    Account.objects.using("owner").filter(ref=READER.account).update(language="en")


def chosen(client: Client, language: str, back: str = "/rules/"):
    """Choose a language at the foot of a page."""
    return client.post("/language/", {"language": language, "back": back})


class TestChoosing:
    @pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
    def test_turns_the_pages_without_an_account(self, language, direction):
        client = Client(headers={"host": "localhost"})

        answer = chosen(client, language)

        assert answer["Location"] == "/rules/"
        page = client.get("/rules/").content.decode()
        assert f'<html lang="{language}" dir="{direction}"' in page

    def test_is_forgotten_with_the_window(self):
        cookie = chosen(Client(headers={"host": "localhost"}), "fr").cookies["language"]

        assert not cookie["max-age"]
        assert not cookie["expires"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"

    def test_is_remembered_on_the_account_of_whoever_is_signed_in(self):
        chosen(browser(READER), "ru", "/account/")

        elsewhere = browser(READER).get("/account/").content.decode()
        assert '<html lang="ru"' in elsewhere
        assert Account.objects.using("owner").get(ref=READER.account).language == "ru"

    def test_of_this_window_goes_before_that_of_the_account(self):
        client = browser(READER)
        Account.objects.using("owner").filter(ref=READER.account).update(language="ru")

        chosen(Client(headers={"host": "localhost"}), "fr")
        client.cookies["language"] = "de"

        assert '<html lang="de"' in client.get("/account/").content.decode()

    @pytest.mark.parametrize(
        "back", ["https://example.org/", "//example.org/", "javascript:0", ""]
    )
    def test_never_leads_to_another_site(self, back):
        answer = chosen(Client(headers={"host": "localhost"}), "fr", back)

        assert answer["Location"] == "/sign-in/"

    def test_takes_no_language_that_the_pages_do_not_have(self):
        answer = chosen(Client(headers={"host": "localhost"}), "xx")

        assert "language" not in answer.cookies

    def test_names_each_language_in_its_own_words(self):
        page = Client(headers={"host": "localhost"}).get("/rules/").content.decode()

        assert all(name in page for name in ("العربية", "Deutsch", "Español", "Français"))
        assert "native practitioner" not in page
