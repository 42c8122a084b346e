"""A reply goes out as a workbook and comes back whole, or with every fault named."""

import ast
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from opennrm.exchange import questionnaires
from opennrm.exchange.questionnaires.answer import Given, Reply
from opennrm.exchange.questionnaires.question import Group, Kind, Option, Question
from opennrm.exchange.questionnaires.workbook import (
    ANSWER_HEAD,
    ANSWERS,
    REPLIES,
    REPLY_HEAD,
    reply_workbook,
)
from opennrm.exchange.questionnaires.workbook_back import (
    WHOLE,
    Fault,
    WorkbookRefused,
    replies_in,
)
from tests.coordination.asking import DONE, FORM, LAW, PERSONS, chose, none, number, reply

SHARE = Question("S1", "Which share?", Kind.PERCENT, "L", unit="percent")
SINCE = Question("D1", "Since when?", Kind.DAY, "L")
WORDS = Question("T1", "Why?", Kind.TEXT, "L")
SEEN = Question(
    "C1", "Which forms?", Kind.CHOICES, "L", (Option("a", "Labour"), Option("b", "Begging"))
)
ASKED = replace(FORM, questions=(*FORM.questions, SHARE, SINCE, WORDS, SEEN))
ONE = ("A state", "A", "state", "")
Lines = list[dict[str, Any]]


def filled(
    lines: Lines, replies: tuple[tuple[str, ...], ...] = (ONE,), *, merge: str = ""
) -> bytes:
    """Write a workbook as somebody filled it in; merge takes cells together afterwards."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(REPLIES)
        sheet.write_row(0, 0, ("Questionnaire", "small", "Version", 1))
        sheet.write_row(1, 0, REPLY_HEAD)
        for row, one in enumerate(replies, 2):
            sheet.write_row(row, 0, one)
        sheet = book.add_worksheet(ANSWERS)
        sheet.write_row(0, 0, ANSWER_HEAD)
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, line in enumerate(lines, 1):
            for column, head in enumerate(ANSWER_HEAD):
                value = {"Reply": "A state", **line}.get(head)
                if hasattr(value, "year"):
                    sheet.write_datetime(row, column, value, days)
                elif value is not None:
                    sheet.write(row, column, value)
        if merge:
            sheet.merge_range(merge, 5)
    return out.getvalue()


def persons(**more: Any) -> dict[str, Any]:
    """Answer the question on persons in order."""
    return {
        "Code": "P1",
        "Answer": 4,
        "Unit": "persons",
        "From": "2025-01-01",
        "Until": "2026-01-01",
        **more,
    }


def faults(content: bytes, **more: Any) -> list[tuple[int | None, str, str]]:
    """Return row, field and words of every fault of a workbook that is refused."""
    with pytest.raises(WorkbookRefused) as refused:
        replies_in(content, ASKED, **more)
    return [(one.row, one.field, one.says) for one in refused.value.faults]


class TestThereAndBack:
    def test_brings_back_every_answer_as_it_went_out(self) -> None:
        sent = reply(
            "A",
            chose(LAW, "yes"),
            none(DONE, Given.NOT_RELEVANT),
            number(0, definition="by court", source="Ministry", comment="none", at_least=True),
            replace(number(60, (None, None)), question="S1", unit="percent", base=51),  # type: ignore[arg-type]
            replace(chose(SEEN, "a", "b")),
        )

        (back,) = replies_in(reply_workbook(ASKED, [sent]), ASKED)

        assert back == sent

    def test_leaves_empty_lines_unanswered(self) -> None:
        (back,) = replies_in(reply_workbook(ASKED, [Reply("A", "A")]), ASKED)

        assert back.answers == {}

    def test_takes_labels_as_well_as_codes_and_real_days(self) -> None:
        line = {"Code": "C1", "Answer": "Begging; labour"}

        (back,) = replies_in(filled([line, persons()]), ASKED)

        assert back.answers["C1"].choices == ("b", "a")

    def test_takes_several_replies_that_say_so(self) -> None:
        several = [("A one", "A", "state", "yes"), ("A two", "A", "state", "yes")]

        assert len(replies_in(filled([], tuple(several)), ASKED, already=["A"])) == 2


class TestWhatIsSaid:
    def test_begins_with_a_word_so_that_every_language_can_say_it(self) -> None:
        """The catalogue finds sentences by their first word, and none that begins with a value."""
        room = Path(questionnaires.__file__).parent
        lost = [
            f"{path.name}:{node.lineno}"
            for path in room.glob("*.py")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.JoinedStr)
            and isinstance(node.values[0], ast.FormattedValue)
            and isinstance(node.values[-1], ast.Constant)
            and str(node.values[-1].value).endswith(".")
        ]

        assert lost == []


class TestFaults:
    """Each is named; nothing is guessed, nothing is kept."""

    @pytest.mark.parametrize(
        ("line", "head", "says"),
        [
            (persons(Unit="cases"), "Unit", "The unit is cases; it must be persons."),
            (persons(Unit=""), "Unit", "The unit is missing"),
            (persons(Answer="4"), "Answer", "This is text: 4. Write the number as a number"),
            (persons(Answer="about 4"), "Answer", "text: about 4."),
            (persons(Answer=True), "Answer", "text: True."),
            (persons(Answer=4.5), "Answer", "Give a whole number."),
            (persons(Answer=-4), "Answer", "below zero"),
            (persons(From=""), "From", "for which period"),
            (persons(Until="last year"), "Until", "no day: last year."),
            (persons(Until="2024-01-01"), "From", "ends before it begins"),
            (
                persons(Answer=""),
                "Answer",
                "Filled in without an answer: From, Until. Zero means none.",
            ),
            (persons(**{"No answer because": "not available"}), "Answer", "not both"),
            (persons(**{"No answer because": "unknown"}), "No answer because", "Write one of"),
            (persons(**{"At least": "maybe"}), "At least", "Write yes, or nothing."),
            (
                {"Code": "S1", "Answer": "60 %", "Unit": "percent", "Base": 51},
                "Answer",
                "text: 60 %.",
            ),
            ({"Code": "S1", "Answer": 60, "Unit": "percent"}, "Base", "Say of how many"),
            (
                {"Code": "S1", "Answer": 0.6, "Unit": "percent", "Base": 51},
                "Answer",
                "This could be 0.6 percent or 60 percent",
            ),
            (
                {"Code": "S1", "Answer": 60, "Unit": "percent", "Base": "all"},
                "Base",
                "no whole number: all.",
            ),
            ({"Code": "L1", "Answer": "maybe"}, "Answer", "Not offered: maybe."),
            ({"Code": "L1", "Answer": "yes; no"}, "Answer", "Choose one answer only."),
            ({"Code": "X9", "Answer": "yes"}, "Code", "There is no question X9"),
            ({"Code": "L1", "Answer": "yes", "Reply": "B"}, "Code", "no reply B"),
        ],
    )
    def test_of_a_line_are_named_by_row_and_field(
        self, line: dict[str, Any], head: str, says: str
    ) -> None:
        found = faults(filled([{"Code": "T1", "Answer": "fine"}, line]))

        assert [(row, name) for row, name, _says in found] == [(3, head)]
        assert says in found[0][2]

    def test_are_all_named_at_once(self) -> None:
        found = faults(filled([persons(Unit="cases"), {"Code": "L1", "Answer": "maybe"}]))

        assert [(row, name) for row, name, _says in found] == [(2, "Unit"), (3, "Answer")]

    def test_of_merged_cells_are_named_where_they_begin(self) -> None:
        lines = [persons(), {"Code": "L1", "Answer": "yes"}]

        found = faults(filled(lines, merge="D2:D3"))

        assert (2, "Answer") in [(row, name) for row, name, _says in found]
        assert "Rows 2 to 3 have merged cells" in found[0][2]

    def test_of_a_question_answered_twice_are_named(self) -> None:
        found = faults(filled([{"Code": "L1", "Answer": "yes"}, {"Code": "L1", "Answer": "no"}]))

        assert found == [(3, "Code", "The question L1 of A state stands here twice.")]

    @pytest.mark.parametrize(
        ("replies", "already", "rows"),
        [
            ((ONE, ("A again", "A", "state", "")), (), [3, 4]),
            ((ONE, ("A again", "A", "state", "yes")), (), [3]),
            ((ONE,), ("A",), [3]),
        ],
    )
    def test_of_two_replies_of_one_state_ask_which_is_meant(
        self, replies: tuple[tuple[str, ...], ...], already: tuple[str, ...], rows: list[int]
    ) -> None:
        found = faults(filled([], replies), already=already)

        assert [row for row, _name, _says in found] == rows
        assert all("write yes beside each; if not, keep one" in says for _r, _n, says in found)

    def test_of_an_ngo_asked_what_only_states_are_asked_are_named(self) -> None:
        only_states = replace(ASKED, questions=(replace(PERSONS, groups=(Group.STATE,)),))

        with pytest.raises(WorkbookRefused, match="not asked of A state"):
            replies_in(filled([persons()], (("A state", "A", "ngo", ""),)), only_states)

    @pytest.mark.parametrize(
        "broken",
        [
            lambda: b"no workbook",
            lambda: filled([])[:900],
            lambda: reply_workbook(replace(ASKED, version=2), []),
        ],
    )
    def test_of_another_file_are_told_at_once(self, broken: Callable[[], bytes]) -> None:
        found = faults(broken())

        says = ("This is not an Excel workbook", "The file is damaged", "This workbook is not for")
        assert found[0][2].startswith(says)

    def test_of_a_file_too_large_are_told_before_it_is_opened(self) -> None:
        with pytest.raises(WorkbookRefused) as refused:
            replies_in(b"0" * 5_000_001, ASKED)

        assert refused.value.faults == (Fault(WHOLE, None, "", "The file is larger than 5 MB."),)
