"""What programs read of surveys: a round with its questions, a reply with its answers."""

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Schema

from opennrm.coordination.models import SurveyReply, SurveyRound
from opennrm.coordination.surveys.counting import spread_of, table_of
from opennrm.coordination.surveys.loading import answers_of, replies_of
from opennrm.coordination.surveys.replying import gaps_in
from opennrm.exchange.questionnaires.answer import Answer
from opennrm.exchange.questionnaires.question import CHOOSING, Group, Question


class ReplyLine(Schema):
    """A reply of a round, as far as it is open."""

    ref: UUID
    state: str
    group: str
    name: str
    organisation: UUID
    sent_at: datetime | None
    released_at: datetime | None


class OneRound(Schema):
    """A round: its letter, its days, its questionnaire as data, and the replies that are open."""

    ref: UUID
    title: str
    letter: str
    opens_on: date
    due_on: date
    invited: list[str]
    frozen_on: date | None
    questionnaire: dict[str, Any]
    replies: list[ReplyLine]


class OneAnswer(Schema):
    """An answer: its value, or one of two ways of having none."""

    question: str
    given: str
    choices: list[str]
    number: Decimal | None
    text: str
    on: date | None
    unit: str
    base: int | None
    at_least: bool
    period_from: date | None
    period_until: date | None
    definition: str
    source: str
    comment: str


class ReplyPart(Schema):
    """A part that an organisation was asked to fill in."""

    ref: UUID
    organisation: UUID
    questions: list[str]
    due_on: date
    note: str
    is_approved: bool


class Missing(Schema):
    """A question that keeps a reply from being sent, and why."""

    question: str
    detail: str


class OneReply(ReplyLine):
    """A reply with its answers, its parts, what is missing, and what it was sent back for."""

    round: UUID
    answers: list[OneAnswer]
    parts: list[ReplyPart]
    missing: list[Missing]
    returned: list[str]


class OneResult(Schema):
    """How a question was answered: counts or numbers over their base, and who gave no value."""

    question: str
    group: str
    base: int
    counts: dict[str, int | None]
    least: Decimal | None = None
    middle: Decimal | None = None
    most: Decimal | None = None
    gaps: dict[str, int]


def shown_result(question: Question, round_: SurveyRound, group: Group) -> OneResult:
    """Count the answers to a question; numbers are described and never added up."""
    codes = {question.code} | ({question.asked_if.question} if question.asked_if else set())
    replies = [one for one in replies_of(round_, codes) if one.group is group]
    told: dict[str, Any] = {"question": question.code, "group": group.value}
    if question.kind in CHOOSING:
        table = table_of(question, replies)
        counts = {row.code: row.count for row in table.rows}
        return OneResult(**told, base=table.base, counts=counts, gaps=asdict(table.gaps))
    spread = spread_of(question, replies)
    told |= {"least": spread.least, "middle": spread.middle, "most": spread.most}
    return OneResult(**told, base=spread.base, counts={}, gaps=asdict(spread.gaps))


def shown_round(round_: SurveyRound) -> OneRound:
    """Show a round."""
    return OneRound(
        ref=round_.ref,
        title=round_.title,
        letter=round_.letter,
        opens_on=round_.opens_on,
        due_on=round_.due_on,
        invited=round_.invited,
        frozen_on=round_.frozen_on,
        questionnaire=round_.questionnaire.content,
        replies=[ReplyLine(**_line(one)) for one in round_.replies.all()],
    )


def shown_reply(reply: SurveyReply, *, is_lead: bool) -> OneReply:
    """Show a reply; what is missing is told to those who put it together."""
    gaps = gaps_in(reply) if is_lead and reply.sent_at is None else []
    return OneReply(
        **_line(reply),
        round=reply.round_id,
        answers=[_answer(one) for one in answers_of(reply).values()],
        parts=[_part(one) for one in reply.tasks.select_related("part")],
        missing=[Missing(question=code, detail=says) for code, says in gaps],
        returned=[one.note for one in reply.returns.all()],
    )


def _line(reply: SurveyReply) -> dict[str, Any]:
    return {
        "ref": reply.ref,
        "state": reply.state,
        "group": reply.group,
        "name": reply.name,
        "organisation": reply.organisation_id,
        "sent_at": reply.sent_at,
        "released_at": reply.released_at,
    }


def _answer(one: Answer) -> OneAnswer:
    return OneAnswer(**{name: getattr(one, name) for name in OneAnswer.model_fields})


def _part(task: Any) -> ReplyPart:
    return ReplyPart(
        ref=task.ref,
        organisation=task.organisation_id,
        questions=task.questions,
        due_on=task.due_on,
        note=task.note,
        is_approved=hasattr(task, "part"),
    )
