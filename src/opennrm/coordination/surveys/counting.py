"""Counts the answers to one question: a table that keeps its base, its rounding and its gaps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median

from opennrm.exchange.questionnaires.answer import Answer, Given, Reply, is_asked
from opennrm.exchange.questionnaires.question import Question


class Unit(StrEnum):
    """What is counted: each reply, or each State once, however many replies it sent."""

    REPLIES = "replies"
    STATES = "states"


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share that keeps what it is a share of and to how many decimals it is rounded, half up."""

    count: int
    base: int
    decimals: int = 0

    @property
    def value(self) -> Decimal | None:
        """Return the rounded percentage, or None where there is nothing to take a share of."""
        if self.base == 0:
            return None
        exact = Decimal(self.count) * 100 / self.base
        return exact.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Row:
    """One answer that could be chosen; an open row has no number, because none was stated."""

    code: str
    label: str
    count: int | None
    share: Percentage | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """Why units are not in the base of a table."""

    not_available: int = 0
    not_relevant: int = 0
    unanswered: int = 0
    not_asked: int = 0
    differing: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The answers to one question, over a base of units that answered it."""

    question: Question
    unit: Unit
    base: int
    rows: tuple[Row, ...]
    gaps: Gaps

    def row(self, code: str) -> Row:
        """Find the row of an option.

        :raises KeyError: when the question does not offer it.
        """
        for one in self.rows:
            if one.code == code:
                return one
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Spread:
    """How the numbers given lie, without adding them up."""

    question: Question
    base: int
    zeros: int
    least: Decimal | None
    middle: Decimal | None
    most: Decimal | None
    gaps: Gaps


def table_of(
    question: Question,
    replies: Iterable[Reply],
    *,
    unit: Unit = Unit.REPLIES,
    decimals: int = 0,
) -> Table:
    """Count who chose each option; whoever gave no value is in the gaps, not in the base."""
    chosen, gaps = _chosen(question, asked_of(question, replies), unit)
    counts: dict[str, int] = defaultdict(int)
    for codes in chosen:
        for code in codes:
            counts[code] += 1
    rows = tuple(
        Row(one.code, one.label, None, None)
        if one.is_open
        else Row(
            one.code,
            one.label,
            counts[one.code],
            Percentage(counts[one.code], len(chosen), decimals),
        )
        for one in question.options
    )
    return Table(question, unit, len(chosen), rows, gaps)


def spread_of(question: Question, replies: Iterable[Reply]) -> Spread:
    """Describe the numbers given, without a total."""
    asked = asked_of(question, replies)
    numbers = sorted(
        answer.number
        for reply in asked
        if (answer := reply.answers.get(question.code)) is not None and answer.number is not None
    )
    return Spread(
        question,
        base=len(numbers),
        zeros=sum(number == 0 for number in numbers),
        least=numbers[0] if numbers else None,
        middle=median(numbers) if numbers else None,
        most=numbers[-1] if numbers else None,
        gaps=_gaps(question, asked),
    )


def asked_of(question: Question, replies: Iterable[Reply]) -> list[Reply]:
    """List the replies of the groups that are asked a question, those not relevant left out."""
    return [one for one in replies if one.is_relevant and one.group in question.groups]


def by_state(replies: Iterable[Reply]) -> Mapping[str, list[Reply]]:
    """Put the replies of each State together."""
    grouped: dict[str, list[Reply]] = defaultdict(list)
    for one in replies:
        grouped[one.state].append(one)
    return grouped


def _chosen(
    question: Question, replies: Sequence[Reply], unit: Unit
) -> tuple[list[frozenset[str]], Gaps]:
    if unit is Unit.REPLIES:
        given = [_value(question, one) for one in replies]
        return [codes for codes in given if codes is not None], _gaps(question, replies)
    whole: list[frozenset[str]] = []
    silent: list[Reply] = []
    differing = 0
    for of_one in by_state(replies).values():
        found = {codes for one in of_one if (codes := _value(question, one)) is not None}
        if len(found) == 1:
            whole += found
        elif found:
            differing += 1
        else:
            silent.append(of_one[0])
    missing = _gaps(question, silent)
    return whole, Gaps(
        missing.not_available,
        missing.not_relevant,
        missing.unanswered,
        missing.not_asked,
        differing,
    )


def _value(question: Question, reply: Reply) -> frozenset[str] | None:
    answer = reply.answers.get(question.code)
    if answer is None or not answer.has_value or not is_asked(question, reply.answers):
        return None
    return frozenset(answer.choices)


def _gaps(question: Question, replies: Sequence[Reply]) -> Gaps:
    found = [_gap(question, one.answers) for one in replies]
    return Gaps(
        not_available=found.count(Given.NOT_AVAILABLE),
        not_relevant=found.count(Given.NOT_RELEVANT),
        unanswered=found.count("unanswered"),
        not_asked=found.count("not_asked"),
    )


def _gap(question: Question, answers: Mapping[str, Answer]) -> str:
    if not is_asked(question, answers):
        return "not_asked"
    answer = answers.get(question.code)
    return "unanswered" if answer is None else answer.given
