"""Adds up numbers of several replies, only where they are the same kind of number (R80)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opennrm.coordination.surveys.counting import Percentage, asked_of
from opennrm.exchange.questionnaires.answer import Answer, Reply
from opennrm.exchange.questionnaires.question import Question
from opennrm.rights.comparing import TotalSituation
from opennrm.rights.registry import stopped_by


class TotalRefused(Exception):
    """These numbers must not be added up as they are; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum with what it rests on; a minimum where a part of it is one or somebody gave none."""

    question: Question
    value: Decimal
    replies: int
    is_minimum: bool
    caveat: str


def total_of(question: Question, replies: Iterable[Reply], *, on: date, caveat: str = "") -> Total:
    """Add up the numbers given, where they share period, unit and definition or a caveat is told.

    :raises TotalRefused: when they differ and nobody wrote the caveat that is to be printed.
    """
    asked = asked_of(question, replies)
    given = [
        answer
        for reply in asked
        if (answer := reply.answers.get(question.code)) is not None and answer.has_value
    ]
    finding = stopped_by("R80", situation(question, given, caveat), on)
    if finding is not None:
        raise TotalRefused(finding.says)
    numbers = [answer.number for answer in given if answer.number is not None]
    is_minimum = len(numbers) < len(asked) or any(answer.at_least for answer in given)
    return Total(question, sum(numbers, Decimal(0)), len(numbers), is_minimum, caveat.strip())


def part_of(
    part: Question, whole: Iterable[Question], replies: Iterable[Reply], *, on: date, caveat: str
) -> Percentage:
    """Take one kind of case as a share of all kinds, summed over those who gave every number.

    :raises TotalRefused: when the numbers differ in kind and nobody wrote the caveat.
    """
    kinds = tuple(whole)
    complete = [one for one in asked_of(part, replies) if _gave_all(one, kinds)]
    sums = {one.code: total_of(one, complete, on=on, caveat=caveat).value for one in kinds}
    return Percentage(int(sums[part.code]), int(sum(sums.values())))


def situation(question: Question, given: Iterable[Answer], caveat: str) -> TotalSituation:
    """Describe numbers for the rule: how many periods, units and definitions they have.

    The periods of a dated question are not known as soon as one answer does not tell its own.
    """
    answers = list(given)
    periods = {(one.period_from, one.period_until) for one in answers}
    is_known = not question.dated or (None, None) not in periods
    return TotalSituation(
        periods=len(periods) if is_known else None,
        units=len({one.unit for one in answers}),
        definitions=len({one.definition for one in answers}),
        has_caveat=bool(caveat.strip()),
    )


def _gave_all(reply: Reply, questions: tuple[Question, ...]) -> bool:
    answers = [reply.answers.get(one.code) for one in questions]
    return all(one is not None and one.number is not None for one in answers)
