"""Counting, missing answers, denominators, rounding and break-downs."""

import pytest

from opennrm.statistics import (
    BreakdownMissing,
    CountRefused,
    Dimension,
    Level,
    Rule,
    Share,
    TableShape,
    Tally,
    UnknownCode,
    breakdowns_elsewhere,
    cell,
    count_cells,
    nested_without_circle,
    protect,
    require_breakdowns,
)
from tests.statistics.tables_drawn import AGE, FORM, LINKED, SCOPE, SEX, population

FORM_BY_SEX = TableShape("form_by_sex", (FORM, SEX))
MANY = population(
    (50, {"sex": "female", "form": frozenset({"sexual"})}),
    (30, {"sex": "male", "form": frozenset({"labour"})}),
    (20, {"sex": "male", "form": frozenset({"labour", "begging"})}),
    (25, {"sex": "not_asked", "form": frozenset()}),
    (15, {"sex": None, "form": frozenset({"sexual", "unknown"})}),
)


class TestCountCells:
    """Everybody once in the total, and where they belong below it."""

    def test_counts_a_person_with_two_forms_once_in_the_total(self):
        counted = count_cells(FORM_BY_SEX, MANY)

        assert counted[cell(sex="male")] == 50
        assert counted[cell(sex="male", form="labour")] == 50
        assert counted[cell(sex="male", form="begging")] == 20

    def test_keeps_unknown_apart_from_not_asked_and_from_zero(self):
        counted = count_cells(FORM_BY_SEX, MANY)

        assert counted[cell(sex="unknown")] == 15
        assert counted[cell(sex="not_asked")] == 25
        assert counted[cell(sex="female", form="begging")] == 0

    def test_does_not_count_unknown_beside_a_known_form(self):
        counted = count_cells(FORM_BY_SEX, MANY)

        assert counted[cell(form="unknown")] == 25

    def test_adds_nested_levels_to_what_they_are_part_of(self):
        tally = population((3, {"age": "child_0_8"}), (4, {"age": "child_9_17"}))

        counted = count_cells(TableShape("age", (AGE,)), tally)

        assert counted[cell(age="child")] == 7

    def test_counts_finer_answers_in_a_coarser_table(self):
        tally = population((3, {"age": "child_0_8"}), (4, {"age": "adult"}))

        counted = count_cells(TableShape("age", (AGE.coarse(),)), tally)

        assert counted[cell(age="child")] == 3

    def test_refuses_a_code_on_no_list_and_says_which(self):
        with pytest.raises(UnknownCode, match="sex: 'F' is not on its list"):
            count_cells(TableShape("sex", (SEX,)), Tally(("sex",), {("F",): 1}))

    def test_refuses_several_answers_where_one_is_possible(self):
        two = Tally(("sex",), {(frozenset({"female", "male"}),): 1})

        with pytest.raises(UnknownCode, match="only one is possible"):
            count_cells(TableShape("sex", (SEX,)), two)

    @pytest.mark.parametrize("count", [-1, 1.5])
    def test_refuses_counts_that_are_not_persons(self, count):
        with pytest.raises(CountRefused, match="not a number of persons"):
            count_cells(TableShape("sex", (SEX,)), Tally(("sex",), {("female",): count}))

    def test_refuses_rows_that_were_not_counted_by_a_dimension(self):
        with pytest.raises(UnknownCode, match="scope: these rows were not counted"):
            count_cells(TableShape("scope", (SCOPE,)), Tally(("sex",), {("female",): 1}))


class TestDimension:
    """Closed lists that hold together."""

    def test_refuses_a_level_listed_twice(self):
        with pytest.raises(UnknownCode, match="twice"):
            Dimension("sex", "Sex", (Level("f", "F"), Level("f", "F")))

    def test_refuses_a_level_within_one_that_is_not_listed(self):
        with pytest.raises(UnknownCode, match="not listed"):
            Dimension("age", "Age", (Level("a", "A", within="b"),))

    def test_can_be_limited_to_the_levels_a_source_knows(self):
        limited = AGE.limited_to(frozenset({"child_0_8", "unknown"}))

        assert [level.code for level in limited.levels] == ["child", "child_0_8", "unknown"]

    def test_refuses_an_empty_answer_where_unknown_is_not_listed(self):
        sexes = Dimension("sex", "Sex", (Level("f", "F"), Level("m", "M")))

        with pytest.raises(UnknownCode, match="give the code for unknown"):
            sexes.reached_by(None)


class TestProtectedTable:
    """What is printed beside the cells."""

    def test_carries_everything_that_must_be_said(self):
        table = protect([FORM_BY_SEX], MANY).tables[0]

        assert table.base.all == 140
        assert table.parameters.rule == Rule()
        assert table.parameters.linked_tables == ("form_by_sex",)
        assert table.parameters.seed is None
        assert table.software_version
        assert any("Form of exploitation" in words for words in table.caveats)
        assert table.suppressed == sum(value is None for value in table.cells.values())

    def test_gives_both_denominators(self):
        table = protect([FORM_BY_SEX], MANY).tables[0]

        assert table.base.known["form"] == 115
        sexual = cell(form="sexual")
        assert table.percent(sexual, "form", Share.OF_ALL) == pytest.approx(100 * 65 / 140)
        assert table.percent(sexual, "form", Share.OF_KNOWN) == pytest.approx(100 * 65 / 115)

    def test_gives_no_share_of_known_for_the_unknown(self):
        table = protect([FORM_BY_SEX], MANY).tables[0]

        assert table.percent(cell(form="unknown"), "form", Share.OF_KNOWN) is None

    def test_never_works_a_base_out_of_a_suppressed_cell(self):
        tally = population((80, {"sex": "female"}), (60, {"sex": "male"}), (3, {"sex": None}))

        table = protect([TableShape("sex", (SEX,))], tally).tables[0]

        assert table.base.known["sex"] is None
        assert table.percent(cell(sex="female"), "sex", Share.OF_KNOWN) is None

    def test_rounds_totals_like_every_other_cell(self):
        tally = population((81, {"sex": "female"}), (62, {"sex": "male"}), (12, {"sex": None}))

        rule = Rule(rounding=5, zeros_disclosive=False)
        table = protect([TableShape("sex", (SEX,))], tally, rule).tables[0]

        assert table.cells[cell(sex="female")] == 80
        assert table.base.all == 155
        assert any("rounded to the nearest 5" in words for words in table.caveats)


class TestBreakdowns:
    """Rule R66."""

    def test_names_the_table_beside_it_that_has_the_breakdown(self):
        assert breakdowns_elsewhere(FORM_BY_SEX, LINKED) == {
            "age": ("base", "sex_by_age"),
            "scope": ("base",),
        }

    def test_refuses_a_table_alone_without_them(self):
        with pytest.raises(BreakdownMissing, match="no break-down by age, scope"):
            require_breakdowns([FORM_BY_SEX])

    def test_lets_linked_tables_through(self):
        require_breakdowns(LINKED)


class TestNestedWithoutCircle:
    """When bounds table by table are bounds of all tables."""

    def test_holds_for_tables_inside_a_base(self):
        assert nested_without_circle(LINKED)

    def test_fails_for_three_tables_in_a_ring(self):
        ring = [
            TableShape("a", (SEX, AGE)),
            TableShape("b", (AGE, SCOPE)),
            TableShape("c", (SCOPE, SEX)),
        ]

        assert not nested_without_circle(ring)
