"""The indicators and the report on quality: from releases only, and never a zero for not known."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connections, transaction

from opennrm.coordination.models import (
    Action,
    DataFeed,
    Indicator,
    Objective,
    Plan,
    RegisterEntry,
)
from opennrm.rapporteur.catalogue import Period, declared
from opennrm.rapporteur.indicator_page import indicator_page, indicators_csv
from opennrm.rapporteur.indicators import INDICATORS, MISSING
from opennrm.rapporteur.quality import quality_page, said_count
from opennrm.rapporteur.releases import Request
from tests import cast
from tests.rapporteur.invented import copied, persons
from tests.rapporteur.through_the_desk import published
from tests.web.browsing import browser

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEAR = 1953


@pytest.fixture(scope="module")
def released(_database):
    """One release; gone after the module."""
    connection = connections["statistics"]
    with copied(persons(year=YEAR)), transaction.atomic(using="statistics"):
        wanted = Request(Period(YEAR, YEAR), "The report of the year")
        yield connection, published(wanted, connection=connection, at=AT)
        transaction.set_rollback(True, using="statistics")


class TestTheIndicators:
    def test_are_the_twenty_four_of_the_set(self):
        assert [one.key for one in INDICATORS] == [f"NR{n:02}" for n in range(1, 25)]

    @pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.key)
    def test_each_are_measured_or_say_why_not(self, one):
        assert sum(map(bool, (one.measures, one.because, one.page))) == 1
        assert one.numerator and one.denominator and one.breakdowns

    @pytest.mark.parametrize("measure", [m for one in INDICATORS for m in one.measures])
    def test_each_line_names_a_cell_of_a_declared_table(self, measure):
        table = declared(measure.table)

        assert not measure.dimension or measure.dimension in table.dimensions
        assert measure.code != MISSING or measure.is_share

    def test_show_what_was_released_and_hide_what_is_hidden(self, released):
        connection, release = released
        page = indicator_page(connection=connection)
        place = [one.number for one in page.columns].index(release.number)
        lines = {
            one.key: {trend.label: trend.figures[place] for trend in one.trends}
            for one in page.indicators
        }

        assert lines["NR01"]["Detected: all persons registered"] == "205"
        assert lines["NR01"]["Identified"] in ("20", "[c]")
        assert set(lines["NR08"].values()) <= {"[c]", "100.0"}
        assert "0" not in {figure for many in lines.values() for figure in many.values()}
        assert lines["NR13"] == {}

    def test_are_written_for_a_spreadsheet_with_what_each_is_a_share_of(self, released):
        connection, _ = released
        text = indicators_csv(indicator_page(connection=connection))
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))

        assert {row["Indicator"] for row in rows} == {one.key for one in INDICATORS}
        assert all(row["Denominator"] for row in rows)
        because = [row["Not measured yet, because"] for row in rows if row["Indicator"] == "NR09"]
        assert because == ["no house reports its places yet."]


class TestTheQuality:
    def test_names_kinds_of_body_that_are_hidden_and_no_number(self, released):
        connection, release = released
        page = quality_page(connection=connection, at=AT)

        assert page.newest == release.number
        assert "Helpline" in page.not_delivering
        assert not any(re.search(r"\d", name) for name in page.not_delivering)

    def test_finds_what_cannot_be_without_telling_a_small_number(self, released):
        connection, _ = released
        odd = persons(((3, {"majority": "child"}), (12, {"sex": "queen"})), year=YEAR - 1)
        with copied(odd):
            found = {
                one.looked_for: one
                for one in quality_page(connection=connection, at=AT).impossible
            }

        contradicted = found["A child by age and an adult by word, or the reverse"]
        assert (contradicted.is_fault, contradicted.found) == (True, "Fewer than 10")
        assert found["Sex: a word that is on no list"].found == "12"
        assert not found["A year that has not come yet"].is_fault

    def test_says_nothing_of_small_numbers(self):
        assert [said_count(n) for n in (0, 1, 9, 10)] == ["None", *["Fewer than 10"] * 2, "10"]


@pytest.mark.parametrize("place", ["indicators/", "indicators/indicators.csv", "quality/"])
class TestThePages:
    @pytest.mark.usefixtures("released")
    def test_are_for_those_who_release_figures(self, place: str):
        assert browser(cast.ANALYST).get(f"/figures/{place}").status_code == 200
        assert browser(cast.POLICE_OFFICER).get(f"/figures/{place}").status_code == 404


class TestWhatThePagesName:
    @pytest.mark.usefixtures("released")
    def test_is_who_owes_data_and_which_action_shows_in_an_indicator(self):
        entry = RegisterEntry.objects.using("owner").create(name="Ministry of Late Data")
        DataFeed.objects.using("owner").create(entry=entry, what="Charges", level="national")
        plan = Plan.objects.using("owner").create(
            title="Measured",
            jurisdiction="XA",
            from_on=date(2026, 1, 1),
            until_on=date(2028, 1, 1),
        )
        aim = Objective.objects.using("owner").create(
            plan=plan, number="1", pillar="protection", text="Rest"
        )
        action = Action.objects.using("owner").create(
            objective=aim, number="1.1", text="Tell of the recovery period"
        )
        Indicator.objects.using("owner").create(
            action=action, text="NR07 Recovery periods", target="100", target_on=AT.date()
        )

        quality = browser(cast.ANALYST).get("/figures/quality/").content.decode()
        indicators = browser(cast.ANALYST).get("/figures/indicators/").content.decode()

        assert "Ministry of Late Data" in quality
        assert f"/coordination/actions/{action.pk}/" in indicators
