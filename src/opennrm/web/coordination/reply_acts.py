"""What is done with a reply as a whole or with a part: approved, sent, returned, released."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from opennrm.coordination.desk import ChangeRefused
from opennrm.coordination.models import SurveyReply, SurveyTask
from opennrm.coordination.permissions import Area, May
from opennrm.coordination.surveys import replying
from opennrm.lifecycle.calendars import local_day
from opennrm.web import words
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.survey_reply import address, reply_of, task_of
from opennrm.web.work import WorkRequest

Act = Callable[[WorkRequest, SurveyReply], str]


@within(Area.SURVEYS, May.OWN, May.WRITE)
@require_POST
def act(request: WorkRequest, ref: Any, what: str) -> HttpResponse:
    """Do one thing with a reply, and say why it is refused where it is.

    :raises Http404: when there is no such thing to do.
    """
    reply = reply_of(ref)
    if what not in ACTS:
        raise Http404
    try:
        messages.success(request, ACTS[what](request, reply))
    except ChangeRefused as refused:
        messages.error(request, words.said(refused))
    return HttpResponseRedirect(address(reply))


def _send(request: WorkRequest, reply: SurveyReply) -> str:
    replying.send(reply=reply, actor=request.work.actor, at=request.at)
    return gettext("The reply is approved and sent.")


def _take_back(request: WorkRequest, reply: SurveyReply) -> str:
    why = request.POST.get("why", "")
    replying.take_back(reply=reply, actor=request.work.actor, why=why)
    return gettext("The reply is a draft again.")


def _release(request: WorkRequest, reply: SurveyReply) -> str:
    replying.release(reply=reply, actor=request.work.actor, at=request.at)
    return gettext("Everybody who may read surveys can read this reply now.")


def _send_back(request: WorkRequest, reply: SurveyReply) -> str:
    replying.send_back(reply=reply, note=request.POST.get("why", ""), at=request.at)
    return gettext("Those who replied are asked to look again.")


def _approve_part(request: WorkRequest, reply: SurveyReply) -> str:
    task = task_of(reply, request)
    if task is None:
        raise ChangeRefused("Only the organisation that was asked approves its part.")
    replying.approve_part(task=task, actor=request.work.actor, at=request.at)
    return gettext("Your part is approved and closed.")


def _named_task(request: WorkRequest, reply: SurveyReply) -> SurveyTask:
    named = request.POST.get("task", "")
    task = next((one for one in reply.tasks.all() if str(one.ref) == named), None)
    if task is None:
        raise ChangeRefused("This part is not there any more.")
    return task


def _remind(request: WorkRequest, reply: SurveyReply) -> str:
    actor = request.work.actor
    today = local_day(actor.jurisdiction, request.at)
    replying.remind(task=_named_task(request, reply), actor=actor, on=today)
    return gettext("The reminder stands on their survey page.")


def _reopen_part(request: WorkRequest, reply: SurveyReply) -> str:
    task = _named_task(request, reply)
    why = request.POST.get("why", "")
    replying.reopen_part(task=task, actor=request.work.actor, why=why)
    return gettext("The part is open again.")


ACTS: dict[str, Act] = {
    "send": _send,
    "take-back": _take_back,
    "release": _release,
    "send-back": _send_back,
    "approve-part": _approve_part,
    "remind": _remind,
    "reopen-part": _reopen_part,
}


def addresses() -> list[URLPattern]:
    """Return where the acts on a reply are sent."""
    at = "coordination/replies/<uuid:ref>/do/<str:what>/"
    return [path(at, act, name="coordination_reply_act")]
