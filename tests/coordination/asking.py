"""Small questions and replies for tests of the analysis."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from opennrm.exchange.questionnaires.answer import Answer, Given, Reply
from opennrm.exchange.questionnaires.question import (
    Condition,
    Group,
    Kind,
    Option,
    Question,
    Questionnaire,
)

ON = date(2026, 3, 2)
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
LAW = Question("L1", "Is it in the law?", Kind.CHOICE, "L", YES_NO, concept="law")
DONE = Question(
    "L2",
    "Was it used?",
    Kind.CHOICE,
    "L",
    YES_NO,
    practice_of="L1",
    asked_if=Condition("L1", ("yes",)),
)
PERSONS = Question("P1", "How many persons?", Kind.COUNT, "L", unit="persons", dated=True)
FORM = Questionnaire(
    key="small",
    version=1,
    title="A small survey",
    language="en",
    source="A test",
    sections={"L": "Law"},
    questions=(LAW, DONE, PERSONS),
)
YEAR = (date(2025, 1, 1), date(2026, 1, 1))


def chose(question: Question, *codes: str) -> Answer:
    """Answer by choosing."""
    return Answer(question.code, choices=codes)


def none(question: Question, given: Given = Given.NOT_AVAILABLE) -> Answer:
    """Answer that there is no answer."""
    return Answer(question.code, given)


def number(value: int, period: tuple[date, date] = YEAR, **more: Any) -> Answer:
    """Answer with a number of persons in a period."""
    start, end = period
    given = Answer(
        "P1", number=Decimal(value), unit="persons", period_from=start, period_until=end
    )
    return replace(given, **more)


def reply(state: str, *answers: Answer, ref: str = "", group: Group = Group.STATE) -> Reply:
    """Make a reply of one State."""
    return Reply(ref or f"{state} {group}", state, group, True, {a.question: a for a in answers})
