"""Reads replies and codings from tables of one line an answer, as invented replies are kept."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

from opennrm.exchange.questionnaires.answer import Answer, Given, Reply, problems_with
from opennrm.exchange.questionnaires.question import (
    CHOOSING,
    NUMERIC,
    Group,
    NoSuchQuestion,
    Question,
    Questionnaire,
)
from opennrm.exchange.questionnaires.yaml_file import SHIPPED


class RepliesRefused(ValueError):
    """A table of replies is not in order; each line says the row, the question and the remedy."""


@dataclass(frozen=True, slots=True)
class CodedAnswer:
    """What one coder saw in one reply, one entry a reference."""

    reply: str
    coder: str
    codes: tuple[str, ...]


def shipped_text(name: str) -> str:
    """Read one of the tables that come with the software."""
    return (SHIPPED / name).read_text(encoding="utf-8")


def replies_from(text: str, questionnaire: Questionnaire) -> tuple[Reply, ...]:
    """Read replies; a line without a question only says that the reply came.

    :raises RepliesRefused: naming every row and question that is wrong.
    """
    heads: dict[str, tuple[str, Group, bool]] = {}
    answers: dict[str, dict[str, Answer]] = defaultdict(dict)
    problems: list[str] = []
    for number, row in enumerate(csv.DictReader(StringIO(text)), 2):
        heads[row["reply"]] = (row["state"], Group(row["group"]), row["relevant"] == "yes")
        if not row["question"]:
            continue
        try:
            question = questionnaire.question(row["question"])
            answer = _answer(row, question)
            problems += [
                f"row {number}, {question.code}: {says}"
                for says in problems_with(answer, question)
            ]
        except (NoSuchQuestion, ValueError, ArithmeticError) as error:
            problems.append(f"row {number}, {row['question']}: {error}")
        else:
            answers[row["reply"]][question.code] = answer
    if problems:
        raise RepliesRefused("\n".join(problems))
    return tuple(
        Reply(ref, state, group, is_relevant, answers[ref])
        for ref, (state, group, is_relevant) in heads.items()
    )


def codings_from(text: str) -> Mapping[str, tuple[CodedAnswer, ...]]:
    """Read what each coder saw in each reply, by coder."""
    found: dict[str, list[CodedAnswer]] = defaultdict(list)
    for row in csv.DictReader(StringIO(text)):
        codes = tuple(_listed(row["codes"]))
        found[row["coder"]].append(CodedAnswer(row["reply"], row["coder"], codes))
    return {coder: tuple(codings) for coder, codings in found.items()}


def _answer(row: Mapping[str, str], question: Question) -> Answer:
    given, value = Given(row["given"]), row["value"]
    if given is not Given.VALUE:
        return Answer(question.code, given)
    is_number = question.kind in NUMERIC
    return Answer(
        question.code,
        choices=tuple(_listed(value)) if question.kind in CHOOSING else (),
        number=Decimal(value) if is_number else None,
        text=value if question.kind not in CHOOSING | NUMERIC else "",
        unit=question.unit if is_number else "",
        at_least=row["at_least"] == "yes",
        period_from=date.fromisoformat(row["period_from"]) if row["period_from"] else None,
        period_until=date.fromisoformat(row["period_until"]) if row["period_until"] else None,
    )


def _listed(text: str) -> Iterable[str]:
    return (part.strip() for part in text.split(";") if part.strip())
