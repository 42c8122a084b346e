"""A co-ordinator makes a plan, the commission approves it, everybody reads it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.journeys import live
from tests.journeys.arriving import Colleague

START, END = date(2026, 1, 1), date(2029, 1, 1)


def added(who: Colleague, address: str, **typed: Any) -> str:
    """Fill in the form of a new row and answer with the address of its page."""
    who.page.goto(address)
    for name, value in typed.items():
        if isinstance(value, date):
            who.day(name, value)
        elif who.page.query_selector(f"select[name='{name}']"):
            who.pick(name, value)
        else:
            who.write(name, value)
    who.readable()
    made = who.send()
    assert "/add/" not in made, who.said()
    return made


def stepped(who: Colleague, page: str, step: str, on: date | None = None) -> str:
    """Take a step of a row and return the words of the page that comes."""
    who.page.goto(f"{page}{step}/")
    if on is not None:
        who.day("day", on)
    who.write("why", "It is time")
    who.readable()
    who.send()
    return who.said()


def ref_of(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]


class TestThePlan:
    @pytest.mark.parametrize("look", [live.DESK])
    def test_goes_from_a_draft_to_what_everybody_reads(
        self, arriving: Callable[..., Colleague], chromium: Any, site: str, look: Any
    ) -> None:
        maja = arriving(cast.CO_ORDINATOR, viewport=look)
        lead = added(
            maja,
            "/coordination/organisations/add/",
            name="Lead of it",
            kind="ngo",
            jurisdiction="MK",
        )
        plan = added(
            maja,
            "/coordination/plans/add/",
            title="A plan that goes round",
            level="national",
            jurisdiction="MK",
            from_on=START,
            until_on=END,
            currency="EUR",
        )
        aim = added(
            maja,
            f"/coordination/objectives/add/?of={ref_of(plan)}",
            number="1",
            pillar="prevention",
            text="Fewer profit from it",
        )
        action = added(
            maja,
            f"/coordination/actions/add/?of={ref_of(aim)}",
            number="1.1",
            text="Talk to those who buy",
            lead=ref_of(lead),
            from_on=START,
            until_on=END,
            status="not_started",
        )

        early = stepped(maja, action, "activate")
        added(
            maja,
            f"/coordination/indicators/add/?of={ref_of(action)}",
            text="Buyers met",
            unit="buyers",
            target="40",
            target_on=END,
        )
        added(
            maja,
            f"/coordination/budgets/add/?of={ref_of(action)}",
            source="state",
            year="2026",
            planned="1200.50",
            allocated="0",
            spent="0",
        )
        started = stepped(maja, action, "activate")
        unassessed = stepped(maja, plan, "propose")
        maja.page.goto(f"{plan}change/")
        maja.write("rights_impact", "Read with two organisations")
        maja.day("rights_impact_on", START)
        maja.write("why", "It was assessed")
        maja.send()
        proposed = stepped(maja, plan, "propose")

        assert "an indicator with a target" in early and "The action has started" in started
        assert "human rights" in unassessed and "before the commission" in proposed

        suzana = arriving(cast.COMMISSIONER, viewport=look)
        added(
            suzana,
            f"/coordination/approvals/add/?of={ref_of(plan)}",
            outcome="approved",
            decided_on=START,
            says="All agreed",
        )
        adopted = stepped(maja, plan, "adopt", START)
        published = stepped(maja, plan, "publish")
        maja.page.goto(f"{plan}board/")
        maja.readable()
        board = maja.said()

        assert "The plan is adopted" in adopted and "everybody" in published
        assert "€1,200.50" in board and "rests on no assessment" in board

        reader = chromium.new_page(base_url=site, viewport=live.PHONE)
        reader.goto(f"/public/plans/{ref_of(plan)}/")
        words = reader.inner_text("main")
        reader.close()
        assert "Talk to those who buy" in words and "Lead of it" in words


class TestEveryPageOfTheCoordination:
    PLACES = (
        "/coordination/",
        "/coordination/organisations/",
        "/coordination/commitments/",
        "/coordination/states/",
        "/coordination/treaty-status/?as_of=2009-11-12",
        "/coordination/matrix/",
        "/coordination/matrix/?state=MK",
        "/coordination/gaps/",
        "/coordination/recommendations/",
        "/public/plans/",
        "/public/directory/",
        "/public/trials/",
        "/public/conduct/",
        "/public/media-kit/",
        "/coordination/who-is-trained/",
        "/coordination/press-week/",
        "/coordination/laws/?topic=labour",
        "/coordination/campaigns/add/",
        "/coordination/campaigns/take-in/",
    )

    @pytest.mark.parametrize("look", live.NARROW_LOOKS)
    def test_can_be_read_by_everyone(self, arriving: Callable[..., Colleague], look: str) -> None:
        maja = arriving(cast.CO_ORDINATOR, viewport=getattr(live, look))

        for place in self.PLACES:
            maja.page.goto(place)
            maja.readable()
            wide = maja.page.evaluate(
                "() => document.documentElement.scrollWidth - window.innerWidth"
            )
            assert wide <= 0, place
