"""Tables keep their base, their rounding and their gaps; zero is never taken for silence."""

from dataclasses import replace
from decimal import Decimal

import pytest

from opennrm.coordination.surveys.counting import (
    Gaps,
    Percentage,
    Unit,
    spread_of,
    table_of,
)
from opennrm.exchange.questionnaires.answer import Given
from opennrm.exchange.questionnaires.question import Group, Option
from tests.coordination.asking import DONE, LAW, PERSONS, chose, none, number, reply


class TestPercentage:
    def test_rounds_half_up_and_keeps_its_base(self) -> None:
        assert Percentage(1, 8).value == Decimal(13)
        assert Percentage(1, 8, decimals=1).value == Decimal("12.5")
        assert Percentage(32, 51).value == Decimal(63)

    def test_has_no_value_over_nobody(self) -> None:
        assert Percentage(0, 0).value is None


class TestTable:
    def test_counts_only_those_who_answered(self) -> None:
        replies = [
            reply("A", chose(LAW, "yes")),
            reply("B", chose(LAW, "no")),
            reply("C", none(LAW)),
            reply("D", none(LAW, Given.NOT_RELEVANT)),
            reply("E"),
            replace(reply("F", chose(LAW, "yes")), is_relevant=False),
            reply("G", chose(LAW, "yes"), group=Group.REGISTER),
        ]

        found = table_of(LAW, replies)

        assert found.base == 2
        assert [(row.code, row.count) for row in found.rows] == [("yes", 1), ("no", 1)]
        assert found.gaps == Gaps(not_available=1, not_relevant=1, unanswered=1)

    def test_leaves_out_whom_an_earlier_answer_spared_the_question(self) -> None:
        replies = [
            reply("A", chose(LAW, "yes"), chose(DONE, "no")),
            reply("B", chose(LAW, "no"), chose(DONE, "yes")),
        ]

        found = table_of(DONE, replies)

        assert (found.base, found.row("yes").count, found.gaps.not_asked) == (1, 0, 1)

    def test_by_states_counts_a_state_once_and_names_those_whose_replies_differ(self) -> None:
        replies = [
            reply("A", chose(LAW, "yes"), ref="A1"),
            reply("A", chose(LAW, "yes"), ref="A2"),
            reply("B", chose(LAW, "yes"), ref="B1"),
            reply("B", chose(LAW, "no"), ref="B2"),
            reply("C", none(LAW), ref="C1"),
        ]

        found = table_of(LAW, replies, unit=Unit.STATES)

        assert (found.base, found.row("yes").count) == (1, 1)
        assert found.gaps == Gaps(not_available=1, differing=1)
        assert table_of(LAW, replies).base == 4

    def test_has_no_number_for_an_answer_whose_number_was_never_stated(self) -> None:
        question = replace(LAW, options=(*LAW.options, Option("other", "Other", is_open=True)))

        found = table_of(question, [reply("A", chose(LAW, "yes"))])

        assert (found.row("other").count, found.row("other").share) == (None, None)
        with pytest.raises(KeyError):
            found.row("unknown")


class TestSpread:
    def test_tells_zero_from_nothing_and_adds_nothing_up(self) -> None:
        replies = [
            reply("A", number(0)),
            reply("B", number(4)),
            reply("C", number(10)),
            reply("D", none(PERSONS)),
            reply("E"),
        ]

        found = spread_of(PERSONS, replies)

        assert (found.base, found.zeros, found.gaps.not_available) == (3, 1, 1)
        assert (found.least, found.middle, found.most) == (0, 4, 10)

    def test_of_nobody_is_empty(self) -> None:
        assert spread_of(PERSONS, []).middle is None
