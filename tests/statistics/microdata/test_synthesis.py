"""Invented rows: near the truth in their counts, bounded in what one person moves, or refused."""

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opennrm.statistics.microdata import (
    Column,
    Layout,
    MicrodataRefused,
    Schema,
    dictionary,
    header,
    promise_of,
    read_rows,
    settings_for,
    synthesise,
    worth,
)
from opennrm.statistics.microdata.learning import learn
from opennrm.statistics.microdata.looking import Look, counted, kept_share, look
from opennrm.statistics.microdata.measuring import column_counts, every_cell, in_doubt
from opennrm.statistics.microdata.synthesis import synthesise_freely
from tests.statistics.microdata.invented import EIGHT, SCHEMA, SIZES, people

TRUE = people(12_000)[:, :8]


@pytest.fixture(scope="module")
def made():
    return synthesise(TRUE, EIGHT, promise_of(2.0))


class TestMeasure:
    """The promise rests on how far one person can move everything that is counted."""

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.integers(0, 2), min_size=len(SIZES), max_size=len(SIZES)),
        st.integers(1, 40),
        st.booleans(),
    )
    def test_one_person_never_moves_a_look_further_than_its_bound(self, person, wide, again):
        rows = people(50)
        more = np.vstack([rows, np.array(person, np.int16)])
        every = every_cell(SCHEMA.sizes, 0.15)
        cells = np.random.default_rng(wide)
        some = {pair: cells.random(one.shape) < 0.4 for pair, one in every.cells.items()}
        what = Look(some, every.pulls) if again else every
        bound = wide * max(every.pulls.values()) ** 2 // 4

        before, after = (counted(one, what, bound) for one in (rows, more))

        moved = sum(((after[pair] - before[pair]) ** 2).sum() for pair in before)
        assert 0 <= moved <= bound

    def test_looks_again_only_where_the_first_look_left_doubt(self):
        rows = people(12_000)[:, :8]
        every = every_cell(EIGHT.sizes, 0.15)
        whole = sum(pull**2 for pull in every.pulls.values())
        first = look(rows, every, units=20_000, bound=whole)
        doubted = in_doubt(first, every, 3.5)

        exact = counted(rows, every, whole)

        for table, cells in doubted.cells.items():
            true = exact[table].reshape(cells.shape) / every.pulls[table]
            assert not cells[true > 8 * first.scales[table]].any()
            assert cells[true < 0.1].mean() > 0.9 if (true < 0.1).any() else True

    def test_a_model_says_how_much_of_a_cell_a_bounded_look_counts(self):
        rows = people(12_000)[:, :8]
        every = every_cell(EIGHT.sizes, 0.15)
        known = kept_share(rows, np.ones(len(rows)), every, every.lowest_bound)

        exact = counted(rows, every, every.lowest_bound)

        for table, share in known.items():
            true = column_counts(rows, EIGHT.sizes)[table[0]][1:] if len(table) == 1 else None
            if true is not None and (true > 500).all():
                found = exact[table] / every.pulls[table] / share
                assert found == pytest.approx(true, rel=0.01)

    @pytest.mark.parametrize("number", [2_000, 20_000], ids=["few", "many"])
    def test_spends_no_more_than_the_promise(self, number, monkeypatch):
        spent = []

        def noisy(counts, *, units, sensitivity):
            spent.append(units)
            return counts

        for where in ("measuring", "looking"):
            monkeypatch.setattr(f"opennrm.statistics.microdata.{where}.noisy", noisy)
        promise, chosen = promise_of(1.0), settings_for(number)

        learn(people(2_000)[:, :8], EIGHT, promise, chosen, np.random.default_rng(0))

        # Columns, each look, and where persons count whole the bound of each.
        assert len(spent) == 2 + len(chosen.shares.again) + len(chosen.shares.fully)
        assert sum(spent) == promise.units

    def test_one_person_moves_each_column_by_one(self):
        rows = people(50)

        before, after = (column_counts(one, SCHEMA.sizes) for one in (rows, rows[1:]))

        moved = sum(((a - b) ** 2).sum() for a, b in zip(before, after, strict=True))
        assert moved == len(SIZES)


class TestSynthesise:
    """What comes out looks like what went in, and says what it is."""

    def test_keeps_the_number_of_persons(self, made):
        assert len(made.rows) == pytest.approx(12_000, rel=0.02)

    def test_keeps_counts_of_one_and_two_values(self, made):
        one, two, three = worth(TRUE, made.rows, EIGHT.sizes)

        assert one.suppressed <= 0.05
        assert one.error < 4 * made.column_error
        assert two.suppressed < 0.25
        assert two.fabricated < 0.03
        assert three.suppressed < 0.35
        assert three.fabricated < 0.02

    def test_states_what_it_promises(self, made):
        stated = made.stated()

        assert stated["epsilon"] == pytest.approx(2.0, abs=0.001)
        assert stated["delta"] == 1e-6
        assert stated["unit_of_privacy"] == "one person, added or left out"
        assert stated["rows"] == len(made.rows)

    def test_uses_only_values_of_the_code_lists(self, made):
        assert made.rows.min() >= 0
        assert (made.rows.max(axis=0) < np.array(EIGHT.sizes)).all()

    def test_knows_nothing_of_a_value_that_is_on_no_list(self):
        with pytest.raises(MicrodataRefused, match=r"Row 1: the value of column_1"):
            SCHEMA.coded([["v1", "other", *[""] * 10]])

    @pytest.mark.parametrize(
        ("number", "width", "says"),
        [
            (2_000, 12, "2,000 persons are too few for microdata.*Possible are tables"),
            (4_999, 8, "several years together"),
            (12_000, 12, "carry at most 8 columns, not 12. Leave 4 out"),
        ],
    )
    def test_refuses_before_any_noise_what_so_few_cannot_carry(
        self, number, width, says, monkeypatch
    ):
        for where in ("measuring", "looking"):
            monkeypatch.setattr(f"opennrm.statistics.microdata.{where}.noisy", None)
        rows, schema = people(number)[:, :width], Schema(SCHEMA.columns[:width])

        with pytest.raises(MicrodataRefused, match=says):
            synthesise(rows, schema, promise_of(1.0))

    def test_refuses_fine_columns_of_few_persons(self):
        fine = Column("country", tuple(f"c{number}" for number in range(90)))
        schema = Schema((fine, *SCHEMA.columns[1:8]))

        with pytest.raises(MicrodataRefused, match="Group the values of country"):
            synthesise(TRUE, schema, promise_of(1.0))

    def test_hands_out_nothing_where_noise_leaves_too_little(self):
        with pytest.raises(MicrodataRefused, match="would mislead"):
            synthesise_freely(people(600, seed=3), SCHEMA, promise_of(0.2), settings_for(600))

    def test_draws_other_noise_each_time(self):
        fewer = replace(settings_for(12_000), oversampling=2, sweeps=2)

        first, second = (synthesise(TRUE, EIGHT, promise_of(1.0), fewer) for _ in range(2))

        assert not np.array_equal(first.rows, second.rows)


class TestReadRows:
    """Files as they come: by name of column, or refused with what to put right."""

    SCHEMA = Schema((Column("sex", ("f", "m")), Column("age", ("child", "adult"))))

    def read(self, text: str):
        return read_rows(io.BytesIO(text.encode()), self.SCHEMA)

    def test_finds_columns_in_any_order_and_leaves_others_out(self):
        assert self.read("age;note;sex\nadult;x;f\n;y;m\n").tolist() == [[1, 2], [2, 0]]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("sex\nf\n", "no column age"),
            ("", "no column sex, age"),
            ("sex,age\nf,elder\n", "Row 1: the value of age is not on its code list"),
            ("sex,age\nf,adult\nf\n", "Row 2 is shorter"),
            ("sex,age\n" + "f" * 200_000, "A line has 100,000 signs or more"),
            ("sex,age\nf,\0\n", "Row 1: the value of age|cannot be read"),
        ],
    )
    def test_says_what_to_put_right(self, text, says):
        with pytest.raises(MicrodataRefused, match=says):
            self.read(text)

    def test_stops_at_the_number_of_rows_allowed(self, monkeypatch):
        monkeypatch.setattr("opennrm.statistics.microdata.schema.MOST_ROWS", 1_000)

        with pytest.raises(MicrodataRefused, match="More than 1,000 rows"):
            self.read("sex,age\n" + "f,adult\n" * 1_001)


class TestDictionary:
    def test_names_columns_as_other_systems_do(self):
        schema = Schema(
            (
                Column("sex", ("f",), "Sex", {"f": "Female"}, ctdc="gender"),
                Column("age", ("child",)),
            )
        )

        assert header(schema, Layout.CTDC) == ["gender", "age"]
        assert dictionary(schema)[0]["codes"]["f"] == "Female"
        assert "never to be read as no" in dictionary(schema)[0]["codes"][""]
