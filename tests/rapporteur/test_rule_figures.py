"""Rules and redress for the Rapporteur: small cells never shown, nor to be worked out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from opennrm.lifecycle.course_figures import BANDS, DAY_UNKNOWN, LONGER, CourseRow
from opennrm.rapporteur.course_counts import COURSES
from opennrm.rapporteur.drawing import Drawn, draw
from opennrm.rapporteur.releasing import ReleaseRefused
from opennrm.rapporteur.rule_counts import ASSETS, COMPENSATION, SUBJECTS, NoSuchSubject, subject
from opennrm.rapporteur.rule_page import rule_page
from opennrm.rapporteur.table_csv import table_csv
from opennrm.rapporteur.table_html import table_html
from opennrm.statistics import Rule
from opennrm.vocabulary.criminal import CriminalTrack
from opennrm.vocabulary.redress import AssetStep
from opennrm.vocabulary.returns import ReturnOutcome
from tests import database
from tests.attacks import raw
from tests.rapporteur.invented import copied, persons
from tests.rights.removing import without
from tests.statistics import attack

YEAR = 1987
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
RULES, REDRESS = subject("rules"), subject("redress")
EVENT = (
    "INSERT INTO statistics.rule_event (event_ref, jurisdiction, rule, event, year, quarter, nth) "
    "VALUES (%s, 'XA', %s, %s, %s, 1, %s)"
)
CLAIM = (
    "INSERT INTO statistics.redress (row_ref, jurisdiction, year, compensation, assets) "
    "VALUES (%s, 'XA', %s, %s, %s)"
)
# A year of an invented country: three small cells between large ones, one of them a single case.
PLANTED = {
    ("R23", "hold"): 60,
    ("R23", "refusal"): 14,
    ("R23", "override"): 1,
    ("R11", "override"): 25,
    ("R11", "breach"): 9,
    ("R35", "breach"): 30,
    ("R35", "hold"): 3,
}
PAID = {
    ("none", "none"): 40,
    ("claimed", "none"): 22,
    ("awarded", "seized"): 17,
    ("received_in_part", "confiscated"): 2,
    ("received", "passed_on"): 12,
}


@contextmanager
def planted(query: str, rows: list[tuple[Any, ...]], table: str, key: str) -> Iterator[None]:
    """Put rows into the copy, and take them out again afterwards."""
    keys = [uuid4() for _ in rows]
    with database.as_role("opennrm_owner") as owner:
        owner.cursor().executemany(query, [(k, *r) for k, r in zip(keys, rows, strict=True)])
    try:
        yield
    finally:
        with database.as_role("opennrm_owner") as owner:
            owner.execute(f"DELETE FROM statistics.{table} WHERE {key} = ANY(%s)", [keys])


def events(counts: dict[tuple[str, str], int], *, nth: int = 1) -> Any:
    rows = [(rule, event, YEAR, nth) for (rule, event), n in counts.items() for _ in range(n)]
    return planted(EVENT, rows, "rule_event", "event_ref")


def claims(counts: dict[tuple[str, str], int]) -> Any:
    rows = [(YEAR, *words) for words, n in counts.items() for _ in range(n)]
    return planted(CLAIM, rows, "redress", "row_ref")


def drawn(connection: Any, *, year: int = YEAR) -> Drawn:
    return draw(RULES, year, connection=connection, at=AT)


def cells(found: Drawn) -> dict[Any, int | None]:
    return {cell: v for table in found.tables.values() for cell, v in table.cells.items()}


class TestRulesByEvent:
    def test_shows_large_counts_and_hides_small_ones_and_zeros(self, statistics):
        with events(PLANTED):
            table = drawn(statistics).tables["rules_by_event"]

        assert table.value(rule="R35", event="breach") in (30, None)
        for rule, event in (("R23", "override"), ("R11", "breach"), ("R35", "hold")):
            assert table.value(rule=rule, event=event) is None
        assert table.value(rule="R02", event="breach") is None
        assert table.value() == sum(PLANTED.values())

    def test_shows_no_number_below_the_threshold_in_any_cell_or_total(self, statistics):
        with events(PLANTED), claims(PAID):
            shown = [
                value
                for one in SUBJECTS
                for value in cells(draw(one, YEAR, connection=statistics, at=AT)).values()
            ]

        assert min(value for value in shown if value is not None) >= Rule().threshold

    @pytest.mark.parametrize("chosen", SUBJECTS, ids=lambda one: one.name)
    def test_lets_nobody_subtract_a_hidden_cell(self, statistics, chosen):
        with events(PLANTED), claims(PAID):
            found = draw(chosen, YEAR, connection=statistics, at=AT)

        assert attack.solved_exactly(chosen.shapes, cells(found)) == {}

    def test_counts_a_case_once_however_often_it_happened(self, statistics):
        with events(PLANTED), events({("R35", "hold"): 40}, nth=2):
            table = drawn(statistics).tables["rules_by_event"]

        assert table.value(rule="R35", event="hold") is None
        assert table.value() == sum(PLANTED.values())

    def test_writes_a_hidden_cell_as_a_mark_and_never_as_a_number(self, statistics):
        with events({("R35", "breach"): 30, ("R35", "hold"): 3}):
            page = rule_page("rules", YEAR, connection=statistics, at=AT)

        (table,) = page.tables
        row = next(one for one in table.rows if one.headings[0].startswith("R35"))
        line = next(one for one in table_csv(table).splitlines() if "Held" in one and "R35" in one)
        assert row.persons[-1] is None
        assert line.endswith('"[c]"')
        assert "fewer than 10" in table_html(table)
        assert '"Cases"' in table_csv(table)


class TestDrawing:
    @pytest.mark.parametrize("year", [AT.year, AT.year + 5])
    def test_refuses_a_year_that_is_not_over(self, statistics, year):
        page = rule_page("rules", year, connection=statistics, at=AT)

        with pytest.raises(ReleaseRefused):
            drawn(statistics, year=year)
        assert page.tables == ()
        assert f"Choose {AT.year - 1}" in page.message

    def test_shows_the_same_tables_while_fewer_cases_than_the_threshold_changed(self, statistics):
        with events(PLANTED):
            before = drawn(statistics)
            with events({("R35", "breach"): 9}):
                after = drawn(statistics)
            with events({("R35", "breach"): 10}):
                much = drawn(statistics)

        assert (after.number, cells(after)) == (before.number, cells(before))
        assert much.number == before.number + 1
        assert much.tables["rules_by_event"].value() == sum(PLANTED.values()) + 10

    @pytest.mark.parametrize("role", ["opennrm_statistics", "opennrm_owner"])
    def test_keeps_what_was_drawn_whoever_would_remove_it(self, role):
        with database.as_role(role) as connection:
            code = raw.refused(connection, "TRUNCATE statistics.drawn_set")

        assert code == "42501"


class TestRedress:
    def test_keeps_claimed_awarded_and_received_apart(self, statistics):
        with claims(PAID):
            found = draw(REDRESS, YEAR, connection=statistics, at=AT)

        compensation = found.tables["redress_compensation"]
        assert compensation.value() == sum(PAID.values())
        assert compensation.value(compensation="received_in_part") is None
        assert compensation.value(compensation="none") == 40
        assert set(found.tables) == {"redress_compensation", "redress_assets"}

    def test_has_a_level_for_every_word_that_cases_can_give(self):
        assert set(ASSETS) == {"none", *(step.value for step in AssetStep)}
        assert set(COMPENSATION) == {
            *("none", "claimed", "awarded", "received_in_part", "received")
        }


class TestCourses:
    @pytest.mark.parametrize("one", COURSES, ids=lambda one: one.column)
    def test_hide_a_few_persons_and_never_read_what_is_not_kept_as_none(self, statistics, one):
        word = next(iter(one.levels))
        rows = persons(((14, {one.column: word}), (1, {one.column: "none"}), (20, {})), year=YEAR)
        with copied(rows):
            table = draw(subject(one.column), YEAR, connection=statistics, at=AT).tables[
                f"course_{one.column}"
            ]

        assert table.value(**{one.column: "none"}) is None
        assert table.value(**{one.column: "not_counted"}) in (20, None)
        assert table.value() == 35

    def test_have_a_level_for_each_word_that_cases_can_give(self):
        levels = {one.column: set(one.levels) for one in COURSES}

        assert list(levels) == [one.name for one in fields(CourseRow)]
        assert levels["proceedings"] == {*CriminalTrack, "not_counted"}
        assert {*(word for _most, word in BANDS), LONGER, DAY_UNKNOWN} <= levels["first_decision"]
        assert {*ReturnOutcome} < levels["safe_return"]


class TestSubject:
    def test_of_redress_is_not_reported_once_its_rule_is_taken_out(self, statistics):
        with without("R59"):
            page = rule_page("redress", YEAR, connection=statistics, at=AT)

        assert "redress" not in [one.key for one in page.subjects]
        assert [one.name for one in page.tables] == ["rules_by_event"]

    def test_that_was_not_declared_is_refused_and_the_page_shows_the_first(self, statistics):
        with pytest.raises(NoSuchSubject, match="rules, redress"):
            subject("persons")
        page = rule_page("persons", YEAR, connection=statistics, at=AT)

        assert [one.key for one in page.subjects if one.chosen] == ["rules"]
