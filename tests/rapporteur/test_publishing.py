"""Publishing: once, whole, for good, and never so that two releases expose someone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from opennrm.rapporteur import copy_of_persons, ledger
from opennrm.rapporteur.catalogue import (
    CATALOGUE,
    OWN_DIMENSIONS,
    VERSION,
    Period,
    declared,
    shapes_for,
)
from opennrm.rapporteur.history import changed_persons
from opennrm.rapporteur.publishing import ask_for_release
from opennrm.rapporteur.releases import Request, checksum_of
from opennrm.rapporteur.releasing import ReleaseRefused
from opennrm.statistics import Rule, Tally, nested_without_circle, relate
from tests import cast
from tests.rapporteur.invented import FIRST_YEAR, copied, persons
from tests.rapporteur.through_the_desk import published as taken_through
from tests.statistics import attack

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
PERIOD = Period(FIRST_YEAR, FIRST_YEAR + 1)
EXACT = Rule()
ASKED = Request(PERIOD, "The report of the year", rule=EXACT)


@pytest.fixture(scope="module")
def published(_database):
    """One release over invented persons; everything is rolled back after the module."""
    connection = connections["statistics"]
    with copied(persons()), transaction.atomic(using="statistics"):
        yield connection, taken_through(ASKED, connection=connection, at=AT)
        transaction.set_rollback(True, using="statistics")


def asking(connection, wanted):
    return ask_for_release(
        wanted=wanted, actor=cast.RAPPORTEUR.actor, connection=connection, at=AT
    )


class TestARelease:
    """A release and what stands in it."""

    def test_publishes_every_table_of_the_catalogue_together(self, published):
        _, release = published

        assert set(release.tables) == {one.name for one in CATALOGUE}
        assert release.catalogue_version == VERSION
        assert release.table("sex_by_age").base.all == 204

    def test_hides_the_child_who_begs_and_the_person_nobody_else_is_like(self, published):
        _, release = published

        assert release.table("sex_by_age").value(sex="male", age="child_0_8") is None
        assert release.table("form_by_sex").value(form="organ_removal") is None

    def test_leaves_no_hidden_cell_to_rational_elimination(self, published):
        _, release = published
        shapes = [
            table.shape for table in release.tables.values() if len(table.shape.dimensions) < 3
        ]
        cells = {c: v for one in shapes for c, v in release.table(one.name).cells.items()}

        assert attack.solved_exactly(shapes, cells) == {}

    def test_agrees_on_every_cell_that_two_tables_share(self, published):
        _, release = published
        seen = {}
        for table in release.tables.values():
            for cell, value in table.cells.items():
                assert seen.setdefault(cell, value) == value

    def test_counts_a_child_of_unknown_age_as_a_child(self, published):
        connection, _ = published
        tally = copy_of_persons.persons(connection, PERIOD).over(("age",))

        assert tally.persons[("child_age_unknown",)] == 15

    def test_carries_method_base_checksum_and_a_passed_audit(self, published):
        _, release = published

        assert release.audit["passed"]
        assert release.audit["narrowest_interval"] >= 5
        assert len(release.checksum) == 64
        assert release.software_version
        assert release.table("year_by_status").method

    def test_stands_and_is_never_drawn_a_second_time(self, published):
        connection, release = published

        with pytest.raises(ReleaseRefused, match=f"Release {release.number} stands"):
            asking(connection, ASKED)

    def test_is_not_corrected_while_fewer_than_ten_persons_changed(self, published):
        connection, release = published
        correction = replace(ASKED, revises=release.number, reason="Late reports came in")

        with (
            copied(persons(((9, {"sex": "male"}),))),
            pytest.raises(ReleaseRefused, match="fewer than 10 persons changed"),
        ):
            asking(connection, correction)

    @pytest.mark.parametrize("years", [(FIRST_YEAR, FIRST_YEAR), (FIRST_YEAR - 1, FIRST_YEAR + 3)])
    def test_refuses_years_that_could_be_subtracted_from_it(self, published, years):
        connection, _ = published

        with pytest.raises(ReleaseRefused, match="subtracting one period from the other"):
            asking(connection, replace(ASKED, period=Period(*years)))

    def test_refuses_the_same_years_by_another_rule(self, published):
        connection, release = published
        weaker = replace(
            ASKED, rule=Rule(threshold=3), revises=release.number, reason="More detail"
        )

        with pytest.raises(ReleaseRefused, match="by another rule"):
            asking(connection, weaker)

    def test_needs_a_purpose(self, published):
        connection, _ = published

        with pytest.raises(ReleaseRefused, match="needs a purpose"):
            asking(connection, replace(ASKED, purpose=" "))


class TestLedger:
    """What was published stays as it was."""

    def test_returns_what_was_published(self, published):
        connection, release = published

        assert ledger.release(connection, release.number) == release

    def test_knows_when_a_number_was_never_given(self, published):
        connection, _ = published

        with pytest.raises(ledger.NoSuchRelease, match="no release 987654"):
            ledger.release(connection, 987654)


class TestCatalogue:
    """Tables that hold together."""

    def test_shares_dimensions_without_a_circle_so_that_the_audit_is_exact(self):
        assert nested_without_circle(shapes_for(OWN_DIMENSIONS, PERIOD))

    def test_names_each_cell_once_over_all_tables(self):
        relations = relate(shapes_for(OWN_DIMENSIONS, PERIOD))

        assert len(set(relations.cells)) == len(relations.cells)

    def test_finds_a_declared_table(self):
        assert declared("form_by_scope").dimensions == ("form", "scope")


class TestChangedPersons:
    """Counting who changed, never too many."""

    def test_counts_a_changed_person_once(self):
        before = Tally(("sex",), {("female",): 5, ("male",): 2})
        after = Tally(("sex",), {("female",): 4, ("male",): 3})

        assert changed_persons(before, after) == 1


def test_checksum_changes_with_any_figure():
    assert checksum_of({"cells": [1]}) != checksum_of({"cells": [2]})
