"""Takes a filled-in workbook: all its replies, or none with every fault named."""

from __future__ import annotations

from django.utils.translation import gettext

from opennrm.casework.actors import Actor
from opennrm.coordination.desk import ChangeRefused
from opennrm.coordination.models import SurveyReply, SurveyRound
from opennrm.coordination.surveys.loading import answers_of, questionnaire_of
from opennrm.coordination.surveys.replying import NewReply, keep_answers, open_reply
from opennrm.exchange.questionnaires.answer import Reply
from opennrm.exchange.questionnaires.question import Group
from opennrm.exchange.questionnaires.workbook import reply_workbook
from opennrm.exchange.questionnaires.workbook_back import replies_in


def workbook_for(reply: SurveyReply) -> bytes:
    """Write the workbook of one reply, with what was answered so far."""
    shown = Reply(
        reply.name, reply.state, Group(reply.group), reply.is_relevant, answers_of(reply)
    )
    return reply_workbook(questionnaire_of(reply.round.questionnaire), [shown])


def take_into(*, reply: SurveyReply, content: bytes) -> int:
    """Take the answers of a workbook into one reply; return how many there were.

    :raises WorkbookRefused: naming sheet, row, field and remedy of every fault.
    :raises ChangeRefused: when the workbook holds another reply, or this one is closed.
    """
    found = replies_in(content, questionnaire_of(reply.round.questionnaire))
    if [(one.ref, one.state) for one in found] != [(reply.name, reply.state)]:
        raise ChangeRefused(
            gettext("This workbook belongs to another reply. Download it anew here.")
        )
    keep_answers(reply=reply, answers=found[0].answers.values())
    return len(found[0].answers)


def take_replies(*, round_: SurveyRound, content: bytes, actor: Actor) -> tuple[SurveyReply, ...]:
    """Take several replies that came as one workbook, each as a new one.

    :raises WorkbookRefused: naming sheet, row, field and remedy of every fault.
    :raises ChangeRefused: when the actor may not reply for one of them.
    """
    there = round_.replies.filter(group=Group.STATE.value).values_list("state", flat=True)
    questionnaire = questionnaire_of(round_.questionnaire)
    found = replies_in(content, questionnaire, already=there)
    return tuple(_taken(one, round_, actor) for one in found)


def _taken(found: Reply, round_: SurveyRound, actor: Actor) -> SurveyReply:
    wanted = NewReply(found.state, found.group, found.ref, is_one_of_several=True)
    made = open_reply(round_=round_, wanted=wanted, actor=actor)
    keep_answers(reply=made, answers=found.answers.values())
    return made
