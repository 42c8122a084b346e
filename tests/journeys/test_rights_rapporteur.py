"""Test 9 of the ten: the Rapporteur sees safe counts, opens no case, and publishes."""

from collections.abc import Callable, Iterator

import pytest

from tests import cast, stories
from tests.journeys.arriving import Colleague
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


class TestTheRapporteur:
    """Independent, and without a single file (R42, R67)."""

    @pytest.mark.usefixtures("counted")
    def test_publishes_counts_in_which_small_cells_are_suppressed(self, arriving: Arriving):
        rapporteur = arriving(cast.RAPPORTEUR)
        rapporteur.page.set_default_timeout(90_000)
        rapporteur.page.goto("/figures/publish/")
        rapporteur.write("from_year", str(YEAR))
        rapporteur.write("until_year", str(YEAR))
        rapporteur.write("purpose", "Report of the National Rapporteur")
        assert rapporteur.send().endswith("/figures/"), rapporteur.said()

        rapporteur.page.goto(f"/figures/?from_year={YEAR}&until_year={YEAR}")

        rapporteur.readable()
        words = rapporteur.said()
        assert "Report of the National Rapporteur" in words
        assert "suppressed" in words
        alone = rapporteur.page.eval_on_selector_all(
            "main table td", "all => all.map(one => one.innerText.trim())"
        )
        assert "1" not in alone

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
