"""The indicators and the report on quality: from releases only, and never a zero for not known."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connections, transaction

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.measured import kept_in_registers
from opennrm.coordination.models import (
    Action,
    Analysis,
    AnalysisRun,
    Budget,
    DataFeed,
    Definition,
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
from tests.database import as_administrator, signed_in
from tests.rapporteur.invented import copied, persons
from tests.rapporteur.through_the_desk import published
from tests.web.browsing import browser, sent

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEAR = 1953
WIDE = ["identified", "presumed"]


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
        assert sum(map(bool, (one.measures, one.because, one.page, one.in_registers))) == 1
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
        because = [row["Not measured yet, because"] for row in rows if row["Indicator"] == "NR03"]
        assert because[0].startswith("no fact of them reaches the statistics copy")

    def test_that_are_kept_in_registers_say_what_stands_there(self, released):
        connection, _ = released
        page = indicator_page(connection=connection, kept={"NR21": [("Actions done", "2 of 5")]})
        found = next(one for one in page.indicators if one.key == "NR21")

        assert found.kept == (("Actions done", "2 of 5"),) and not found.because
        assert "2 of 5" in indicators_csv(page)


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
        assert "none is counted here" not in quality
        assert "NR10" in quality and "no fact of guardians" in quality

    @pytest.mark.usefixtures("released")
    def test_is_what_the_registers_hold_of_plans_and_money(self):
        with at_coordination(signed_in(cast.ANALYST)):
            before = dict(kept_in_registers(on=AT.date())["NR21"]).get("Actions late", "0 of 0")
        plan = Plan.objects.using("owner").create(
            title="Adopted", jurisdiction="XA", from_on=AT.date(), until_on=date(2028, 1, 1),
            currency="EUR", status="adopted",
        )  # fmt: skip
        aim = Objective.objects.using("owner").create(
            plan=plan, number="1", pillar="protection", text="Rest"
        )
        action = Action.objects.using("owner").create(
            objective=aim, number="1.1", text="Late", until_on=date(2025, 1, 1)
        )
        Budget.objects.using("owner").create(
            action=action,
            source="state",
            year=2026,
            currency="EUR",
            planned=1_000_00,
            spent=250_50,
        )
        with at_coordination(signed_in(cast.ANALYST)):
            kept = {key: dict(lines) for key, lines in kept_in_registers(on=AT.date()).items()}
        plan.delete(using="owner")

        late, earlier = (int(text.split()[0]) for text in (kept["NR21"]["Actions late"], before))
        assert late == earlier + 1
        assert any("250.50" in figures for figures in kept["NR20"].values())


class TestASavedQuestion:
    """Kept by an office, put to the newest release, answered for good; nobody else reads it."""

    @pytest.fixture
    def saved(self, released):
        """Save a comparison of two definitions over the page, and take it away afterwards."""
        _connection, release = released
        client = browser(cast.ANALYST)
        names = {}
        for title, statuses in (("Narrow [saved]", ["identified"]), ("Wide [saved]", WIDE)):
            typed = {"title": title, "source": "Invented", "statuses": statuses}
            assert sent(client, "/coordination/definitions/add/", **typed).status_code == 302
            names[title] = Definition.objects.using("owner").get(title=title)
        first, second = names.values()
        asked = {"title": "Who counts [saved]", "table": "year_by_status"}
        asked |= {"first": str(first.pk), "second": str(second.pk)}
        assert sent(client, "/coordination/analyses/add/", **asked).status_code == 302
        yield client, Analysis.objects.using("owner").get(title="Who counts [saved]"), release
        with as_administrator() as administrator:
            administrator.execute("ALTER TABLE coordination_analysisrun DISABLE TRIGGER USER")
            for table in ("analysisrun", "analysis", "definition"):
                administrator.execute(f"DELETE FROM coordination_{table}")
            administrator.execute("ALTER TABLE coordination_analysisrun ENABLE TRIGGER USER")

    def test_is_answered_and_the_answer_is_never_changed(self, saved):
        client, row, release = saved
        at = f"/coordination/analyses/{row.pk}/"

        assert sent(client, f"{at}run/", why="The year is over").status_code == 302

        page = client.get(at).content.decode()
        assert "Under both" in page and "Total" in page
        assert f"/open-figures/{release.number}/year_by_status/#op-method" in page
        run = AnalysisRun.objects.using("owner").get(analysis=row)
        assert (run.number, run.table) == (release.number, "year_by_status")
        assert "Narrow [saved]" in run.asked
        with pytest.raises(DatabaseError, match="kept as it was given"):
            AnalysisRun.objects.using("owner").filter(pk=run.pk).update(answer="other")

    def test_is_closed_to_everybody_outside_the_office(self, saved):
        _client, row, _release = saved

        assert browser(cast.POLICE_OFFICER).get("/coordination/analyses/").status_code == 404
        with at_coordination(signed_in(cast.CASE_MANAGER)):
            assert not Analysis.objects.filter(pk=row.pk).exists()
            assert not Definition.objects.exists()

    def test_that_no_table_can_answer_is_refused_with_what_to_choose(self, saved):
        client, row, _release = saved
        asked = {"title": "No [saved]", "table": "entity_by_sex", "first": str(row.first_id)}

        answer = sent(client, "/coordination/analyses/add/", **asked)

        assert answer.status_code == 422
        assert "is not broken down by this: Status" in answer.content.decode()
