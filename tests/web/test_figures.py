"""The figures pages: what was published, for a reader and for a spreadsheet, and the desk."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client

from opennrm.rapporteur import ledger
from opennrm.rapporteur.working import work_on_requests
from tests import cast
from tests.database import NOW
from tests.rapporteur.invented import copied, persons
from tests.web.browsing import browser, fields_of, sent

YEAR = str(NOW.year - 1)
RELEASE = {"from_year": YEAR, "until_year": YEAR, "purpose": "Yearly report"}
ASK = "/figures/desk/ask/"


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    with transaction.atomic(using="statistics"):
        yield
        transaction.set_rollback(True, using="statistics")
    assert connections["statistics"].in_atomic_block is False


def asked(client: Client, **more: Any) -> str:
    """Ask for a release, let the machine work, and return the address of the request."""
    answer = sent(client, ASK, **{**RELEASE, **more})
    assert answer.status_code == 302, answer.content
    work_on_requests(connection=connections["statistics"], at=NOW)
    return str(answer["Location"])


class TestTheFigures:
    """Before and after something was published."""

    def test_are_asked_for_read_by_a_second_person_and_then_open_to_all(self):
        reader = browser(cast.POLICE_OFFICER)

        with copied(persons(((12, {}),), year=int(YEAR))):
            address = asked(browser(cast.RAPPORTEUR))
        before = reader.get("/figures/").content.decode()
        second = browser(cast.SECOND_RAPPORTEUR)
        drawn = second.get(address).content.decode()
        published = second.post(f"{address}publish/")
        page = reader.get(f"/figures/?from_year={YEAR}&until_year={YEAR}").content.decode()
        table = reader.get("/figures/table.csv")

        assert "Yearly report" not in before
        assert "Attacked: no hidden figure could be worked out" in drawn
        assert published.status_code == 302
        assert "Persons by age group and sex" in page
        assert "Yearly report" in page
        assert "/figures/desk/" not in page
        assert table["Content-Type"] == "text/csv; charset=utf-8"
        assert table["Content-Disposition"] == 'attachment; filename="sex_by_age.csv"'
        assert "Yearly report" in table.content.decode()

    def test_without_a_release_say_so_and_send_no_file(self):
        reader = browser(cast.LAWYER)
        nothing = ledger.every_release(connections["statistics"]) == []

        page, table = reader.get("/figures/"), reader.get("/figures/table.csv")

        assert (b"Nothing has been published yet" in page.content) is nothing
        assert (table.status_code == 404) is nothing

    @pytest.mark.parametrize("odd", ["?table=none", "?from_year=x", "?source=elsewhere"])
    def test_bear_odd_addresses(self, odd: str):
        assert browser(cast.LAWYER).get(f"/figures/{odd}").status_code == 200


class TestTheDesk:
    """Asked for, read, sent back, and closed to everybody else."""

    @pytest.mark.parametrize("who", [cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.LAWYER])
    def test_is_not_there_for_anybody_else(self, who: cast.Member):
        address = asked(browser(cast.RAPPORTEUR))
        client = browser(who)

        opened = [client.get(one) for one in ("/figures/desk/", ASK, address)]
        tried = [client.post(one, RELEASE) for one in (ASK, f"{address}publish/")]

        assert {answer.status_code for answer in (*opened, *tried)} == {404}

    def test_lets_nobody_publish_what_she_asked_for_herself(self):
        client = browser(cast.RAPPORTEUR)
        address = asked(client)

        tried = client.post(f"{address}publish/")

        assert tried.status_code == 422
        assert b"Let a second person of your office read it" in tried.content
        assert b"I have read it" not in client.get(address).content

    def test_sends_back_with_a_reason_only(self):
        address = asked(browser(cast.RAPPORTEUR))
        second = browser(cast.SECOND_RAPPORTEUR)

        without = second.post(f"{address}send-back/", {"reason": ""})
        back = second.post(f"{address}send-back/", {"reason": "The north is missing"})
        page = second.get(address).content.decode()

        assert (without.status_code, back.status_code) == (422, 302)
        assert "The north is missing" in page
        assert "Sent back by the second person" in page

    def test_says_that_the_machine_still_works(self):
        client = browser(cast.RAPPORTEUR)
        answer = sent(client, ASK, **RELEASE)

        page = client.get(answer["Location"]).content.decode()

        assert "The machine works on it now" in page
        assert page.count("Still to come") == 4

    def test_needs_a_purpose(self):
        answer = sent(browser(cast.RAPPORTEUR), ASK, **{**RELEASE, "purpose": ""})

        assert answer.status_code == 422

    @pytest.mark.parametrize("until", [NOW.year, 2200])
    def test_takes_no_years_that_are_not_over(self, until: int):
        answer = sent(browser(cast.RAPPORTEUR), ASK, **{**RELEASE, "until_year": str(until)})

        assert answer.status_code == 422
        assert b"Only years that are over can be published" in answer.content

    def test_proposes_the_last_year_that_is_over(self):
        fields = fields_of(browser(cast.RAPPORTEUR).get(ASK))

        assert (fields["from_year"], fields["until_year"]) == (YEAR, YEAR)
        assert fields["rule"] == "standard"


class TestAHiddenFigure:
    """A minister asks, and gets the rule and its reason; the question is written down."""

    @pytest.fixture
    def address(self) -> str:
        with copied(persons(year=int(YEAR))):
            place = asked(browser(cast.RAPPORTEUR))
        browser(cast.SECOND_RAPPORTEUR).post(f"{place}publish/")
        number = ledger.every_release(connections["statistics"])[0].number
        return f"/figures/hidden/?number={number}&table=sex_by_age"

    def test_is_answered_with_its_rule_and_logged_and_a_published_one_is_told(self, address: str):
        client = browser(cast.CO_ORDINATOR)
        minister = {"asked_for": "The Minister of the Interior"}

        hidden = sent(client, address, sex="male", age="child_0_8", **minister).content.decode()
        shown = sent(client, address, sex="male", age="", **minister).content.decode()
        nobody = sent(client, address, sex="male", age="", asked_for="")
        desk = browser(cast.RAPPORTEUR).get("/figures/desk/").content.decode()

        assert "fewer than 10 persons are hidden" in hidden
        assert "can tell a trafficker who went to the police" in hidden
        assert "were written down" in hidden
        assert "This figure is published: 70" in shown
        assert nobody.status_code == 422
        assert desk.count("The Minister of the Interior") == 1

    @pytest.mark.parametrize(
        "odd", ["", "?number=0&table=x", "?number=999999999&table=sex_by_age"]
    )
    def test_of_no_release_is_no_page(self, odd: str):
        assert browser(cast.LAWYER).get(f"/figures/hidden/{odd}").status_code == 404
