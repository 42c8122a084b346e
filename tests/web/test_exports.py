"""Exports in the layouts of others: only what was released, and what had no counterpart."""

import csv
import io

import pytest
from django.db import connections, transaction
from django.test import Client

from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.exports import LAYOUTS, NoSuchLayout, export, layout_named
from opennrm.rapporteur.releases import Request
from opennrm.statistics import cell
from tests.database import NOW
from tests.rapporteur.invented import copied, persons
from tests.rapporteur.through_the_desk import published

YEAR = 1949
HIDDEN = "[c]"


@pytest.fixture(scope="module")
def released(_database):
    """One release that is out; gone after the module."""
    connection = connections["statistics"]
    with copied(persons(year=YEAR)), transaction.atomic(using="statistics"):
        yield published(Request(Period(YEAR, YEAR), "Exports"), connection=connection, at=NOW)
        transaction.set_rollback(True, using="statistics")


def rows_of(released, key):
    """The lines of an export, and what is said below them."""
    text = export(connections["statistics"], released.number, key).lstrip("\ufeff")
    lines = list(csv.reader(io.StringIO(text)))
    end = lines.index([])
    header, *rows = lines[:end]
    return [dict(zip(header, row, strict=True)) for row in rows], lines[end + 1 :]


class TestExport:
    @pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.key)
    def test_shows_no_number_that_was_not_released_and_says_what_is_lacking(
        self, released, layout
    ):
        rows, said = rows_of(released, layout.key)
        released_values = {str(v) for t in released.tables.values() for v in t.cells.values()}

        counts = {row.get("VALUE") or row.get("value") or row.get("persons") for row in rows}
        if layout.key in ("htcds",):
            counts = {row["persons"] for row in rows}
        assert counts <= released_values | {HIDDEN}
        assert [words for title, words in said if title == "No counterpart"]
        assert any(released.checksum in words for _title, words in said)

    def test_gives_unodc_a_row_for_each_number_with_bands_cut_at_eighteen(self, released):
        rows, _said = rows_of(released, "unodc")
        found = {(r["Category"], r["Sex"], r["Age"]): r["VALUE"] for r in rows}
        table = released.table("sex_age_form_scope")

        assert found["Total", "Total", "Total"] == "205"
        assert found["Total", "Male", "Total"] == str(table.cells[cell(sex="male")])
        assert found["Sexual exploitation", "Total", "Total"] == str(
            table.cells[cell(form="sexual")]
        )
        assert {r["Age"] for r in rows} == {
            *("Total", "0 to 17 years", "18 years or over", "Unknown")
        }

    def test_never_writes_a_hidden_figure_as_zero_or_blank(self, released):
        for layout in LAYOUTS:
            rows, _said = rows_of(released, layout.key)
            for row in rows:
                value = row.get("VALUE", row.get("persons", row.get("value")))
                assert value == HIDDEN or int(value) >= 10

    def test_gives_a_rate_no_number_while_the_residents_are_not_known(self, released):
        rows, said = rows_of(released, "sdg")

        assert {row["per_100000"] for row in rows} == {""}
        assert any("needs the residents" in words for _title, words in said)

    def test_keeps_the_place_of_ic_tip_empty(self, released):
        rows, said = rows_of(released, "ictip")

        assert rows == []
        assert any("not guessed" in words for _title, words in said)

    def test_of_an_unknown_layout_is_refused(self):
        with pytest.raises(NoSuchLayout, match="unodc, eurostat"):
            layout_named("excel")


class TestThePage:
    def test_gives_each_layout_to_everyone(self, released):
        anyone = Client(headers={"host": "localhost"})
        page = anyone.get(f"/open-figures/{released.number}/exports/").content.decode()

        for one in LAYOUTS:
            address = f"/open-figures/{released.number}/exports/{one.key}.csv"
            assert address in page
            assert anyone.get(address)["Content-Type"].startswith("text/csv")

    @pytest.mark.parametrize("place", ["999999/exports/", "999999/exports/unodc.csv"])
    def test_of_no_release_is_not_there(self, place):
        assert (
            Client(headers={"host": "localhost"}).get(f"/open-figures/{place}").status_code == 404
        )

    def test_of_an_unknown_layout_is_not_there(self, released):
        anyone = Client(headers={"host": "localhost"})
        place = f"/open-figures/{released.number}/exports/excel.csv"

        assert anyone.get(place).status_code == 404
