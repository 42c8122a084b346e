"""From a need to a bed: help that fits, an offer, the waiting list, a partner with only a link."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from opennrm.coordination.models import RegisterEntry, ServiceProvided
from tests import cast, stories
from tests.journeys import live
from tests.journeys.live import Person
from tests.journeys.test_every_page import AXE, RUN_AXE, TOO_WIDE

POLICE, HOUSE = cast.POLICE_OFFICER, cast.CASE_MANAGER
PICTURES = os.environ.get("OPENNRM_PICTURES", "")


def readable(page: Any, name: str) -> None:
    """Hold that nothing on this page keeps anybody from reading it; keep a picture if wanted."""
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == [], name
    assert page.evaluate(TOO_WIDE) <= 0, name
    if PICTURES:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


@pytest.fixture(scope="module")
def partner() -> str:
    """A small house in the register that has no account here."""
    entry, _made = RegisterEntry.objects.using("owner").get_or_create(
        name="Harbour Lights", defaults={"kind": "faith_group", "jurisdiction": "MK"}
    )
    ServiceProvided.objects.using("owner").get_or_create(
        entry=entry, service="shelter", defaults={"groups": ["men", "families"]}
    )
    return entry.name


def needed(person: Person, case: str) -> None:
    """Say what she needs, and look at what fits."""
    person.page.goto(case)
    person.page.click("text=Find help that fits")
    person.choose("groups=women", "access=step_free")
    person.send()


@pytest.mark.parametrize("look", [live.DESK, live.PHONE])
class TestFromANeedToABed:
    def test_through_the_pages(
        self, at_desk: Callable[..., Person], site: str, partner: str, look: dict[str, int]
    ):
        service = stories.listed(HOUSE, places=1, groups=["women"], access=["step_free"])
        case_ref = stories.contact(POLICE)
        given = stories.consent(POLICE, case_ref, HOUSE, "SH", ("D9",), purpose="service")
        other = stories.contact(POLICE)
        stories.offered(POLICE, other, HOUSE, service)
        police, house = at_desk(POLICE, viewport=look), at_desk(HOUSE, viewport=look)

        needed(police, f"/case/{case_ref}/")
        readable(police.page, "matched")
        assert partner in police.page.inner_text("main")
        police.page.goto(f"/case/{case_ref}/offer-service/?basis={given}")
        police.page.click("text=What speaks for and against their services")
        readable(police.page, "offer")
        police.pick("listed", str(service))
        police.choose("person_agreed=on")
        police.send()

        house.open(f"/case/{case_ref}/", "Accept or decline")
        house.choose("answer=accepted")
        house.send()
        house.open(f"/case/{other}/", "Put on the waiting list")
        readable(house.page, "waiting")
        house.choose("because=in_danger")
        house.send()
        house.page.goto("/services/places/")
        readable(house.page, "places")

        shown = house.page.inner_text("main")
        assert "Free: 0 of 1" in shown
        assert "In danger where she is now" in shown

    def test_by_a_partner_who_has_only_a_link(
        self,
        at_desk: Callable[..., Person],
        chromium: Any,
        site: str,
        partner: str,
        look: dict[str, int],
    ):
        case_ref = stories.contact(POLICE)
        police = at_desk(POLICE, viewport=look)
        police.open(f"/case/{case_ref}/", "Ask a partner without an account")
        chosen = police.page.locator("select[name=partner] option", has_text=partner)
        police.pick("partner", chosen.get_attribute("value"))
        police.pick("service", "shelter")
        police.choose("groups=men", "groups=families", "person_agreed=on")
        readable(police.page, "ask-partner")
        police.page.click("main form[method=post] button[type=submit] >> nth=-1")
        police.page.wait_for_selector("text=The question is ready")
        readable(police.page, "partner-asked")
        link = re.search(r"http\S+/reply/#\S+", police.page.inner_text("main"))
        assert link

        asked: list[str] = []
        page = chromium.new_page(base_url=site, viewport=look)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(link[0])
        readable(page, "reply")
        assert page.url.endswith("/reply/")
        page.click("main button[type=submit]")
        page.wait_for_selector("text=Can you help?")
        readable(page, "reply-asked")
        page.check("input[name=answer][value=accepted]")
        page.click("main button[type=submit]")
        page.wait_for_selector("text=Thank you")
        readable(page, "reply-done")

        code = link[0].partition("#")[2]
        assert not [one for one in asked if code in one.partition("#")[0]]
        assert case_ref.hex not in page.content().replace("-", "")
        page.close()
