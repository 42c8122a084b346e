"""The public pages: what was released and nothing else, with its method, for everyone."""

import json
from collections.abc import Iterator

import pytest
from django.db import connections, transaction
from django.test import Client

from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.releases import Release, Request
from tests.database import NOW
from tests.rapporteur.invented import copied, persons
from tests.rapporteur.through_the_desk import published, worked_on

YEAR = 1958
PURPOSE = "Open to everyone"
KINDS = ((40, {}), (30, {"sex": "male"}), (6, {"sex": "unknown"}), (1, {"sex": "other"}))


@pytest.fixture(scope="module")
def released() -> Iterator[Release]:
    """One release that is out and one request that is only drawn; gone after the module."""
    connection = connections["statistics"]
    with copied(persons(KINDS, year=YEAR)), transaction.atomic(using="statistics"):
        wanted = Request(Period(YEAR, YEAR), PURPOSE)
        yield published(wanted, connection=connection, at=NOW)
        transaction.set_rollback(True, using="statistics")


@pytest.fixture
def anyone() -> Client:
    """Somebody without an account."""
    return Client(headers={"host": "localhost"})


class TestOpenFigures:
    def test_list_what_was_released_with_links_to_the_method(
        self, anyone: Client, released: Release
    ):
        page = anyone.get("/open-figures/").content.decode()

        assert PURPOSE in page
        assert f"/open-figures/{released.number}/sex_by_age/#op-method" in page
        assert f"/open-figures/{released.number}/release.json" in page

    def test_show_a_table_beside_its_chart_with_method_base_and_caveats(
        self, anyone: Client, released: Release
    ):
        page = anyone.get(f"/open-figures/{released.number}/form_by_sex/").content.decode()

        for words in ("Method", "Base", "Parameters", "Checksum", "never to be read as zero"):
            assert words in page
        assert 'id="op-method"' in page
        assert f"/open-figures/{released.number}/form_by_sex/chart.svg" in page
        assert "The same figures stand in the table" in page
        assert "Read by" in page

    def test_draw_no_bar_for_a_hidden_figure(self, anyone: Client, released: Release):
        answer = anyone.get(f"/open-figures/{released.number}/form_by_sex/chart.svg")

        assert answer["Content-Type"] == "image/svg+xml"
        svg = answer.content.decode()
        assert "Sexual exploitation" in svg
        assert "Organ removal" not in svg

    def test_give_open_data_with_everything_said_and_no_account(
        self, anyone: Client, released: Release
    ):
        answer = anyone.get(f"/open-figures/{released.number}/release.json")
        found = json.loads(answer.content)

        assert found["checksum"] == released.checksum
        assert found["parameters"]["threshold"] == 10
        assert found["parameters"]["rounding"] == 5
        assert {one["name"] for one in found["tables"]} == set(released.tables)
        counts = [one["persons"] for table in found["tables"] for one in table["cells"]]
        assert None in counts
        assert min(one for one in counts if one is not None) >= 10
        assert str(released.published_by) not in answer.content.decode()
        assert str(released.read_by) not in answer.content.decode()

    def test_give_a_table_for_a_spreadsheet_with_its_method(
        self, anyone: Client, released: Release
    ):
        answer = anyone.get(f"/open-figures/{released.number}/sex_by_age/table.csv")

        assert answer["Content-Type"].startswith("text/csv")
        assert released.checksum in answer.content.decode()

    @pytest.mark.parametrize(
        "place", ["999999/sex_by_age/", "999999/release.json", "999999/sex_by_age/chart.svg"]
    )
    def test_of_no_release_are_not_there(self, anyone: Client, place: str):
        assert anyone.get(f"/open-figures/{place}").status_code == 404

    def test_of_a_table_that_was_not_released_are_not_there(
        self, anyone: Client, released: Release
    ):
        assert anyone.get(f"/open-figures/{released.number}/person/").status_code == 404

    def test_never_show_what_is_only_drawn(self, anyone: Client, released: Release):
        with transaction.atomic(using="statistics"):
            wanted = Request(Period(1957, 1957), "Not read by anybody")
            worked_on(wanted, connection=connections["statistics"], at=NOW)
            page = anyone.get("/open-figures/").content.decode()
            transaction.set_rollback(True, using="statistics")

        assert "Not read by anybody" not in page
