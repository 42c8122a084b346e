"""Puts a reply together: opened, filled in by several, approved, sent, sent back, released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from opennrm.accounts.models import Organisation
from opennrm.casework.actors import Actor
from opennrm.coordination.desk import ChangeRefused, because
from opennrm.coordination.models import (
    SurveyAnswer,
    SurveyPart,
    SurveyReply,
    SurveyReturn,
    SurveyRound,
    SurveyTask,
)
from opennrm.coordination.permissions import Area, May, may
from opennrm.coordination.surveys.loading import COLUMNS, answers_of, questionnaire_of
from opennrm.exchange.questionnaires.answer import Answer, problems_with, unfinished
from opennrm.exchange.questionnaires.question import Group

NGO_KIND = "ngo"


@dataclass(frozen=True, slots=True)
class NewReply:
    """A reply that is about to be begun: of whom, in whose name."""

    state: str
    group: Group
    name: str
    is_one_of_several: bool = False


def open_reply(*, round_: SurveyRound, wanted: NewReply, actor: Actor) -> SurveyReply:
    """Begin a reply that the actor's organisation puts together.

    :raises ChangeRefused: when the actor may not reply for that group, or one is there already.
    """
    _require_open(round_)
    _require_speaker(wanted.group, actor)
    there = round_.replies.filter(state=wanted.state, group=wanted.group)
    if there.exists() and not wanted.is_one_of_several:
        raise ChangeRefused(
            gettext(
                "There is a reply of this State already. If the State sends several, say so;"
                " if not, open the one that is there."
            )
        )
    if there.filter(name=wanted.name.strip(), organisation_id=actor.organisation).exists():
        raise ChangeRefused(
            gettext("Another reply has this name. Choose one that tells them apart.")
        )
    return SurveyReply.objects.create(
        round=round_,
        state=wanted.state,
        group=wanted.group.value,
        name=wanted.name.strip(),
        organisation_id=actor.organisation,
    )


def keep_answers(*, reply: SurveyReply, answers: Iterable[Answer]) -> None:
    """Keep answers as they stand; a value that cannot be taken is refused with its question.

    :raises ChangeRefused: when an answer is not in order, or the reply was sent or frozen.
    """
    _require_open(reply.round)
    _require_unsent(reply)
    questionnaire = questionnaire_of(reply.round.questionnaire)
    for answer in answers:
        problems = problems_with(answer, questionnaire.question(answer.question))
        if problems:
            raise ChangeRefused(_of_question(answer.question, problems[0]))
        values = {name: getattr(answer, name) for name in COLUMNS}
        values |= {"choices": list(answer.choices), "given": answer.given.value}
        SurveyAnswer.objects.update_or_create(
            reply=reply,
            question=answer.question,
            defaults={**values, "lead_id": reply.organisation_id},
        )


def forget_answer(*, reply: SurveyReply, question: str) -> None:
    """Take an answer out again, so that the question stands unanswered."""
    _require_unsent(reply)
    SurveyAnswer.objects.filter(reply=reply, question=question).delete()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A part of a reply for another organisation; no codes mean every question."""

    organisation: Organisation
    questions: tuple[str, ...]
    due_on: date
    note: str = ""


def assign(*, reply: SurveyReply, wanted: Assignment, actor: Actor) -> SurveyTask:
    """Ask an organisation to fill in a part; NGOs answer with NGOs, a State with its bodies.

    :raises ChangeRefused: when only the lead may assign, or the organisation is of the other side.
    """
    _require_lead(reply, actor)
    _require_unsent(reply)
    if (wanted.organisation.kind == NGO_KIND) is not (reply.group == Group.NGO):
        raise ChangeRefused(
            gettext("A reply of NGOs is filled in by NGOs, and a State's reply by its own bodies.")
        )
    task, _made = SurveyTask.objects.update_or_create(
        reply=reply,
        organisation=wanted.organisation,
        defaults={
            "lead_id": reply.organisation_id,
            "questions": list(wanted.questions),
            "due_on": wanted.due_on,
            "note": wanted.note,
        },
    )
    return task


def remind(*, task: SurveyTask, actor: Actor, on: date) -> None:
    """Remind an organisation of its part; it sees so on its survey page.

    :raises ChangeRefused: when the actor does not lead, the part is approved, or it was today.
    """
    _require_lead(task.reply, actor)
    if SurveyPart.objects.filter(task=task).exists():
        raise ChangeRefused(gettext("This part is approved; there is nothing to be reminded of."))
    if task.reminded_on == on:
        raise ChangeRefused(gettext("A reminder went out today already. Wait until tomorrow."))
    task.reminded_on, task.reminders = on, task.reminders + 1
    task.save()


def approve_part(*, task: SurveyTask, actor: Actor, at: datetime) -> None:
    """Approve a part in the name of the organisation that filled it in; it is closed then.

    :raises ChangeRefused: when it is not the actor's part, or answers are missing.
    """
    if task.organisation_id != actor.organisation:
        raise ChangeRefused(gettext("Only the organisation that was asked approves its part."))
    codes = set(task.questions)
    gaps = [(code, says) for code, says in gaps_in(task.reply) if not codes or code in codes]
    if gaps:
        code, says = gaps[0]
        raise ChangeRefused(_of_question(code, says))
    SurveyPart.objects.create(
        task=task,
        organisation_id=task.organisation_id,
        lead_id=task.lead_id,
        approved_at=at,
        approved_by=actor.account,
    )


def reopen_part(*, task: SurveyTask, actor: Actor, why: str) -> None:
    """Return a part to the organisation that filled it in, saying what to look at again.

    :raises ChangeRefused: when the actor does not lead, or gave no reason.
    """
    _require_lead(task.reply, actor)
    _require_unsent(task.reply)
    if not why.strip():
        raise ChangeRefused(gettext("Say what is to be looked at again."))
    with because(why):
        SurveyPart.objects.filter(task=task).delete()
        task.note = why.strip()
        task.save()


def gaps_in(reply: SurveyReply) -> list[tuple[str, str]]:
    """List what keeps a reply from being approved, question by question."""
    questionnaire = questionnaire_of(reply.round.questionnaire)
    return unfinished(questionnaire, answers_of(reply), Group(reply.group))


def send(*, reply: SurveyReply, actor: Actor, at: datetime) -> None:
    """Approve a reply as a whole and send it to the office that asked.

    :raises ChangeRefused: when answers or parts are missing, or the actor may not approve.
    """
    _require_lead(reply, actor)
    _require_open(reply.round)
    _require_unsent(reply)
    _require_speaker(Group(reply.group), actor)
    waiting = [task for task in reply.tasks.all() if not hasattr(task, "part")]
    if waiting:
        says = gettext("%(body)s has not approved its part yet.")
        raise ChangeRefused(says % {"body": waiting[0].organisation})
    gaps = gaps_in(reply) if reply.is_relevant else []
    if gaps:
        code, says = gaps[0]
        raise ChangeRefused(_of_question(code, says))
    reply.sent_at, reply.sent_by = at, actor.account
    reply.save()


def send_back(*, reply: SurveyReply, note: str, at: datetime) -> SurveyReturn:
    """Ask who replied to look again at something; they decide whether to take the reply back.

    :raises ChangeRefused: when nothing is said.
    """
    if not note.strip():
        raise ChangeRefused(gettext("Say what is to be looked at again."))
    return SurveyReturn.objects.create(reply=reply, at=at, note=note.strip())


def take_back(*, reply: SurveyReply, actor: Actor, why: str) -> None:
    """Take a sent reply back to change it; whoever had it loses sight of it until it is sent anew.

    :raises ChangeRefused: when the actor does not lead, or the round is frozen or it was released.
    """
    _require_lead(reply, actor)
    _require_open(reply.round)
    if reply.released_at is not None:
        raise ChangeRefused(gettext("A released reply stays. Send another one beside it."))
    if not why.strip():
        raise ChangeRefused(gettext("Say why it is taken back."))
    with because(why):
        reply.sent_at = reply.sent_by = None
        reply.save()


def release(*, reply: SurveyReply, actor: Actor, at: datetime) -> None:
    """Let everybody read what the NGOs of a State answered; only they decide it.

    :raises ChangeRefused: when the reply is not theirs to release, or was not sent.
    """
    _require_lead(reply, actor)
    if reply.group != Group.NGO:
        raise ChangeRefused(
            gettext("Only a joint reply of NGOs is released; a State's reply is open.")
        )
    if reply.sent_at is None:
        raise ChangeRefused(gettext("Send the reply first."))
    reply.released_at = at
    reply.save()


def freeze(*, round_: SurveyRound, actor: Actor, on: date) -> None:
    """Close a round: nobody changes an answer in it any more.

    :raises ChangeRefused: when the actor is not of the office that asked.
    """
    if not may(actor, Area.SURVEYS, May.WRITE):
        raise ChangeRefused(gettext("The office that asked freezes a round."))
    round_.frozen_on = on
    round_.save()


def _require_speaker(group: Group, actor: Actor) -> None:
    """Require that the actor may speak for a group: a government, NGOs, or the office itself."""
    if may(actor, Area.SURVEYS, May.WRITE):
        return
    if group is Group.STATE and may(actor, Area.SURVEYS, May.DECIDE):
        return
    if group is Group.NGO and actor.organisation_kind == NGO_KIND:
        return
    raise ChangeRefused(
        gettext("The national co-ordination replies for the State, and an NGO for NGOs.")
    )


def _require_lead(reply: SurveyReply, actor: Actor) -> None:
    if reply.organisation_id != actor.organisation:
        raise ChangeRefused(
            gettext("Only the organisation that puts the reply together does this.")
        )


def _require_open(round_: SurveyRound) -> None:
    if round_.frozen_on is not None:
        raise ChangeRefused(gettext("This round is frozen; nothing in it is changed any more."))


def _require_unsent(reply: SurveyReply) -> None:
    if reply.sent_at is not None:
        raise ChangeRefused(gettext("This reply was sent. Take it back first, saying why."))


def _of_question(code: str, says: str) -> str:
    """Name the question that a refusal is about."""
    return gettext("%(question)s: %(says)s") % {"question": code, "says": gettext(says)}
