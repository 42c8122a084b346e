"""The page of rules and redress: for who decides on figures, and without a small number."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests import cast
from tests.database import NOW
from tests.rapporteur.test_rule_figures import PLANTED, YEAR, events
from tests.web.browsing import browser

PAGE, TABLE = "/figures/rules/", "/figures/rules/table.csv"
ASKED = f"?subject=rules&year={YEAR}&table=rules_by_event"


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    with transaction.atomic(using="statistics"):
        yield
        transaction.set_rollback(True, using="statistics")


class TestThePageOfRules:
    @pytest.mark.parametrize("who", [cast.RAPPORTEUR, cast.ANALYST])
    def test_is_found_from_the_figures_by_who_decides_on_them(self, who: cast.Member):
        client = browser(who)

        figures, page = client.get("/figures/").content.decode(), client.get(PAGE)

        assert PAGE in figures
        assert page.status_code == 200
        assert f'value="{NOW.year - 1}"' in page.content.decode()

    @pytest.mark.parametrize("who", [cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.DATA_OFFICER])
    def test_is_there_for_nobody_else(self, who: cast.Member):
        client = browser(who)

        assert PAGE not in client.get("/figures/").content.decode()
        assert client.get(PAGE).status_code == client.get(TABLE + ASKED).status_code == 404

    def test_and_its_csv_show_large_numbers_and_hide_small_ones(self):
        client = browser(cast.RAPPORTEUR)
        with events(PLANTED):
            page = client.get(PAGE + ASKED).content.decode()
            table = client.get(TABLE + ASKED)

        assert ">142<" in page
        assert "[c]" in page
        assert table["Content-Disposition"].endswith(f'"rules_by_event_{YEAR}.csv"')
        assert '"Total","Total","142"' in table.content.decode()

    def test_says_why_a_year_that_is_not_over_is_not_shown(self):
        page = browser(cast.RAPPORTEUR).get(f"{PAGE}?year={NOW.year}").content.decode()

        assert "Only years that are over" in page
        assert "<table" not in page

    def test_shows_redress_in_two_tables_that_are_not_added(self):
        page = browser(cast.RAPPORTEUR).get(f"{PAGE}?subject=redress&year={YEAR}").content.decode()

        assert page.count("<table") == 2
        assert "An award is no payment" in page

    def test_sends_no_file_for_a_table_that_is_not_there(self):
        assert browser(cast.RAPPORTEUR).get(f"{TABLE}?table=persons").status_code == 404
