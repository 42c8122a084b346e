"""The figures pages: what was published, for a reader and for a spreadsheet."""

from collections.abc import Iterator

import pytest
from django.db import connections, transaction

from tests import cast
from tests.database import NOW
from tests.rapporteur.invented import copied, persons
from tests.web.browsing import browser, fields_of, sent

YEAR = str(NOW.year - 1)
RELEASE = {"from_year": YEAR, "until_year": YEAR, "purpose": "Yearly report"}


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    with transaction.atomic(using="statistics"):
        yield
        transaction.set_rollback(True, using="statistics")
    assert connections["statistics"].in_atomic_block is False


class TestTheFigures:
    """Before and after something was published."""

    def test_are_published_by_those_who_release_and_read_by_all(self):
        reader = browser(cast.POLICE_OFFICER)

        with copied(persons(((12, {}),), year=int(YEAR))):
            published = sent(browser(cast.ANALYST), "/figures/publish/", **RELEASE)
        page = reader.get(f"/figures/?from_year={YEAR}&until_year={YEAR}").content.decode()
        table = reader.get("/figures/table.csv")

        assert published.status_code == 302
        assert "Persons by age group and sex" in page
        assert "Yearly report" in page
        assert "/figures/publish/" not in page
        assert table["Content-Type"] == "text/csv; charset=utf-8"
        assert table["Content-Disposition"] == 'attachment; filename="sex_by_age.csv"'
        assert "Yearly report" in table.content.decode()

    def test_without_a_release_say_so_and_send_no_file(self):
        reader = browser(cast.LAWYER)
        with connections["statistics"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM statistics.release")
            nothing = cursor.fetchone()[0] == 0

        page, table = reader.get("/figures/"), reader.get("/figures/table.csv")

        assert (b"Nothing has been published yet" in page.content) is nothing
        assert (table.status_code == 404) is nothing

    @pytest.mark.parametrize("who", [cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.LAWYER])
    def test_are_published_by_nobody_else(self, who: cast.Member):
        client = browser(who)

        asked, tried = client.get("/figures/publish/"), client.post("/figures/publish/", RELEASE)

        assert asked.status_code == tried.status_code == 404

    def test_need_a_purpose(self):
        typed = {**RELEASE, "purpose": ""}

        answer = sent(browser(cast.RAPPORTEUR), "/figures/publish/", **typed)

        assert answer.status_code == 422

    @pytest.mark.parametrize("until", [NOW.year, 2200])
    def test_of_years_that_are_not_over_stay_unpublished(self, until: int):
        typed = {**RELEASE, "until_year": str(until)}

        answer = sent(browser(cast.RAPPORTEUR), "/figures/publish/", **typed)

        assert answer.status_code == 422
        assert b"Only years that are over can be published" in answer.content

    def test_are_proposed_for_the_last_year_that_is_over(self):
        fields = fields_of(browser(cast.RAPPORTEUR).get("/figures/publish/"))

        assert (fields["from_year"], fields["until_year"]) == (YEAR, YEAR)

    @pytest.mark.parametrize("odd", ["?table=none", "?from_year=x", "?source=elsewhere"])
    def test_bear_odd_addresses(self, odd: str):
        assert browser(cast.LAWYER).get(f"/figures/{odd}").status_code == 200
