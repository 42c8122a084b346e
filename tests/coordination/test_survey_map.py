"""A survey's map tells zero, missing and not relevant apart, without colour."""

from dataclasses import replace
from decimal import Decimal

import pytest

from opennrm.coordination.surveys.by_state import Lack, Value, said_by_states
from opennrm.exchange.questionnaires.answer import Given
from opennrm.exchange.questionnaires.question import Group, Kind, Option, Question
from opennrm.web.coordination.survey_map import SIGNS, map_table
from tests import cast
from tests.coordination.asking import DONE, LAW, PERSONS, chose, none, number, reply
from tests.coordination.rounds import opened
from tests.web.browsing import browser

REPLIES = [
    reply("AL", number(0)),
    reply("MK", number(12_400, at_least=True)),
    reply("DE", none(PERSONS)),
    reply("FR", none(PERSONS, Given.NOT_RELEVANT)),
    reply("IT"),
    replace(reply("ES", number(3)), is_relevant=False),
    reply("PL", number(3), ref="PL 1"),
    reply("PL", number(4), ref="PL 2"),
    reply("AT", number(7), ref="AT 1"),
    reply("AT", ref="AT 2"),
]


class TestSaidByStates:
    def test_keeps_every_way_of_having_no_answer_apart_from_zero(self) -> None:
        said = said_by_states(PERSONS, REPLIES, ["GR", "AL"])
        assert said["AL"] == Value(number=Decimal(0))
        assert {code: one for code, one in said.items() if isinstance(one, Lack)} == {
            "DE": Lack.NOT_AVAILABLE,
            "FR": Lack.NOT_RELEVANT,
            "IT": Lack.UNANSWERED,
            "ES": Lack.NOT_RELEVANT,
            "PL": Lack.DIFFERING,
            "GR": Lack.NO_REPLY,
        }
        assert said["AT"] == Value(number=Decimal(7))

    def test_says_who_was_spared_the_question(self) -> None:
        said = said_by_states(DONE, [reply("AL", chose(LAW, "no"), chose(DONE, "yes"))])
        assert said == {"AL": Lack.NOT_ASKED}

    def test_counts_only_groups_that_are_asked(self) -> None:
        assert said_by_states(LAW, [reply("AL", group=Group.REGISTER)]) == {}


class TestMapTable:
    def test_says_every_sign_in_the_table(self) -> None:
        made = map_table(PERSONS, said_by_states(PERSONS, REPLIES, ["GR"]))
        told = {row[0]: row[1:] for row in made.rows}
        assert told["Albania (AL)"] == ["0", "0 persons"]
        assert told["North Macedonia (MK)"] == ["≥12k", "at least 12400 persons"]
        assert told["Germany (DE)"] == ["x", "not available"]
        assert told["France (FR)"] == ["-", "not relevant"]
        assert told["Greece (GR)"] == ["…", "no reply here"]
        assert {tile.name: tile.sign for tile in made.tiles} == {
            row[0][-3:-1]: row[1] for row in made.rows
        }
        assert {tile.name for tile in made.tiles if tile.dashed} == {"DE", "IT", "GR"}

    def test_gives_each_way_of_having_no_answer_a_sign_of_its_own(self) -> None:
        assert len(set(SIGNS.values())) == len(Lack)

    def test_letters_the_options_in_their_order(self) -> None:
        options = tuple(Option(f"o{n}", f"Option {n}") for n in range(6))
        several = Question("M", "Which?", Kind.CHOICES, "L", options)
        replies = [
            reply("AL", chose(several, "o2", "o0")),
            reply("MK", chose(several, *(one.code for one in options))),
        ]
        made = map_table(several, said_by_states(several, replies))
        assert [tile.sign for tile in made.tiles] == ["AC", "ABC+"]
        assert made.rows[0][2] == "Option 0; Option 2"

    def test_calls_a_state_without_a_code_by_its_last_word(self) -> None:
        made = map_table(LAW, said_by_states(LAW, [reply("State 07", chose(LAW, "yes"))]))
        assert (made.tiles[0].name, made.rows[0][0]) == ("07", "State 07 (07)")

    @pytest.mark.parametrize(
        ("given", "sign"),
        [("12.50", "12.5"), ("999", "999"), ("9999", "9999"), ("2500000", "2M"), ("40", "40")],
    )
    def test_writes_numbers_short(self, given: str, sign: str) -> None:
        value = Value(number=Decimal(given))
        assert map_table(PERSONS, {"AL": value}).tiles[0].sign == sign


class TestThePage:
    def test_shows_one_question_and_leads_there_from_the_answers(self) -> None:
        office = browser(cast.OSCE_OFFICER)
        at = f"/coordination/rounds/{opened().ref}/results/"
        answers = office.get(at, {"section": "I"}).content.decode()
        assert "view=map&amp;section=I&amp;group=state&amp;question=" in answers
        page = office.get(at, {"view": "map", "section": "I"}).content.decode()
        assert page.count("<rect") == 2
        assert page.count("no reply here") == 2
        assert "Albania (AL)" in page
        sheet = office.get(at, {"view": "map", "section": "I", "as": "csv"}).content.decode()
        assert "Albania (AL)" in sheet
