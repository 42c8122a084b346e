"""Says of each State what it answered to one question, or which way of having no answer it has."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from opennrm.coordination.surveys.counting import by_state
from opennrm.exchange.questionnaires.answer import Answer, Given, Reply, is_asked
from opennrm.exchange.questionnaires.question import Question


class Lack(StrEnum):
    """Why a State has no value; none of these is zero."""

    NO_REPLY = "no_reply"
    UNANSWERED = "unanswered"
    NOT_AVAILABLE = "not_available"
    NOT_RELEVANT = "not_relevant"
    NOT_ASKED = "not_asked"
    DIFFERING = "differing"


@dataclass(frozen=True, slots=True)
class Value:
    """What was answered, without what stands around it."""

    choices: frozenset[str] = frozenset()
    number: Decimal | None = None
    at_least: bool = False
    on: date | None = None


Said = Value | Lack


def said_by_states(
    question: Question, replies: Iterable[Reply], invited: Iterable[str] = ()
) -> dict[str, Said]:
    """Return what each State that was invited or replied says to a question."""
    wanted = [one for one in replies if one.group in question.groups]
    grouped = by_state(wanted)
    states = sorted({*invited, *grouped})
    return {state: _said(question, grouped.get(state, ())) for state in states}


def _said(question: Question, replies: Sequence[Reply]) -> Said:
    if not replies:
        return Lack.NO_REPLY
    each = [_one(question, reply) for reply in replies]
    values = set(_values(each))
    if len(values) > 1:
        return Lack.DIFFERING
    return next(iter(values), each[0])


def _values(each: Iterable[Said]) -> Iterator[Value]:
    yield from (one for one in each if isinstance(one, Value))


def _one(question: Question, reply: Reply) -> Said:
    if not reply.is_relevant:
        return Lack.NOT_RELEVANT
    if not is_asked(question, reply.answers):
        return Lack.NOT_ASKED
    answer = reply.answers.get(question.code)
    if answer is None:
        return Lack.UNANSWERED
    if answer.given is not Given.VALUE:
        return Lack(answer.given.value)
    return _value(answer)


def _value(answer: Answer) -> Value:
    return Value(frozenset(answer.choices), answer.number, answer.at_least, answer.on)
