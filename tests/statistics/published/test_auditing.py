"""The audit of published files finds every planted leak, and none where there is none."""

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from opennrm.statistics import Rule, TableShape, count_cells, protect
from opennrm.statistics.published.auditing import Verdict, audit_published
from opennrm.statistics.published.figures import FileUnusable, Range, Rounding
from opennrm.statistics.published.linking import Ways
from opennrm.statistics.rounding import rounded
from tests.statistics import attack
from tests.statistics.published.written import OURS, audited, long_table, read
from tests.statistics.tables_drawn import AGE, FORM, SCOPE, SEX, tallies

FEW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
PLAIN = (TableShape("sex_by_age", (SEX, AGE)), TableShape("sex_by_scope", (SEX, SCOPE)))
OVERLAPPING = (TableShape("sex_by_age", (SEX, AGE)), TableShape("form_by_sex", (FORM, SEX)))
CROSS = "Age,Female,Male,Total\nchild,*,12,15\nadult,30,*,50\nTotal,33,*,65\n"


def careless(shapes, tally):
    """Small cells hidden, nothing to protect them."""
    counts = {}
    for shape in shapes:
        counts |= count_cells(shape, tally)
    return {cell: None if count < 10 else count for cell, count in counts.items()}


def with_year(rows, year):
    """Put a year before the figure of every row."""
    lines = (line.rpartition(",") for line in rows.splitlines())
    return "".join(f"{levels},{year},{value}\n" for levels, _, value in lines)


def highest(one):
    return float("inf") if one.high is None else one.high


class TestOwnTables:
    @FEW
    @given(tallies())
    def test_give_nothing_away(self, tally):
        found = protect(OVERLAPPING, tally, exact=False)
        texts = [long_table(one.shape, one.cells) for one in found.tables]

        audit = audited(*texts, ways=OURS)

        assert audit.holds
        assert audit.contradictions == ()

    @FEW
    @given(tallies())
    def test_without_complementary_suppression_are_bounded_as_an_attacker_bounds_them(self, tally):
        cells = careless(PLAIN, tally)
        theirs = attack.bounded(PLAIN, cells)

        audit = audited(*(long_table(one, cells) for one in PLAIN), ways=OURS)

        assert {one.figure.cell for one in audit.findings} == set(theirs)
        for one in audit.findings:
            low, high = theirs[one.figure.cell]
            assert one.low == pytest.approx(low, abs=0.01), one
            assert one.high is None or one.high == pytest.approx(high, abs=0.01), one
            assert (one.high is None) == (high > 5000)

    @FEW
    @given(tallies(), st.data())
    def test_with_one_leak_planted_are_caught(self, tally, data):
        shape = PLAIN[0]
        found = protect((shape,), tally, Rule(zeros_disclosive=False), exact=False)
        cells, truth = dict(found.tables[0].cells), count_cells(shape, tally)
        hidden = sorted(cell for cell, value in cells.items() if value is None)
        if not hidden:
            return
        planted = data.draw(st.sampled_from(hidden))
        careless_now = {c: None if c == planted else truth[c] for c in cells}

        audit = audited(long_table(shape, careless_now), ways=OURS)

        (one,) = audit.findings
        assert (one.low, one.high, one.verdict) == (
            truth[planted],
            truth[planted],
            Verdict.COMPUTED,
        )
        assert one.is_one_subtraction


class TestLimits:
    @FEW
    @given(tallies(), st.data())
    def test_always_hold_the_truth_whatever_is_masked_absent_or_rounded(self, tally, data):
        shape = data.draw(st.sampled_from(OVERLAPPING))
        truth = count_cells(shape, tally)
        base = data.draw(st.sampled_from([None, 5]))
        absent = data.draw(st.lists(st.sampled_from(sorted(truth)), unique=True, max_size=9))
        kept = [cell for cell in truth if cell not in absent]
        assume({pair for cell in kept for pair in cell} == {p for cell in truth for p in cell})
        cells = {cell: None if count < 10 else count for cell, count in truth.items()}
        shown = rounded({cell: cells[cell] for cell in kept}, base)
        rounding = Rounding(base) if base else None

        try:
            audit = audited(long_table(shape, shown), ways=OURS, rounding=rounding)
        except FileUnusable:
            return

        assert audit.contradictions == ()
        for one in audit.findings:
            assert one.low <= truth[one.figure.cell] <= highest(one)


class TestWays:
    def test_are_the_shortest_subtraction(self):
        text = "a,b,value\nx,u,*\nx,v,3\ny,u,4\ny,v,5\nz,u,6\nz,v,6\nTotal,u,12\nx,Total,5\n"

        (one,) = audited(text).findings

        assert (one.low, one.high, len(one.steps)) == (2, 2, 1)
        assert one.is_one_subtraction

    def test_go_through_cells_that_were_worked_out_before(self):
        text = "a,b,value\nx,u,*\nx,v,*\ny,u,4\nx,Total,9\nTotal,u,7\n"

        audit = audited(text, ways=Ways(absent_is_zero=True))

        assert [(one.low, one.high) for one in audit.findings] == [(3, 3), (6, 6)]
        assert [len(one.steps) for one in audit.findings] == [1, 2]
        assert audit.one_subtraction == 1

    def test_find_what_a_mask_and_a_total_say_together(self):
        text = "a,value\nx,<5\ny,<5\nz,10\nTotal,18\n"

        audit = audited(text)

        assert [(one.low, one.high) for one in audit.findings] == [(4, 4), (4, 4)]
        assert audit.one_subtraction == 0
        assert all(one.steps for one in audit.findings)

    def test_narrow_a_mask(self):
        text = "a,value\nx,<5\ny,<5\nz,10\nTotal,12\n"

        audit = audited(text)

        assert [(one.low, one.high) for one in audit.findings] == [(0, 2), (0, 2)]
        assert [one.verdict for one in audit.findings] == [Verdict.NARROWED] * 2

    def test_lead_through_programmes_where_single_sums_say_little(self):
        text = (
            "a,b,value\nx,u,*\nx,v,*\nx,w,*\ny,u,*\ny,v,*\ny,w,7\nz,u,*\nz,v,*\nz,w,6\n"
            "x,Total,31\ny,Total,22\nz,Total,23\nTotal,u,30\nTotal,v,25\n"
        )

        found = {one.figure.line: one for one in audited(text).findings}

        assert (found[4].low, found[4].high) == (8, 8)
        assert len(found[4].steps) == 5
        assert found[2].verdict is Verdict.KEPT

    def test_lead_through_another_file(self):
        details = "sex,age,value\nf,child,*\nf,adult,9\nm,child,5\nm,adult,7\n"
        margins = "sex,value\nf,12\nm,12\n"

        (one,) = audited(details, margins, ways=Ways(not_added=frozenset({"sex"}))).findings

        assert (one.low, one.high) == (3, 3)

    def test_are_none_for_a_cell_masked_here_and_shown_there(self):
        found = audited("a,value\nx,*\ny,4\nTotal,*\n", "a,value\nx,3\n").findings

        assert [(one.low, one.high) for one in found] == [(3, 3), (7, 7)]

    def test_stop_at_rows_that_are_not_in_the_file(self):
        text = "sex,age,value\nf,child,*\nf,adult,4\nm,child,5\nm,adult,2\nu,adult,1\n"
        text += "Total,child,8\nTotal,adult,7\n"

        cautious, sure = audited(text), audited(text, ways=Ways(absent_is_zero=True))

        assert (cautious.findings[0].low, cautious.findings[0].high) == (0, 3)
        assert (sure.findings[0].low, sure.findings[0].high) == (3, 3)

    def test_use_a_total_that_leaves_nobody_to_rows_not_in_the_file(self):
        rows = "f,child,*\nf,adult,*\nf,Total,12\nm,child,5\nm,adult,5\nm,Total,10\n"
        totals = "Total,child,8\nTotal,Total,22\n"
        text = with_year(rows + totals, 2020) + "u,child,2021,3\nu,Total,2021,3\n"

        audit = audited("sex,age,year,value\n" + text)

        assert [(one.low, one.high) for one in audit.findings] == [(3, 3), (9, 9)]

    def test_add_up_group_by_group(self):
        text = (
            "group,level,value\nTotal,Total,20\nsex,f,<5\nsex,m,18\nform,s,<5\nform,l,<5\n"
            "form,o,16\n"
        )

        audit = audited(text, groups=(("group", "level"),))

        assert [(one.low, one.high) for one in audit.findings] == [(2, 2), (0, 4), (0, 4)]

    def test_end_when_the_time_is_up_and_say_so(self):
        text = "a,b,value\nx,u,*\nx,v,*\ny,u,*\ny,v,*\nx,Total,31\ny,Total,22\nTotal,u,30\n"

        audit = audit_published([read(text)], may_go_on=lambda: False)

        assert not any(one.is_exact for one in audit.findings)
        assert next((one.low, one.high) for one in audit.findings) == (8, 30)


class TestRoundedTables:
    def test_are_bounded_by_all_that_rounds_to_what_is_shown(self):
        text = "a,value\nx,*\ny,10\nTotal,15\n"

        (one,) = audited(text, rounding=Rounding(5)).findings

        assert (one.low, one.high) == (1, 9)


class TestContradictions:
    def test_are_named_and_nothing_is_guessed(self):
        audit = audited(CROSS.replace("65", "70"), across="Sex")

        assert len(audit.contradictions) == 2
        assert len(audit.of(Verdict.CONTRADICTED)) == 2

    def test_of_a_mask_and_what_it_must_be(self):
        audit = audited("a,value\nx,<5\ny,4\nTotal,12\n")

        assert len(audit.contradictions) == 1
        assert audit.holds

    def test_that_only_several_sums_show(self):
        text = (
            "a,b,value\nx,u,*\nx,v,*\ny,u,*\ny,v,*\nx,Total,3\ny,Total,3\nTotal,u,3\nTotal,v,4\n"
        )

        audit = audited(text)

        assert len(audit.of(Verdict.CONTRADICTED)) == 4
        assert len(audit.contradictions) == 1


class TestPromises:
    def test_are_read_from_the_mask(self):
        masked = read("a,value\nx,n<10\nTotal,30\n").figures[0]

        assert masked.range == Range(0, 9)

    def test_must_be_about_something_that_adds_up(self):
        with pytest.raises(FileUnusable, match="--total"):
            audited("a,value\nx,*\ny,3\n")
