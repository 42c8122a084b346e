"""The five journeys of the co-ordination in other languages: no English is left on their pages."""

import os
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from opennrm.accounts.models import Account
from tests.coordination.walking import Journeys, journeys, left_in_english, typed
from tests.web.browsing import browser

# bin/nightly walks in all six.
LANGUAGES = ["ar", "de", "es", "fr", "it", "ru"] if "OPENNRM_LANGUAGES" in os.environ else ["ar"]


@pytest.fixture(scope="module")
def walks() -> Journeys:
    made = journeys()
    typed.cache_clear()
    return made


@pytest.fixture(scope="module")
def in_english(walks: Journeys) -> dict[str, str]:
    """Each page of each journey in English."""
    return {
        page: client.get(page).content.decode()
        for name, (_who, pages) in walks.items()
        for client in [walker(walks, name)]
        for page in pages
    }


@pytest.fixture(autouse=True)
def _english_again(walks: Journeys) -> Iterator[None]:
    with translation.override("en"):
        yield
    for who, _pages in walks.values():
        if who is not None:
            Account.objects.using("owner").filter(ref=who.account).update(language="en")


def walker(walks: Journeys, name: str) -> Client:
    who = walks[name][0]
    return browser(who) if who is not None else Client(headers={"host": "localhost"})


class TestAJourney:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", ["survey", "plan", "course", "offer", "hearing"])
    def test_leaves_no_english_on_its_pages(
        self, walks: Journeys, in_english: dict[str, str], name: str, language: str
    ) -> None:
        client = walker(walks, name)
        client.post("/language/", {"language": language, "back": "/rules/"})

        found = []
        for page in walks[name][1]:
            answer = client.get(page)
            text = answer.content.decode()
            assert answer.status_code == 200, page
            assert f'<html lang="{language}"' in text
            found += [f"{page} {one}" for one in left_in_english(text, in_english[page], language)]

        assert "\n".join(found) == ""
