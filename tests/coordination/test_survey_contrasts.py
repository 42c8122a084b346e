"""Policy against practice, a State against its NGOs, one round against another, coder by coder."""

from dataclasses import replace
from datetime import date

import pytest

from opennrm.coordination.surveys.coded import Code, Coding, read_by_two, references
from opennrm.coordination.surveys.contrasts import (
    pairs_of,
    policy_against_practice,
    state_against_ngos,
)
from opennrm.coordination.surveys.monitors import HeldAnswer, already_held
from opennrm.coordination.surveys.rounds import Round, through_rounds
from opennrm.exchange.questionnaires.concordance import Asked, Match, Pair
from opennrm.exchange.questionnaires.question import Group, Kind, Option
from tests.coordination.asking import DONE, FORM, LAW, ON, PERSONS, chose, reply


class TestPolicyAgainstPractice:
    def test_shows_who_promised_and_did_not_do(self) -> None:
        replies = [
            reply("A", chose(LAW, "yes"), chose(DONE, "no")),
            reply("B", chose(LAW, "yes"), chose(DONE, "yes")),
            reply("C", chose(LAW, "yes")),
        ]

        found = policy_against_practice(LAW, DONE, replies)

        assert (found.base, found.count("yes", "no"), found.count("no", "no")) == (2, 1, 0)
        assert found.states["yes", "no"] == ("A",)

    def test_finds_its_pairs_in_the_questionnaire(self) -> None:
        assert pairs_of(FORM) == ((LAW, DONE),)


class TestStateAgainstNgos:
    def test_names_where_the_two_differ(self) -> None:
        replies = [
            reply("A", chose(LAW, "yes")),
            reply("A", chose(LAW, "no"), group=Group.NGO),
            reply("B", chose(LAW, "yes")),
            reply("B", chose(LAW, "yes"), group=Group.NGO),
            reply("C", chose(LAW, "yes")),
            reply("D", chose(LAW, "no"), group=Group.NGO),
        ]

        found = state_against_ngos(LAW, replies)

        assert found.agreeing == ("B",)
        assert found.differing == (("A", frozenset({"yes"}), frozenset({"no"})),)
        assert (found.base, found.only_state, found.only_ngos) == (2, 1, 1)


class TestThroughRounds:
    def rounds(self) -> tuple[Round, Round]:
        renamed = (Option("ja", "Yes"), Option("nein", "No"))
        later = replace(
            FORM, version=2, questions=(replace(LAW, code="N7", options=renamed), PERSONS)
        )
        answered = replace(LAW, code="N7", options=renamed)
        return (
            Round("2020", FORM, (reply("A", chose(LAW, "yes")), reply("B", chose(LAW, "no")))),
            Round("2025", later, (reply("A", chose(answered, "ja")),)),
        )

    def pair(self, match: Match = Match.REWORDED, **more: object) -> Pair:
        options = {"yes": "ja", "no": "nein"}
        pair = Pair(Asked("small", 1, "L1"), Asked("small", 2, "N7"), match, options=options)
        return replace(pair, **more)  # type: ignore[arg-type]

    def test_shows_a_judged_question_in_every_round_under_its_own_answers(self) -> None:
        first, second = self.rounds()

        found = through_rounds(LAW, first, (first, second), (self.pair(),))

        assert [one.asked_as for one in found] == ["L1", "N7"]
        tables = [one.table for one in found if one.table]
        assert [(t.base, t.row("yes").count, t.row("no").count) for t in tables] == [
            (2, 1, 1),
            (1, 1, 0),
        ]

    def test_shows_it_from_the_later_round_too(self) -> None:
        first, second = self.rounds()
        later = second.questionnaire.question("N7")

        found = through_rounds(later, second, (first, second), (self.pair(),))

        table = found[0].table
        assert table is not None and table.row("ja").count == 1

    @pytest.mark.parametrize(
        ("pairs", "says"),
        [
            ((), "Nobody judged"),
            (("changed",), "The law was asked otherwise"),
            (("short",), "offered in one round only"),
        ],
    )
    def test_refuses_with_the_reason_where_questions_do_not_match(
        self, pairs: tuple[str, ...], says: str
    ) -> None:
        first, second = self.rounds()
        judged = {
            "changed": self.pair(Match.CHANGED, note="The law was asked otherwise."),
            "short": self.pair(options={}),
        }

        found = through_rounds(LAW, first, (second,), tuple(judged[name] for name in pairs))

        assert found[0].table is None and says in found[0].reason

    def test_refuses_what_somebody_judged_the_same_and_counts_another_thing(self) -> None:
        first, second = self.rounds()
        cases = replace(PERSONS, unit="cases")
        other = replace(second.questionnaire, questions=(cases,))
        pair = Pair(Asked("small", 1, "P1"), Asked("small", 2, "P1"), Match.SAME)

        found = through_rounds(PERSONS, first, (replace(second, questionnaire=other),), (pair,))

        assert found[0].reason == "One counts persons, the other cases."
        assert PERSONS.kind is Kind.COUNT


class TestCodings:
    CODES = (Code("a", "Wide"), Code("b", "Narrow", within="a"), Code("c", "Open", is_open=True))

    def test_count_references_under_headings_and_leave_open_what_is_open(self) -> None:
        settled = [Coding("1", "x", ("b", "b")), Coding("2", "x", ("a", "c"))]

        assert references(self.CODES, settled) == {"a": 3, "b": 2, "c": None}

    def test_are_compared_coder_by_coder(self) -> None:
        first = [Coding("1", "x", ("b",)), Coding("2", "x", ()), Coding("3", "x", ("b",))]
        second = [Coding("1", "y", ("a",)), Coding("2", "y", ()), Coding("3", "y", ("b",))]

        wide, narrow = read_by_two(self.CODES, first, second)

        assert wide.agreement.kappa == pytest.approx(1) and wide.differing == ()
        assert narrow.differing == ("1",) and narrow.is_low


class TestAlreadyHeld:
    def test_warns_with_the_newest_answer_of_this_state_first(self) -> None:
        def held(state: str, year: int, concept: str, *articles: str) -> HeldAnswer:
            day = date(year, 5, 1)
            return HeldAnswer("Monitor", "2", state, concept, articles, "https://x.example", day)

        question = replace(LAW, articles=("14",))
        known = [
            held("A", 2020, "law"),
            held("A", 2024, "", "14"),
            held("B", 2025, "law"),
            held("A", 2025, "other"),
        ]

        (found,) = already_held([question, PERSONS], "A", known, on=ON)

        assert [one.published_on.year for one in found.held] == [2024, 2020]
        assert "ask only what it leaves open" in found.says
