"""Looks up what other monitors hold already, before a State is asked again (R79)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from opennrm.exchange.questionnaires.question import Question
from opennrm.rights.comparing import AskedSituation
from opennrm.rights.registry import ask


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """An answer that another monitor published: who, in which round, where to read it."""

    monitor: str
    round: str
    state: str
    concept: str
    articles: tuple[str, ...]
    address: str
    published_on: date


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A question that is about to be asked again, with what is held already."""

    question: Question
    held: tuple[HeldAnswer, ...]
    says: str


def already_held(
    questions: Iterable[Question], state: str, held: Iterable[HeldAnswer], *, on: date
) -> tuple[AskedAgain, ...]:
    """List the questions to which another monitor holds this State's answer, newest first."""
    of_state = sorted(
        (one for one in held if one.state == state), key=lambda one: one.published_on, reverse=True
    )
    found = []
    for question in questions:
        answers = tuple(one for one in of_state if _answers(one, question))
        finding = ask("R79", AskedSituation(len(answers)), on)
        if finding.is_broken:
            found.append(AskedAgain(question, answers, finding.says))
    return tuple(found)


def _answers(held: HeldAnswer, question: Question) -> bool:
    same_concept = bool(question.concept) and held.concept == question.concept
    return same_concept or bool(set(held.articles) & set(question.articles))
