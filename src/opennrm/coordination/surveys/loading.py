"""Brings rounds, replies and answers from the tables into the shapes the analysis works on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from opennrm.coordination.models import (
    HeldElsewhere,
    QuestionMatch,
    SurveyAnswer,
    SurveyReply,
    SurveyRound,
)
from opennrm.coordination.surveys.monitors import HeldAnswer
from opennrm.coordination.surveys.rounds import Round
from opennrm.exchange.questionnaires.answer import Answer, Given, Reply
from opennrm.exchange.questionnaires.concordance import Asked, Match, Pair
from opennrm.exchange.questionnaires.question import Group, Questionnaire
from opennrm.exchange.questionnaires.yaml_file import from_content

if TYPE_CHECKING:
    from opennrm.coordination.models import QuestionnaireVersion

COLUMNS = (
    "question",
    "given",
    "choices",
    "number",
    "text",
    "on",
    "unit",
    "base",
    "at_least",
    "period_from",
    "period_until",
    "definition",
    "source",
    "comment",
)


def questionnaire_of(version: QuestionnaireVersion) -> Questionnaire:
    """Read a version of a questionnaire as the analysis sees it."""
    return from_content(version.content)


def answers_of(reply: SurveyReply) -> Mapping[str, Answer]:
    """Return the answers of one reply that are open to who reads."""
    return _answers([reply.ref], ())[reply.ref]


def replies_of(
    round_: SurveyRound, codes: Iterable[str] = (), *, only_sent: bool = True
) -> tuple[Reply, ...]:
    """Return the replies of a round that are open to who reads; codes name the answers wanted."""
    rows = list(round_.replies.all())
    if only_sent:
        rows = [one for one in rows if one.sent_at is not None]
    answers = _answers([one.ref for one in rows], tuple(codes))
    return tuple(
        Reply(str(one.ref), one.state, Group(one.group), one.is_relevant, answers[one.ref])
        for one in rows
    )


def round_with(round_: SurveyRound, codes: Iterable[str] = ()) -> Round:
    """Return a round with its replies, for the analysis."""
    questionnaire = questionnaire_of(round_.questionnaire)
    return Round(round_.title, questionnaire, replies_of(round_, codes))


def judged_pairs() -> tuple[Pair, ...]:
    """Return every judgment on which questions match, without the texts of the versions."""
    sides = ("first__key", "first__version", "first_code")
    others = ("second__key", "second__version", "second_code")
    rows = QuestionMatch.objects.values_list(*sides, *others, "match", "note", "options")
    return tuple(
        Pair(Asked(*row[:3]), Asked(*row[3:6]), Match(row[6]), row[7], row[8]) for row in rows
    )


def held_elsewhere(state: str) -> tuple[HeldAnswer, ...]:
    """Return what other monitors hold of a State."""
    return tuple(
        HeldAnswer(
            one.monitor,
            one.round_name,
            one.state,
            one.concept,
            tuple(one.articles),
            one.address,
            one.published_on,
        )
        for one in HeldElsewhere.objects.filter(state=state)
    )


def _answers(replies: list[UUID], codes: tuple[str, ...]) -> Mapping[UUID, dict[str, Answer]]:
    found: dict[UUID, dict[str, Answer]] = defaultdict(dict)
    rows = SurveyAnswer.objects.filter(reply_id__in=replies)
    if codes:
        rows = rows.filter(question__in=codes)
    for reply, question, given, choices, *rest in rows.values_list("reply_id", *COLUMNS):
        found[reply][question] = Answer(question, Given(given), tuple(choices), *rest)
    return found
