"""A history of releases tells of no change of a few persons, by subtraction or by algebra."""

import os

import pytest

from opennrm.statistics import Earlier, Rule, TableShape, Tally, draw_next, protect
from opennrm.statistics.changes import changed_persons
from tests.statistics import attack
from tests.statistics.histories import releases_over, told_apart
from tests.statistics.tables_drawn import AGE, FORM, NAMES, SEX, population

SHAPES = (TableShape("sex_by_age", (SEX, AGE)), TableShape("form_by_sex", (FORM, SEX)))
ONE = (TableShape("sex_by_age", (SEX, AGE)),)
HISTORIES = int(os.environ.get("OPENNRM_HISTORIES", "6"))
# bin/nightly plays 200 histories, and 50 releases of one population.
STEPS = 50 if HISTORIES > 100 else 12
RULE = Rule()
PLAIN = Rule(zeros_disclosive=False)


def published(found) -> dict:
    return {cell: value for table in found.tables for cell, value in table.cells.items()}


def grown(before: Tally, *groups: tuple[int, dict]) -> Tally:
    more = population(*groups)
    return Tally(
        NAMES,
        {
            kind: before.persons.get(kind, 0) + more.persons.get(kind, 0)
            for kind in before.persons.keys() | more.persons.keys()
        },
    )


WOMEN = (300, {"sex": "female", "age": "adult"})
MEN = (200, {"sex": "male", "age": "adult"})
GIRLS = (90, {"sex": "female", "age": "child_9_17"})
BOYS = (80, {"sex": "male", "age": "child_9_17"})
FIRST = population(WOMEN, MEN, GIRLS, BOYS)


def first_release(tally: Tally = FIRST) -> Earlier:
    return Earlier.of(1, protect(ONE, tally, PLAIN).tables, tally)


class TestDrawNext:
    """What is out already decides what may be drawn."""

    def test_draws_the_first_release_as_protection_alone_would(self):
        assert draw_next(ONE, FIRST, (), PLAIN).found == protect(ONE, FIRST, PLAIN)

    def test_never_draws_the_same_counts_twice(self):
        found = draw_next(ONE, FIRST, [first_release()], PLAIN)

        assert (found.found, found.stands) == (None, 1)
        assert found.why == "No count changed since release 1; it stands."

    def test_lets_the_release_stand_while_too_few_changed(self):
        now = grown(FIRST, (9, {"sex": "female", "age": "adult"}))

        found = draw_next(ONE, now, [first_release()], PLAIN)

        assert (found.found, found.stands) == (None, 1)
        assert "Fewer persons than the threshold" in found.why

    def test_shows_a_cell_anew_when_enough_changed(self):
        now = grown(FIRST, (40, {"sex": "female", "age": "adult"}))

        found = draw_next(ONE, now, [first_release()], PLAIN)

        assert found.found.table("sex_by_age").value(sex="female", age="adult") == 340

    def test_keeps_a_cell_that_few_changed_and_hides_what_would_tell_it(self):
        now = grown(FIRST, (40, {"sex": "female", "age": "adult"}), (1, MEN[1]), (1, BOYS[1]))

        found = draw_next(ONE, now, [first_release()], PLAIN)

        table = found.found.table("sex_by_age")
        assert table.value(sex="male", age="adult") is None
        assert found.kept[(("age", "adult"), ("sex", "male"))].value == 200
        assert found.kept[(("age", "adult"), ("sex", "male"))].release == 1
        assert {table.value(sex="male"), table.value()} != {282, 712}

    def test_compares_with_every_earlier_release_not_only_with_the_last(self):
        more = grown(FIRST, (30, WOMEN[1]), (30, MEN[1]))
        second = Earlier.of(2, protect(ONE, more, PLAIN).tables, more)
        back = grown(FIRST, (1, WOMEN[1]), (1, MEN[1]))

        found = draw_next(ONE, back, [first_release(), second], PLAIN)

        shown = found.found.table("sex_by_age") if found.found else None
        assert shown is None or shown.value(sex="female", age="adult") is None

    def test_sees_two_years_added_up_beside_both_together(self):
        year = population(WOMEN, MEN, GIRLS, BOYS)
        first, second = first_release(year), Earlier(2, first_release(year).shown, year)
        both = grown(year, WOMEN, MEN, GIRLS, BOYS, (12, WOMEN[1]), (2, MEN[1]))

        careless = draw_next(ONE, both, [first, second], PLAIN)
        careful = draw_next(ONE, both, [first, second, first.beside(second)], PLAIN)

        assert careless.found.table("sex_by_age").value(sex="male", age="adult") == 402
        assert careful.found is None or (
            careful.found.table("sex_by_age").value(sex="male", age="adult") is None
        )

    @pytest.mark.parametrize("growing", [True, False])
    def test_tells_no_small_change_over_random_histories(self, growing):
        for seed in range(HISTORIES // 2):
            history, behind, _ = releases_over(SHAPES, seed, steps=6, growing=growing, rule=RULE)

            assert told_apart(SHAPES, history, behind, RULE.threshold) == []

    def test_leaves_nothing_to_algebra_over_many_releases_of_one_population(self):
        history, behind, found = releases_over(ONE, 4, steps=STEPS, rule=PLAIN)

        values = [published(one.found) for one in found]
        told = attack.determined_together(ONE, values)
        small = {
            name: value
            for name, value in told.items()
            if (name[0] == "is") or 0 < value < RULE.threshold
        }
        assert len(history) >= STEPS // 6
        assert told_apart(ONE, history, behind, RULE.threshold) == []
        assert small == {}


class TestWithoutTheHistory:
    """The same attacks find somebody when each release is drawn by itself."""

    def test_subtraction_and_algebra_tell_of_single_persons(self):
        first = FIRST
        now = grown(FIRST, (1, MEN[1]))
        history = [first_release(first), Earlier.of(2, protect(ONE, now, PLAIN).tables, now)]
        people = {
            number: {"sex": kind[0], "age": kind[1], "form": kind[2], "scope": kind[3]}
            for number, kind in enumerate(k for k, n in first.persons.items() for _ in range(n))
        }
        behind = {1: people, 2: {**people, 9999: MEN[1]}}

        told = attack.determined_together(
            ONE, [published(protect(ONE, first, PLAIN)), published(protect(ONE, now, PLAIN))]
        )

        assert told_apart(ONE, history, behind, 10)
        assert told[("added", 1, (("age", "adult"), ("sex", "male")))] == 1


class TestChangedPersons:
    """At least how many came, left or were put right."""

    def test_counts_a_corrected_person_once(self):
        before = population((5, {"sex": "female"}))
        after = population((4, {"sex": "female"}), (1, {"sex": "male"}))

        assert changed_persons(before, after) == 1
