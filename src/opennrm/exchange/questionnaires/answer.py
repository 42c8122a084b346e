"""An answer: its value with unit, period and source, kept apart from every way of having none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from opennrm.exchange.questionnaires.question import (
    CHOOSING,
    NUMERIC,
    Group,
    Kind,
    Question,
    Questionnaire,
)


class Given(StrEnum):
    """What was given: a value, or one of two ways of having none; silence is no answer at all."""

    VALUE = "value"
    NOT_AVAILABLE = "not_available"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; zero is a value, "not available" is not.

    ``base`` is the number a percentage is taken of; ``at_least`` marks a number that is a minimum;
    the period runs from its first day to the day after its last.
    """

    question: str
    given: Given = Given.VALUE
    choices: tuple[str, ...] = ()
    number: Decimal | None = None
    text: str = ""
    on: date | None = None
    unit: str = ""
    base: int | None = None
    at_least: bool = False
    period_from: date | None = None
    period_until: date | None = None
    definition: str = ""
    source: str = ""
    comment: str = ""

    @property
    def has_value(self) -> bool:
        """Tell whether there is a value, which may be zero."""
        return self.given is Given.VALUE


@dataclass(frozen=True, slots=True)
class Reply:
    """All answers of one reply; one State may send several.

    ``is_relevant`` is false where the State wrote that the survey is not relevant for it.
    """

    ref: str
    state: str
    group: Group = Group.STATE
    is_relevant: bool = True
    answers: Mapping[str, Answer] = field(default_factory=dict)


def problems_with(answer: Answer, question: Question) -> list[str]:
    """List what keeps an answer from being taken, each with what to write instead."""
    if not answer.has_value:
        return [] if not _said(answer) else ["Give a value, or say there is none, not both."]
    if question.kind in CHOOSING:
        found = _choice_problems(answer, question)
    elif question.kind in NUMERIC:
        found = _number_problems(answer, question)
    elif question.kind is Kind.DAY:
        found = [] if answer.on else ["Give a day."]
    else:
        found = [] if answer.text.strip() else ["Write an answer, or say there is none."]
    return found + _missing_frame(answer, question)


def unfinished(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], group: Group
) -> list[tuple[str, str]]:
    """List the questions that still keep a reply from being approved, with what is missing."""
    found: list[tuple[str, str]] = []
    for question in questionnaire.of(group):
        if not is_asked(question, answers):
            continue
        answer = answers.get(question.code)
        if answer is None and question.required:
            found.append((question.code, "This question needs an answer."))
        if answer is not None:
            found += [(question.code, says) for says in problems_with(answer, question)]
    return found


def is_asked(question: Question, answers: Mapping[str, Answer]) -> bool:
    """Tell whether earlier answers leave a question open to a respondent."""
    if question.asked_if is None:
        return True
    earlier = answers.get(question.asked_if.question)
    return earlier is not None and bool(set(earlier.choices) & set(question.asked_if.codes))


def codes_of(answers: Iterable[Answer]) -> set[str]:
    """Gather the codes that were chosen."""
    return {code for answer in answers for code in answer.choices}


def _said(answer: Answer) -> bool:
    return bool(answer.choices or answer.text or answer.on) or answer.number is not None


def _choice_problems(answer: Answer, question: Question) -> list[str]:
    offered = {option.code for option in question.options}
    strange = [code for code in answer.choices if code not in offered]
    if strange:
        listed = ", ".join(option.label for option in question.options)
        return [f"Not offered: {', '.join(strange)}. Choose from: {listed}."]
    if not answer.choices:
        return ["Choose an answer, or say there is none."]
    if question.kind is Kind.CHOICE and len(answer.choices) > 1:
        return ["Choose one answer only."]
    return []


def _number_problems(answer: Answer, question: Question) -> list[str]:
    if answer.number is None:
        return ["Give a number, or say it is not available. Zero means that there were none."]
    found = []
    if answer.unit != question.unit:
        found.append(f"The unit is {answer.unit or 'missing'}; it must be {question.unit}.")
    if answer.number < 0:
        found.append("A number below zero makes no sense here.")
    if question.kind is Kind.COUNT and answer.number != answer.number.to_integral_value():
        found.append("Give a whole number.")
    if question.kind is Kind.PERCENT:
        found += _percent_problems(answer, answer.number)
    return found


def _percent_problems(answer: Answer, number: Decimal) -> list[str]:
    found = [] if number <= 100 else ["A percentage of a whole is at most 100."]
    if answer.base is None or answer.base <= 0:
        found.append("Say of how many the percentage is taken (the base).")
    return found


def _missing_frame(answer: Answer, question: Question) -> list[str]:
    """List what must stand beside a value: its period and its source."""
    found = []
    start, end = answer.period_from, answer.period_until
    if question.dated and (start is None or end is None):
        found.append("Say for which period: its first day, and the day after its last.")
    if start is not None and end is not None and end <= start:
        found.append("The period ends before it begins.")
    if question.sourced and not answer.source.strip():
        found.append("Say where the answer comes from.")
    return found
