"""The five journeys of the co-ordination are clean to axe in six languages; run by bin/nightly."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from opennrm.accounts.models import Account
from tests.coordination.walking import Journeys, journeys
from tests.journeys import live
from tests.journeys.live import Person
from tests.journeys.test_every_page import faults

pytestmark = pytest.mark.skipif(
    "OPENNRM_LANGUAGES" not in os.environ, reason="bin/nightly sets OPENNRM_LANGUAGES"
)


@pytest.fixture(scope="module")
def walks(site: str) -> Journeys:
    return journeys()


@pytest.fixture(autouse=True)
def _english_again(walks: Journeys) -> Iterator[None]:
    yield
    for who, _pages in walks.values():
        if who is not None:
            Account.objects.using("owner").filter(ref=who.account).update(language="en")


LANGUAGES = ["ar", "de", "es", "fr", "it", "ru"]


class TestAJourney:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", ["survey", "plan", "course", "hearing"])
    def test_can_be_read_by_everyone(
        self, at_desk: Callable[..., Person], walks: Journeys, name: str, language: str
    ) -> None:
        who, pages = walks[name]
        assert who is not None
        Account.objects.using("owner").filter(ref=who.account).update(language=language)

        page = at_desk(who, viewport=live.NARROW).page

        assert [fault for place in pages for fault in faults(page, place)] == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_of_an_offer_can_be_read_without_an_account(
        self, chromium: Any, site: str, walks: Journeys, language: str
    ) -> None:
        context = chromium.new_context(base_url=site, viewport=live.NARROW, locale=language)
        page = context.new_page()

        found = [fault for place in walks["offer"][1] for fault in faults(page, place)]
        spoken = page.evaluate("document.documentElement.lang")
        context.close()

        assert (found, spoken) == ([], language)
