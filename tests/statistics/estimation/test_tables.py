"""Tables of lists: what is refused, and how lists are left out, joined and looked at from one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opennrm.statistics.estimation.tables import (
    MOST_PEOPLE,
    ListTable,
    TableRefused,
    table_of_cells,
    table_of_records,
)
from tests.statistics.estimation.invented import NAMES, table, tables


class TestRefusals:
    @pytest.mark.parametrize(
        ("lists", "cells", "says"),
        [
            ("AB", [((1, 0), 3), ((0, 1), -2)], "below zero"),
            ("AB", [((1, 0), 3), ((0, 2), 2)], "0 or a 1"),
            ("AB", [((1, 0), 3), ((0,), 2)], "0 or a 1"),
            ("AB", [((1, 0), 3), ((1, 0), 2)], "two rows"),
            ("AB", [((1, 0), 3), ((1, 1), 0)], "Nobody is on list B"),
            ("AB", [((1, 0), 0), ((1, 1), 0)], "every count is zero"),
            ("AB", [((1, 0), 3), ((0, 0), 2), ((0, 1), 1)], "one or more of the lists"),
            ("AA", [((1, 0), 3), ((0, 1), 2)], "Two lists are called A"),
            ("", [((), 3)], "needs a name"),
            ("ABCDEFGHI", [((1,) * 9, 3)], "at most 8"),
            ("AB", [((1, 0), MOST_PEOPLE), ((0, 1), 2)], "live on Earth"),
        ],
    )
    def test_say_what_to_put_right(self, lists: str, cells, says: str) -> None:
        with pytest.raises(TableRefused, match=says):
            table_of_cells(tuple(lists), cells)


class TestTable:
    def test_counts_people_once_and_overlaps_whatever_else(self) -> None:
        drawn = table(9, 8, 3, 7, 2, 4, 1, lists=3)

        assert drawn.people == 34
        assert drawn.overlaps() == {"A:B": 4, "A:C": 3, "B:C": 5}

    def test_can_be_built_from_records(self) -> None:
        drawn = table_of_records(("A", "B"), [[0], [0], [1], [0, 1], [], [1, 0]])

        assert dict(zip(drawn.masks, drawn.counts, strict=True)) == {1: 2, 2: 1, 3: 2}

    def test_without_a_list_forgets_whom_only_it_saw(self) -> None:
        drawn = table(9, 8, 3, 7, 2, 4, 1, lists=3).without("B")

        assert drawn.lists == ("A", "C")
        assert dict(zip(drawn.masks, drawn.counts, strict=True)) == {1: 12, 2: 11, 3: 3}

    def test_from_one_list_keeps_its_people_as_others_saw_them(self) -> None:
        drawn = table(9, 8, 3, 7, 2, 4, 1, lists=3).on_list("A")

        assert dict(zip(drawn.masks, drawn.counts, strict=True)) == {1: 3, 2: 2, 3: 1}

    def test_from_a_list_that_shares_nobody_is_refused(self) -> None:
        with pytest.raises(TableRefused):
            table(9, 8, 3, 7, lists=3).on_list("C")

    @given(tables(st.integers(3, 5)))
    def test_merged_lists_keep_everyone(self, drawn: ListTable) -> None:
        merged = drawn.merged(drawn.lists[:2])

        assert merged.people == drawn.people
        assert merged.margins[1 << merged.lists.index("A+B")] == sum(
            count for mask, count in zip(drawn.masks, drawn.counts, strict=True) if mask & 3
        )

    def test_without_counts_is_refused(self) -> None:
        with pytest.raises(TableRefused):
            table_of_records(NAMES[:3], [])
