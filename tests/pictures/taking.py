"""Drives a browser through the main pages of each role, in three looks, and keeps what it sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.core.cache import cache
from PIL import Image

django.setup()

from opennrm.console.demonstration.organisations import PASSPHRASE  # noqa: E402
from tests.journeys import live  # noqa: E402

INTO = Path(__file__).parents[2] / "docs/pictures"
HIGHEST = 2_400
LINKS = "all => all.map(one => one.getAttribute('href'))"
LOOKS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "desktop": ("en", {"viewport": live.DESK}),
    "phone": ("en", {"viewport": live.PHONE}),
    "arabic": ("ar", {"viewport": live.PHONE}),
}


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, whose page it is (nobody's: open to all), and the way there.

    A way begins with an address; ``>`` follows the first link that leads to what matches.
    """

    name: str
    who: str
    way: str


CASE = r"/case/[0-9a-f-]{36}/$"
PLAN = r"/coordination/plans/[0-9a-f-]{36}/$"
SHOTS = (
    Shot("sign-in", "", "/sign-in/"),
    Shot("ask-for-help", "", "/help/"),
    Shot("job-offer", "", "/job-offers/"),
    Shot("rules", "", "/rules/R34/"),
    Shot("her-own-page", "", "/my/"),
    Shot("published-figures", "", "/open-figures/"),
    Shot("work-list", "casemanager", "/?view=all"),
    Shot("case", "casemanager", f"/?view=all > {CASE}"),
    Shot("help-that-fits", "casemanager", f"/?view=all > {CASE} > /help/$"),
    Shot("consent", "casemanager", f"/?view=all > {CASE} > /take-consent/"),
    Shot("who-looked", "casemanager", f"/?view=all > {CASE} > /who-looked/$"),
    Shot("offers", "casemanager", "/?view=offered"),
    Shot("places", "shelter", "/services/places/"),
    Shot("first-questions", "border", "/steps/"),
    Shot("several-people", "border", "/steps/together/"),
    Shot("one-page-form", "border", "/contact/"),
    Shot("without-a-line", "border", "/steps/device/"),
    Shot("call", "helpline", "/calls/"),
    Shot("decisions", "authority", "/?view=all"),
    Shot("decision-file", "authority", f"/?view=all > {CASE} > /file/$"),
    Shot("notices", "reviewer", "/notices/"),
    Shot("case-before-the-court", "prosecutor", f"/?view=all > {CASE}"),
    Shot("court-day", "companion", "/today/court/"),
    Shot("young-people", "guardian", "/today/young/"),
    Shot("release-desk", "rapporteur", "/figures/desk/"),
    Shot("indicators", "rapporteur", "/figures/indicators/"),
    Shot("data-quality", "rapporteur", "/figures/quality/"),
    Shot("co-ordination", "coordinator", "/coordination/"),
    Shot("people", "coordinator", "/people/"),
    Shot("courses", "trainer", "/coordination/courses/"),
    Shot("trials", "observer", "/coordination/trials/"),
    Shot("registers", "inspector", "/coordination/job-registers/"),
    Shot("other-states", "focalpoint", "/abroad/"),
    Shot("plan-board", "coordinator", f"/coordination/plans/ > {PLAN} > /board/$"),
    Shot("surveys", "office", "/coordination/rounds/"),
    Shot("yearly-reports", "office", "/coordination/reports/"),
)


def take_all(work: Path) -> list[str]:
    """Take every picture in every look; return what could not be taken, and why."""
    from playwright.sync_api import sync_playwright

    missing: list[str] = []
    with live.served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(live.CHROMIUM), args=live.FLAGS)
        for look, (language, how) in LOOKS.items():
            for who in dict.fromkeys(one.who for one in SHOTS):
                with at_a_desk(browser, site, who, language, how) as page:
                    for shot in (one for one in SHOTS if one.who == who):
                        try:
                            go(page, shot)
                        except AssertionError as reason:
                            missing.append(f"{look}: {reason}")
                            continue
                        kept(page, work, INTO / look / f"{shot.name}.webp")
        browser.close()
    return missing


@contextmanager
def at_a_desk(
    browser: Any, site: str, who: str, language: str, how: Mapping[str, Any]
) -> Iterator[Any]:
    """Sit a person of the demonstration, or nobody, at a browser that speaks a language."""
    # All of these people come from one machine: forget how often somebody signed in.
    cache.clear()
    context = browser.new_context(base_url=site, **how)
    page = context.new_page()
    page.goto("/sign-in/")
    if who:
        page.fill("#op-login", who)
        page.fill("#op-password", PASSPHRASE)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/sign-in/" not in url)
    context.request.post("/language/", form={"language": language, "back": "/"})
    yield page
    context.close()


def go(page: Any, shot: Shot) -> None:
    """Go the way to a page; every step on the way must be there.

    :raises AssertionError: when a link is missing on the way.
    """
    first, *then = shot.way.split(" > ")
    answer = page.goto(first)
    assert answer.ok, f"{shot}: {answer.status}"
    assert not shot.who or "/sign-in/" not in page.url, f"{shot}: nobody is signed in"
    for wanted in then:
        links = page.eval_on_selector_all("main a[href]", LINKS)
        found = next((one for one in links if re.search(wanted, one.partition("?")[0])), None)
        assert found, f"{shot}: no link to {wanted} on {page.url}"
        page.goto(found)
    page.wait_for_selector("h1:visible")


def kept(page: Any, work: Path, into: Path) -> None:
    """Keep what the page shows, from its top to a height that a reader bears."""
    shown = work / "shown.png"
    page.screenshot(path=str(shown), full_page=True)
    into.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(shown) as picture:
        cut = picture.crop((0, 0, picture.width, min(picture.height, HIGHEST)))
        cut.convert("RGB").save(into, "WEBP", quality=70, method=6)
