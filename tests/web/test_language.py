"""Anybody chooses the language of the pages; it stays in this window, and on the account."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.test import Client
from django.utils import translation

from opennrm.accounts.models import Account
from opennrm.web import words
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


class TestASentenceOfTheLaw:
    """Rooms of law join values into English sentences; pages say them in another language."""

    @pytest.fixture(autouse=True)
    def _catalogue(self, tmp_path, monkeypatch):
        folder = tmp_path / "fr" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        catalog = Catalog(locale="fr")
        catalog.add(
            "She has until {isoformat} to think again. Leave out: {what}.",
            "Ne pas mentionner : {what}. Elle a jusqu'au {isoformat} pour y repenser.",
        )
        catalog.add("She has {what}.", "Elle a {what}.")
        with (folder / "django.mo").open("wb") as out:
            write_mo(out, catalog)
        monkeypatch.setattr(words, "settings", SimpleNamespace(LOCALE_PATHS=[tmp_path]))
        words._templates.cache_clear()
        yield
        words._templates.cache_clear()

    def test_keeps_its_values_in_the_order_of_the_other_language(self):
        english = "She has until 2026-12-06 to think again. Leave out: the sum."

        with translation.override("fr"):
            said = words.said(english)

        assert (
            said == "Ne pas mentionner : the sum. Elle a jusqu'au 6 décembre 2026 pour y repenser."
        )

    def test_is_read_by_the_sentence_that_says_most(self):
        with translation.override("fr"):
            assert words.said("She has a bed.") == "Elle a a bed."
            assert "pour y repenser" in words.said(
                "She has until 2026-12-06 to think again. Leave out: the sum."
            )

    def test_says_each_of_several_values_in_the_other_language(self):
        values = ("Video link", "No contact with the accused, in court or on the way")

        with translation.override("fr"):
            said = words.said(f"She has {'; '.join(values)}.")
            alone = words.said(f"She has {values[1]}.")
            in_french = [translation.gettext(one) for one in values]

        assert not set(values) & set(in_french)
        assert said == f"Elle a {'; '.join(in_french)}."
        assert alone == f"Elle a {in_french[1]}."

    def test_stays_as_it_is_where_no_catalogue_has_it(self):
        with translation.override("fr"):
            assert words.said("Nobody has until noon.") == "Nobody has until noon."


class TestANotice:
    """Called like what it tells of, in the language of the reader."""

    @pytest.mark.parametrize("name", ["hearing_set", "opinion_asked", "referral_received"])
    def test_is_never_a_code(self, name: str):
        with translation.override("fr"):
            said = words.notice(name)

        assert said.casefold() != name.replace("_", " ")

    def test_is_called_like_the_fact_it_tells_of(self):
        with translation.override("fr"):
            assert words.notice("hearing_set") == words.kind("hearing_set") != "Hearing set"


class TestAReferenceInALine:
    """Of a choice, where no markup can keep its direction."""

    def test_stands_apart_and_whole_where_the_line_runs_from_the_right(self):
        with translation.override("ar"):
            assert words.apart("A7B2-9XYZ") == "\u2068A7B2-\u20609XYZ\u2069"
            assert words.apart("Green Door-Step") == "\u2068Green Door-Step\u2069"

    def test_stays_as_it_is_where_the_line_runs_from_the_left(self):
        with translation.override("fr"):
            assert words.apart("A7B2-9XYZ") == "A7B2-9XYZ"
