"""Questionnaires and answers are read whole or refused with the place of each fault."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from opennrm.exchange.questionnaires.answer import (
    Answer,
    Given,
    is_asked,
    problems_with,
    unfinished,
)
from opennrm.exchange.questionnaires.concordance import Match, unfounded
from opennrm.exchange.questionnaires.question import (
    Condition,
    Group,
    Kind,
    NoSuchQuestion,
    QuestionnaireRefused,
)
from opennrm.exchange.questionnaires.replies_file import RepliesRefused, replies_from
from opennrm.exchange.questionnaires.xlsform import from_xlsform
from opennrm.exchange.questionnaires.yaml_file import (
    SHIPPED,
    as_content,
    from_content,
    from_yaml,
    shipped,
    shipped_pairs,
)
from tests.coordination.asking import DONE, FORM, LAW, PERSONS, number

HTCDS = Path(__file__).parents[3] / "shared/reference/htcds/original/htcds_xlsform.xlsx"
NAMES = [
    path.name.removesuffix(".yaml")
    for path in SHIPPED.iterdir()
    if path.name.endswith(".yaml") and path.name != "concordance.yaml"
]


def form(*rows: list[str]) -> bytes:
    """Write an XLSForm with one list of answers."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    head = ["type", "name", "label::English (en)", "label::French (fr)", "required", "relevant"]
    sheets = {
        "survey": [[*head, "instance::unit", "instance::dated"], *rows],
        "choices": [
            ["list_name", "name", "label::English (en)", "label::French (fr)"],
            ["yn", "yes", "Yes", "Oui"],
            ["yn", "no", "No", "Non"],
        ],
        "settings": [
            ["form_title", "form_id", "version", "default_language"],
            ["Plans", "plans", "2 b", "English (en)"],
        ],
    }
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line)
    book.close()
    return file.getvalue()


class TestShipped:
    @pytest.mark.parametrize("name", NAMES)
    def test_questionnaire_is_in_order_and_comes_back_as_it_was_written(self, name: str) -> None:
        found = shipped(name)

        assert from_content(as_content(found)) == found
        assert found.questions and found.source

    def test_concordance_judges_questions_that_exist_and_may_be_compared(self) -> None:
        known = {(one.key, one.version): one for one in map(shipped, NAMES)}
        for pair in shipped_pairs():
            first, second = (
                known[one.questionnaire, one.version].question(one.code)
                for one in (pair.first, pair.second)
            )
            assert unfounded(pair, first, second) == []
            assert pair.match is Match.SAME or pair.note


class TestYaml:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"kind": "guess"}, "'guess' is not a valid Kind"),
            ({"colour": "red"}, "Not known here: colour"),
            ({"options": [{"code": True, "label": "Yes"}]}, "between quotes"),
            ({"options": []}, "give options where one chooses"),
            ({"section": "Z"}, "section Z is not in the list"),
            ({"asked_if": {"question": "L9", "codes": ["yes"]}}, "hangs on L9"),
            ({"code": "L2"}, "used twice"),
        ],
    )
    def test_names_the_question_and_the_remedy(self, change: dict[str, Any], says: str) -> None:
        content = as_content(FORM)
        content["questions"][0] |= change

        with pytest.raises(QuestionnaireRefused, match=says) as refused:
            from_content(content)

        assert all(one.startswith("Question ") for one in refused.value.problems)

    def test_refuses_what_is_no_questionnaire(self) -> None:
        for text in ("- a list", "{key: x}", "a: [", "3"):
            with pytest.raises(QuestionnaireRefused):
                from_yaml(text)

    def test_finds_no_question_that_is_not_asked(self) -> None:
        with pytest.raises(NoSuchQuestion, match="No question X"):
            FORM.question("X")


class TestXlsForm:
    GROUP = ["begin_group", "A", "Plans", "Plans"]
    ASKS = ["select_one yn", "A1", "Is there a plan?", "Un plan ?", "yes"]
    HOW_MANY = ["integer", "A2", "Persons", "Personnes", "", "${A1} = 'yes'", "persons", "yes"]

    def test_becomes_a_questionnaire_with_sections_conditions_and_units(self) -> None:
        found = from_xlsform(
            form(
                self.GROUP, self.ASKS, self.HOW_MANY, ["end_group"], ["text", "B", "Say", "Dire"]
            ),
            name="plans",
            version=3,
        )

        assert (found.key, found.version, found.language) == ("plans", 3, "en")
        assert "form version 2 b" in found.source
        assert found.sections == {"A": "Plans", "general": "Questions"}
        assert [one.label for one in found.question("A1").options] == ["Yes", "No"]
        assert found.question("A1").required
        second = found.question("A2")
        assert (second.kind, second.unit, second.dated) == (Kind.COUNT, "persons", True)
        assert second.asked_if == Condition("A1", ("yes",))

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            (["integer", "N", "How many?", "Combien ?"], "Question N: a number needs its unit"),
            (["geopoint", "G", "Where?", "Ou ?"], "Question G: answers of type geopoint"),
            (["text", "T", "Why?", "P", "", "count(${A1}) > 2"], "Question T: the condition"),
            (["select_one zz", "Z", "Z?", "Z"], "not in order.*row"),
        ],
    )
    def test_is_refused_with_the_row_or_the_question(self, row: list[str], says: str) -> None:
        with pytest.raises(QuestionnaireRefused, match=says):
            from_xlsform(form(self.ASKS, row), name="plans")

    def test_is_refused_where_it_is_no_workbook(self) -> None:
        with pytest.raises(QuestionnaireRefused, match="not an Excel workbook"):
            from_xlsform(b"no workbook at all", name="plans")

    def test_of_the_case_data_standard_is_read(self) -> None:
        if not HTCDS.exists():
            pytest.skip("the reference is not beside this checkout")

        found = from_xlsform(HTCDS.read_bytes(), name="htcds")

        assert found.question("prs_Gender").label("Feminine") == "Feminine"
        assert len(found.questions) == 31


class TestAnswer:
    @pytest.mark.parametrize(
        ("answer", "says"),
        [
            (number(0), None),
            (number(4, unit="cases"), "The unit is cases; it must be persons."),
            (number(4, unit=""), "The unit is missing; it must be persons."),
            (number(-1), "below zero"),
            (replace(number(1), number=Decimal("1.5")), "whole number"),
            (number(4, period_from=None), "for which period"),
            (number(4, (date(2026, 1, 1), date(2025, 1, 1))), "ends before"),
            (Answer("P1", unit="persons"), "Zero means that there were none"),
            (Answer("P1", Given.NOT_AVAILABLE), None),
            (Answer("P1", Given.NOT_AVAILABLE, number=Decimal(0)), "not both"),
        ],
    )
    def test_of_a_number_is_taken_or_told_what_to_write(
        self, answer: Answer, says: str | None
    ) -> None:
        found = " ".join(problems_with(answer, PERSONS))

        assert found == "" if says is None else says in found

    def test_in_percent_needs_its_base(self) -> None:
        question = replace(PERSONS, kind=Kind.PERCENT, unit="percent", dated=False)
        given = Answer("P1", number=Decimal(60), unit="percent")

        assert problems_with(given, question) == [
            "Say of how many the percentage is taken (the base)."
        ]
        assert problems_with(replace(given, base=51), question) == []
        assert (
            "at most 100"
            in problems_with(replace(given, base=5, number=Decimal(101)), question)[0]
        )

    def test_by_choice_takes_only_what_is_offered(self) -> None:
        assert problems_with(Answer("L1", choices=("yes",)), LAW) == []
        assert "Choose one answer only." in problems_with(Answer("L1", choices=("yes", "no")), LAW)
        assert "Not offered: maybe" in problems_with(Answer("L1", choices=("maybe",)), LAW)[0]
        assert problems_with(Answer("L1"), LAW)

    def test_is_asked_only_after_the_answer_it_hangs_on(self) -> None:
        assert is_asked(DONE, {"L1": Answer("L1", choices=("yes",))})
        assert not is_asked(DONE, {"L1": Answer("L1", choices=("no",))})
        assert not is_asked(DONE, {})

    def test_keeps_a_reply_from_approval_while_something_is_missing(self) -> None:
        asks = replace(FORM, questions=(replace(LAW, required=True), DONE, PERSONS))

        found = unfinished(asks, {"P1": number(3, unit="cases")}, Group.STATE)

        assert [code for code, _says in found] == ["L1", "P1"]
        assert unfinished(asks, {"L1": Answer("L1", choices=("no",))}, Group.STATE) == []


class TestRepliesFile:
    HEAD = "reply,state,group,relevant,question,given,value,period_from,period_until,at_least\n"

    def test_names_row_and_question_of_every_fault(self) -> None:
        text = (
            self.HEAD
            + "A,A,state,yes,L1,value,maybe,,,\n"
            + "A,A,state,yes,X9,value,yes,,,\n"
            + "A,A,state,yes,P1,value,many,2025-01-01,2026-01-01,\n"
            + "A,A,state,yes,P1,value,3,,,\n"
        )

        with pytest.raises(RepliesRefused) as refused:
            replies_from(text, FORM)

        said = str(refused.value).splitlines()
        assert [one.split(":")[0] for one in said] == [
            f"row {n}, {q}" for n, q in zip((2, 3, 4, 5), ("L1", "X9", "P1", "P1"), strict=True)
        ]
