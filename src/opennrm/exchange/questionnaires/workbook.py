"""Writes the workbook in which a reply is filled in without a connection."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped, unused-ignore]

from opennrm.exchange.questionnaires.answer import Answer, Given, Reply
from opennrm.exchange.questionnaires.question import (
    CHOOSING,
    NUMERIC,
    Kind,
    Question,
    Questionnaire,
)

REPLIES, ANSWERS, HELP = "Replies", "Answers", "How to fill in"
REPLY_HEAD = ("Reply", "State", "Who replies", "One of several replies of this State")
ANSWER_HEAD = (
    "Reply",
    "Code",
    "Question",
    "Answer",
    "No answer because",
    "Unit",
    "Base",
    "At least",
    "From",
    "Until",
    "Definition",
    "Source",
    "Comment",
    "Choose from",
)
NO_ANSWER = {Given.NOT_AVAILABLE: "not available", Given.NOT_RELEVANT: "not relevant"}
YES = "yes"
SEPARATOR = ";"
WIDTHS = (14, 8, 50, 24, 16, 12, 10, 9, 12, 12, 20, 24, 30, 50)
LINES = (
    "Fill in the columns from Answer to Comment; leave the others as they are.",
    "Leave the answer empty and choose a reason where there is none. Zero is a number.",
    "Where several answers are possible, write their codes with a semicolon between them.",
    "Write numbers as numbers: 60 and not 60 %, 1200 and not 1 200. Do not merge cells.",
    "A percentage needs its base: of how many it is taken. Until is the day after the last day.",
)
# A list in a cell holds no more letters.
LONGEST_LIST = 255
SPARE_ROWS = 500


def reply_workbook(questionnaire: Questionnaire, replies: Iterable[Reply]) -> bytes:
    """Write a workbook with the questions of some replies and what was answered so far."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_custom_property("questionnaire", questionnaire.key)
        book.set_custom_property("version", questionnaire.version)
        listed = list(replies)
        _write_replies(book, questionnaire, listed)
        _write_answers(book, questionnaire, listed)
        book.add_worksheet(HELP).write_column(0, 0, LINES)
    return out.getvalue()


def _write_replies(book: Any, questionnaire: Questionnaire, replies: list[Reply]) -> None:
    sheet = book.add_worksheet(REPLIES)
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, ("Questionnaire", questionnaire.key, "Version"), bold)
    sheet.write_number(0, 3, questionnaire.version)
    sheet.write_row(1, 0, REPLY_HEAD, bold)
    sheet.set_column(0, 3, 24)
    states = [one.state for one in replies]
    for row, one in enumerate(replies, 2):
        several = YES if states.count(one.state) > 1 else ""
        for column, text in enumerate((one.ref, one.state, one.group.value, several)):
            sheet.write_string(row, column, text)


def _write_answers(book: Any, questionnaire: Questionnaire, replies: list[Reply]) -> None:
    sheet = book.add_worksheet(ANSWERS)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    days = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    sheet.write_row(0, 0, ANSWER_HEAD, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 4)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width, wrap)
    row = 1
    for reply in replies:
        for question in questionnaire.of(reply.group):
            _write_line(sheet, row, _line(reply, question), days)
            _offer(sheet, row, question)
            row += 1


def _line(reply: Reply, question: Question) -> Mapping[str, Any]:
    answer = reply.answers.get(question.code)
    line: dict[str, Any] = {
        "Reply": reply.ref,
        "Code": question.code,
        "Question": question.text,
        "Unit": question.unit,
        "Choose from": _choices(question),
    }
    return line | (_answered(answer, question) if answer else {})


def _answered(answer: Answer, question: Question) -> dict[str, Any]:
    return {
        "Answer": _value(answer, question),
        "No answer because": NO_ANSWER.get(answer.given, ""),
        "Base": answer.base,
        "At least": YES if answer.at_least else "",
        "From": answer.period_from,
        "Until": answer.period_until,
        "Definition": answer.definition,
        "Source": answer.source,
        "Comment": answer.comment,
    }


def _value(answer: Answer, question: Question) -> Any:
    if question.kind in CHOOSING:
        return f"{SEPARATOR} ".join(answer.choices)
    if question.kind in NUMERIC:
        return None if answer.number is None else float(answer.number)
    return answer.on if question.kind is Kind.DAY else answer.text


def _write_line(sheet: Any, row: int, line: Mapping[str, Any], days: Any) -> None:
    for column, head in enumerate(ANSWER_HEAD):
        value = line.get(head)
        if value is None or value == "":
            continue
        if isinstance(value, str):
            sheet.write_string(row, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
        else:
            sheet.write_datetime(row, column, value, days)


def _offer(sheet: Any, row: int, question: Question) -> None:
    """Offer the reasons for having no answer, and the codes where one is chosen."""
    reasons = {"validate": "list", "source": list(NO_ANSWER.values())}
    sheet.data_validation(row, 4, row, 4, reasons)
    codes = [option.code for option in question.options]
    if question.kind is Kind.CHOICE and len(",".join(codes)) <= LONGEST_LIST:
        sheet.data_validation(row, 3, row, 3, {"validate": "list", "source": codes})


def _choices(question: Question) -> str:
    return "\n".join(f"{option.code}: {option.label}" for option in question.options)
