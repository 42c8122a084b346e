"""Every page in a real browser: readable by all, on any width, in both directions."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from opennrm.accounts.models import Account
from opennrm.rapporteur import ledger
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.releases import Request
from opennrm.web.acts import ACTS
from tests import cast, stories
from tests.database import NOW
from tests.journeys import live
from tests.journeys.live import Person
from tests.rapporteur.through_the_desk import published

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async () => (await axe.run(document, {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
})).violations.map(one => one.id + ': ' + one.nodes.map(node => node.html)[0])"""
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"
LARGEST = 100_000
YEAR = 1960
DUSK = "rgb(20, 32, 41)"
PLACES = (
    "/?view=all",
    "/?view=due",
    "/find/",
    "/notices/",
    "/account/",
    "/account/calendar/",
    "/account/mail/",
    "/lists/file/",
    "/account/second-factor/",
    "/account/second-factor/app/",
    "/account/second-factor/passkey/",
    "/account/passphrase/",
    "/account/sessions/",
    "/people/",
    "/services/",
    "/services/places/",
    "/coordination/",
    "/today/papers/",
    "/today/young/",
    "/periods/",
    "/periods/check/",
    f"/figures/?from_year={YEAR}&until_year={YEAR}",
    "/none/",
)
STEPS = ("/steps/", "/steps/drafts/", "/steps/together/")
FOR_FIGURES = (
    "/figures/desk/",
    "/figures/desk/ask/",
    "/figures/rules/",
    "/figures/rules/?subject=redress",
)
PUBLIC = (
    "/sign-in/",
    "/join/",
    "/help/",
    "/reply/",
    "/help/thanks/",
    "/rules/",
    "/rules/R34/",
    "/open-figures/",
)
READER = cast.POLICE_COLLEAGUE


@pytest.fixture(scope="module")
def places(site: str) -> list[str]:
    """The addresses of all pages, on a case in which much has happened."""
    case_ref = stories.contact(cast.POLICE_OFFICER, danger="high", called="Lina", words="A word")
    stories.described(cast.POLICE_OFFICER, case_ref, names="Lina Example", citizenship=("AL",))
    stories.referred(cast.POLICE_OFFICER, case_ref, cast.CASE_MANAGER, "CM", ("D1", "D2", "D9"))
    case = f"/case/{case_ref}/"
    consent = stories.newest(cast.POLICE_OFFICER, case_ref, "consent_given")
    acts = [f"{case}{act.address}/" for act in ACTS.values() if not act.starts_case]
    shelter = f"{cast.CASE_MANAGER.actor.organisation}:CM"
    chosen = [
        f"{case}files/",
        f"{case}at/papers/",
        f"{case}at/travel/",
        f"{case}record-screening/?list=adult",
        f"{case}record-screening/?list=child:sexual",
        f"{case}take-consent/?recipient={shelter}",
        f"{case}take-consent/?recipient=nobody",
        f"{case}withdraw-consent/?consent={consent}",
        f"{case}refer/?basis={consent}",
    ]
    released()
    return [*PLACES, "/contact/", "/notify/", *STEPS, case, *acts, *chosen]


def released() -> None:
    """Publish the tables of a year in which nothing happened."""
    statistics = connections["statistics"]
    if any(one.period.from_year == YEAR for one in ledger.every_release(statistics)):
        return
    wanted = Request(Period(YEAR, YEAR), "So that the page has a table")
    published(wanted, connection=statistics, at=NOW)


@pytest.fixture
def right_to_left() -> Iterator[None]:
    """The reader's language is written from right to left."""
    reader = Account.objects.using("owner").filter(ref=READER.account)
    reader.update(language="ar")
    yield
    reader.update(language="en")


def faults(page: Any, place: str) -> list[str]:
    """Open a page and list what is wrong with it."""
    size = len(page.goto(place).body())
    page.evaluate(AXE)
    found = [f"{place} {one}" for one in page.evaluate(RUN_AXE)]
    if size > LARGEST:
        found.append(f"{place} has {size} bytes")
    if page.evaluate(TOO_WIDE) > 0:
        found.append(f"{place} is wider than the screen")
    heading = page.query_selector("h1").bounding_box()
    if not 0 <= heading["y"] < page.viewport_size["height"] or heading["x"] < 0:
        found.append(f"{place} does not begin with its heading")
    return found


class TestEveryPage:
    """No fault that axe knows, no sideways scroll, the heading first."""

    @pytest.mark.parametrize("look", live.NARROW_LOOKS)
    def test_can_be_read_by_everyone(
        self, at_desk: Callable[..., Person], places: list[str], look: str
    ):
        page = at_desk(READER, viewport=getattr(live, look)).page

        assert [fault for place in places for fault in faults(page, place)] == []

    @pytest.mark.parametrize("look", live.NARROW_LOOKS)
    def test_of_the_rapporteur_can_be_read_by_everyone(
        self, at_desk: Callable[..., Person], look: str
    ):
        page = at_desk(cast.RAPPORTEUR, viewport=getattr(live, look)).page

        assert [fault for place in FOR_FIGURES for fault in faults(page, place)] == []

    @pytest.mark.usefixtures("right_to_left")
    def test_can_be_read_from_right_to_left(
        self, at_desk: Callable[..., Person], places: list[str]
    ):
        page = at_desk(READER, viewport=live.PHONE).page
        # bin/nightly reads all of them; the forms of the acts are drawn by the same components.
        some = places if live.WIDE_TOO else places[::3]

        found = [fault for place in some for fault in faults(page, place)]

        assert page.get_attribute("html", "dir") == "rtl"
        assert found == []

    @pytest.mark.parametrize("look", live.NARROW_LOOKS)
    def test_without_an_account_can_be_read_by_everyone(self, chromium: Any, site: str, look: str):
        page = chromium.new_page(base_url=site, viewport=getattr(live, look))

        found = [fault for place in PUBLIC for fault in faults(page, place)]

        page.close()
        assert found == []

    def test_can_be_read_in_the_dark(self, at_desk: Callable[..., Person], places: list[str]):
        page = at_desk(READER, viewport=live.NARROW, color_scheme="dark").page
        case = next(place for place in places if place.count("/") == 3 and "/case/" in place)
        some = ("/?view=all", "/?view=all&danger=high", "/notices/", "/contact/", case)

        found = [fault for place in (*some, f"{case}agree-plan/") for fault in faults(page, place)]

        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == DUSK
        assert found == []

    def test_shows_on_paper_what_is_to_be_read(
        self, at_desk: Callable[..., Person], places: list[str]
    ):
        page = at_desk(READER).page
        page.goto(next(place for place in places if place.count("/") == 3 and "/case/" in place))
        page.emulate_media(media="print")

        assert page.is_visible("h1")
        assert page.is_visible(".moj-timeline__item")
        assert not page.is_visible("text=Leave this page")
        assert not page.is_visible(".op-footer")

    def test_runs_its_script_within_the_policy(self, at_desk: Callable[..., Person]):
        page = at_desk(READER).page
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))

        page.goto("/contact/")

        assert page.get_attribute("body", "class").endswith("govuk-frontend-supported")
        assert said == []


class TestLeaving:
    """The way out of every page."""

    def test_by_three_presses_of_shift_ends_the_session(self, at_desk: Callable[..., Person]):
        person = at_desk(cast.LAWYER)
        person.page.route("**://www.wikipedia.org/**", lambda route: route.fulfill(body="away"))

        for _ in range(3):
            person.page.keyboard.press("Shift")
        person.page.wait_for_url("**://www.wikipedia.org/")
        person.page.goto("/account/")

        assert "/sign-in/" in person.page.url

    def test_works_without_scripts(self, at_desk: Callable[..., Person]):
        person = at_desk(cast.LAWYER, java_script_enabled=False)

        with person.page.expect_request(settings.OPENNRM_EXIT_URL):
            person.page.click("text=Leave this page", no_wait_after=True)
        later = person.context.new_page()
        later.goto("/account/")

        assert "/sign-in/" in later.url
