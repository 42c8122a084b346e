"""No suppressed cell can be worked out: properties, an independent attack, and broken controls."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from opennrm.statistics import (
    AuditFailed,
    Inconsistent,
    Rule,
    TableShape,
    audit,
    count_cells,
    protect,
    relate,
    release_set,
)
from opennrm.statistics.algebra import determined_cells
from tests.statistics import attack
from tests.statistics.tables_drawn import AGE, FORM, LINKED, SCOPE, SEX, population, tallies

# Without shrinking: a smaller example of a failure would cost minutes and say little more.
USUAL = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
FEW = settings(USUAL, max_examples=6)
TWO_WAY = (TableShape("sex_by_scope", (SEX, SCOPE)),)
SMALL = (TableShape("sex_by_age", (SEX, AGE)), TableShape("form_by_sex", (FORM, SEX)))


def published(found):
    return {cell: value for table in found.tables for cell, value in table.cells.items()}


def primary_only(shapes, tally, rule):
    """The deliberately broken suppressor: small cells hidden, nothing to protect them."""
    counts = {}
    for shape in shapes:
        counts |= count_cells(shape, tally)
    return {cell: None if rule.exposes(count) else count for cell, count in counts.items()}


PLAIN = population(
    (60, {"sex": "female", "scope": "internal"}),
    (40, {"sex": "male", "scope": "internal"}),
    (30, {"sex": "female", "scope": "cross_border"}),
    (4, {"sex": "male", "scope": "cross_border"}),
)


class TestProtect:
    """What leaves cannot be undone."""

    @USUAL
    @given(tallies())
    def test_leaves_nothing_to_rational_elimination(self, tally):
        found = protect(SMALL, tally, exact=False)

        assert attack.solved_exactly(SMALL, published(found)) == {}

    @USUAL
    @given(tallies())
    def test_leaves_every_hidden_cell_wide_open_to_an_outsider(self, tally):
        found = protect(SMALL, tally, exact=False)

        widths = attack.bounded(SMALL, published(found))
        assert all(high - low >= 5 - 1e-6 for low, high in widths.values())

    @settings(FEW, max_examples=3)
    @given(tallies())
    def test_protects_linked_tables_together(self, tally):
        found = protect(LINKED, tally, exact=False)

        assert attack.solved_exactly(LINKED, published(found)) == {}

    @FEW
    @given(tallies())
    def test_never_shows_a_cell_below_the_threshold(self, tally):
        found = protect(LINKED, tally, exact=False)

        shown = [value for value in published(found).values() if value is not None]
        assert all(value >= 10 for value in shown)

    @USUAL
    @given(tallies())
    def test_shows_only_true_counts(self, tally):
        found = protect(SMALL, tally, exact=False)

        for table in found.tables:
            truth = count_cells(table.shape, tally)
            assert all(value in (None, truth[cell]) for cell, value in table.cells.items())

    @FEW
    @given(tallies())
    def test_gives_the_same_cells_again(self, tally):
        first, second = (protect(SMALL, tally, exact=False) for _ in range(2))

        assert published(first) == published(second)

    @FEW
    @given(tallies())
    def test_states_the_limits_that_an_outsider_would_find(self, tally):
        shapes = (SMALL[0],)
        found = protect(shapes, tally)

        theirs = attack.bounded(shapes, published(found))
        for one in found.audit.intervals:
            low, high = theirs[one.cell]
            assert one.lower == pytest.approx(low, abs=1)
            assert one.upper is None or one.upper == pytest.approx(high, abs=1)

    def test_hides_as_little_as_it_must(self):
        found = protect(TWO_WAY, PLAIN, Rule(zeros_disclosive=False))

        table = found.table("sex_by_scope")
        assert table.value(sex="male", scope="cross_border") is None
        assert table.suppressed == 4
        assert table.value() == 134

    def test_may_hide_everything_and_says_so(self):
        found = protect(TWO_WAY, population((3, {"sex": "female", "scope": "internal"})))

        table = found.tables[0]
        assert table.suppressed == len(table.cells)
        assert any("never to be read as zero" in words for words in table.caveats)

    def test_takes_a_population_of_nobody(self):
        found = protect(TWO_WAY, population())

        assert found.tables[0].value() is None


class TestAudit:
    """The audit finds what a careless table gives away."""

    def test_catches_a_suppressor_that_hides_small_cells_only(self):
        cells = primary_only(TWO_WAY, PLAIN, Rule(zeros_disclosive=False))

        with pytest.raises(AuditFailed, match="sex male"):
            release_set(relate(TWO_WAY), TWO_WAY, cells, Rule(zeros_disclosive=False))

    @USUAL
    @given(tallies())
    def test_agrees_with_the_attack_on_every_broken_table(self, tally):
        cells = primary_only(SMALL, tally, Rule())
        theirs = attack.bounded(SMALL, cells)
        narrow = {cell for cell, (low, high) in theirs.items() if high - low < 5 - 1e-6}

        ours = audit(relate(SMALL), cells)

        assert {one.cell for one in ours.failures} >= narrow

    @USUAL
    @given(tallies())
    def test_algebra_agrees_with_rational_elimination(self, tally):
        cells = primary_only(SMALL, tally, Rule())
        relations = relate(SMALL)
        hidden = {relations.index[cell] for cell, value in cells.items() if value is None}

        found = {relations.cells[place] for place in determined_cells(relations, hidden)}

        assert found == set(attack.solved_exactly(SMALL, cells))

    def test_finds_hidden_zeros_where_the_rest_adds_up(self):
        cells = primary_only(TWO_WAY, PLAIN, Rule())

        found = audit(relate(TWO_WAY), cells)

        assert any(one.lower == one.upper == 0 for one in found.failures)

    def test_finds_an_unknown_that_one_complete_row_gives_away(self):
        shapes = (TableShape("form", (FORM,)),)
        cells = {
            (): 50,
            (("form", "sexual"),): 50,
            (("form", "labour"),): None,
            (("form", "begging"),): None,
            (("form", "unknown"),): None,
        }

        found = audit(relate(shapes), cells)

        assert [one.cell for one in found.failures] == [(("form", "unknown"),)]

    def test_says_when_published_cells_contradict_one_another(self):
        cells = dict.fromkeys(relate(TWO_WAY).cells)
        cells |= {(): 10, (("sex", "female"),): 20}

        with pytest.raises(Inconsistent, match="contradict"):
            audit(relate(TWO_WAY), cells)
