"""Test 9 of the ten: the Rapporteur sees safe counts, opens no case, and publishes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from opennrm.rapporteur import ledger
from opennrm.rapporteur.working import work_on_requests
from tests import cast, stories
from tests.database import NOW
from tests.journeys.arriving import Colleague
from tests.journeys.test_every_page import AXE, RUN_AXE
from tests.rapporteur.invented import copied, persons

Arriving = Callable[..., Colleague]
# No other test counts in this year; a release of it stays in the database of the run.
YEAR = 1999
FEW = ((40, {}), (30, {"sex": "male", "gender": "masculine"}), (1, {"sex": "other"}))


@pytest.fixture
def counted() -> Iterator[None]:
    """A year in which one person stands alone."""
    with copied(persons(FEW, year=YEAR)):
        yield


def taken_through(asks: Colleague, reads: Colleague, **typed: object) -> int:
    """Ask on one browser, let the machine work, read and publish on another; say the number."""
    asks.page.goto("/figures/desk/ask/")
    for name, value in {"from_year": YEAR, "until_year": YEAR, **typed}.items():
        asks.write(name, str(value))
    address = asks.send()
    assert "/ask/" not in address, asks.said()
    assert "The machine works on it now" in asks.said()
    asks.readable()
    work_on_requests(connection=connections["statistics"], at=NOW)
    asks.page.click("main >> text=Look again")
    assert "Let a second person of your office read it" in asks.said()

    reads.page.goto(address)
    reads.readable()
    reads.page.click("main >> text=I have read it. Publish")
    reads.page.wait_for_load_state()
    assert "is published" in reads.page.inner_text("body")
    return ledger.every_release(connections["statistics"])[0].number


class TestTheRapporteur:
    """Independent, and without a single file (R42, R67)."""

    @pytest.mark.usefixtures("counted")
    def test_asks_lets_her_second_read_and_everyone_see_it(
        self, arriving: Arriving, chromium: Any, site: str
    ):
        rapporteur, second = arriving(cast.RAPPORTEUR), arriving(cast.SECOND_RAPPORTEUR)
        first = taken_through(rapporteur, second, purpose="Report of the National Rapporteur")

        rapporteur.page.goto(f"/figures/?from_year={YEAR}&until_year={YEAR}")
        rapporteur.readable()
        words = rapporteur.said()
        assert "Report of the National Rapporteur" in words
        assert "suppressed" in words
        alone = rapporteur.page.eval_on_selector_all(
            "main table td", "all => all.map(one => one.innerText.trim())"
        )
        assert "1" not in alone

        reader = chromium.new_context(base_url=site).new_page()
        reader.goto(f"/open-figures/{first}/form_by_sex/")
        assert "Report of the National Rapporteur" in reader.inner_text("main")
        assert reader.evaluate("() => document.querySelector('main img').naturalWidth") > 300
        reader.evaluate(AXE)
        assert reader.evaluate(RUN_AXE) == []
        reader.goto(f"/open-figures/{first}/report/")
        reader.evaluate(AXE)
        assert reader.evaluate(RUN_AXE) == []
        reader.context.close()

        rapporteur.page.goto("/figures/desk/ask/")
        typed = {"purpose": "Corrected", "revises": first, "reason": "A late report"}
        for name, value in {"from_year": YEAR, "until_year": YEAR, **typed}.items():
            rapporteur.write(name, str(value))
        rapporteur.send()
        assert "fewer than 10 persons changed since" in rapporteur.said()

    def test_opens_no_case_and_has_none_on_a_list(self, arriving: Arriving):
        case_ref = stories.contact(cast.POLICE_OFFICER)
        rapporteur = arriving(cast.RAPPORTEUR)

        opened = rapporteur.page.goto(f"/case/{case_ref}/")
        listed = rapporteur.page.goto("/?view=all")

        assert (opened.status, listed.status) == (404, 200)
        assert rapporteur.page.query_selector_all("main a[href^='/case/']") == []
        assert "New contact" not in rapporteur.page.inner_text("body")

    @pytest.mark.parametrize(
        "act", ["take-consent", "refer", "decide-reasonable-grounds", "identify", "agree-plan"]
    )
    def test_does_nothing_on_a_case(self, arriving: Arriving, act: str):
        case_ref = stories.contact(cast.POLICE_OFFICER)

        answer = arriving(cast.RAPPORTEUR).page.goto(f"/case/{case_ref}/{act}/")

        assert answer.status == 404
