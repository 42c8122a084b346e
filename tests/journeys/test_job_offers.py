"""The public checks an offer of work; who keeps the registers had published them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.journeys import live
from tests.journeys.arriving import Colleague
from tests.journeys.test_every_page import AXE, RUN_AXE, TOO_WIDE
from tests.journeys.test_plan_cycle import added, ref_of, stepped

DAY = date(2026, 11, 2)


class TestAnOffer:
    @pytest.mark.parametrize("look", live.PHONE_LOOKS)
    def test_is_checked_by_anybody(
        self, arriving: Callable[..., Colleague], chromium: Any, site: str, look: str
    ) -> None:
        sonja = arriving(cast.LABOUR_INSPECTOR)
        register = added(
            sonja,
            "/coordination/job-registers/add/",
            title=f"Warnings for {look}",
            kind="warnings",
            issuer="An invented inspectorate",
            as_of=DAY,
            source="Its own list",
        )
        added(
            sonja,
            f"/coordination/job-register-lines/add/?of={ref_of(register)}",
            name=f"Златна жетва {look} ДОО",
            says="Takes money before departure",
        )
        stepped(sonja, register, "publish")

        context = chromium.new_context(base_url=site, viewport=getattr(live, look))
        page = context.new_page()
        page.goto("/job-offers/")
        _readable(page)
        page.fill("[name=name]", f"Zlatna Zhetva {look}")
        page.click("main form button[type=submit]")
        page.wait_for_load_state()
        found = page.inner_text("main")
        _readable(page)
        page.fill("[name=name]", "Something else altogether")
        page.click("main form button[type=submit]")
        page.wait_for_load_state()
        nothing = page.inner_text("main")
        address, cookies = page.url, context.cookies()
        context.close()
        stepped(sonja, register, "take-back")

        assert "Takes money before departure" in found and "2 November 2026" in found
        assert "Do not go, pay or send papers" in found
        assert "This does not mean safe" in nothing
        assert "Ask for help" in nothing and "keep your passport" in nothing
        assert address.endswith("/job-offers/") and cookies == []


def _readable(page: Any) -> None:
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    assert page.evaluate(TOO_WIDE) <= 0
