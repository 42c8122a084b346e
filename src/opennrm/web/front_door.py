"""The front door: anyone may ask for help, without an account and without a name."""

from typing import Any
from uuid import uuid4

from allauth.core.internal import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from opennrm.casework.contact import HelpRequest, ask_for_help
from opennrm.casework.refusals import Refused
from opennrm.lifecycle.calendars import local_day
from opennrm.records.desk import AlreadySent, at_work
from opennrm.records.sessions import SignedOut, SignInRefused, open_front_door
from opennrm.web.forms import fields as choices
from opennrm.web.headers import FORGET
from opennrm.web.work import open_to_all

ACTION, CALLS = "ask_for_help", "10/m/ip"


class HelpForm(forms.Form):
    """What someone wants to say; only the message is needed."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    asked_by = choices.one_of(_("Who are you?"), choices.listed("asked_by"), initial="self")
    message = choices.text(
        _("What would you like to say?"),
        hint=_("A few words are enough. You do not have to give a name."),
        required=True,
    )
    urgent = choices.yes(_("It is urgent"))
    called = choices.word(_("What should we call you?"), hint=_("Any name will do."))
    safe_channel = choices.one_from(
        _("How can we reach you safely?"), choices.listed("safe_contact"), required=False
    )
    safe_way = choices.word(
        _("Number, address or place"), hint=_("Only if nobody else will see or hear it.")
    )
    may_leave_message = choices.yes(_("It is safe to leave a message there"))
    whereabouts = choices.word(_("Where are you now?"))
    language = choices.language(_("Which language do you speak best?"))


@open_to_all
@require_http_methods(["GET", "POST"])
def ask(request: Any) -> HttpResponse:
    """Show the form, and pass on what is sent."""
    if request.method == "GET":
        form = HelpForm(initial={"form_key": uuid4()}, auto_id="op-%s")
        return render(request, "ask_for_help.html", {"form": form, "problem": ""})
    form = HelpForm(request.POST, auto_id="op-%s")
    if not ratelimit.consume(request, app="web", action=ACTION, config={ACTION: CALLS}):
        return _again(request, form, gettext("Too many messages at once. Wait a minute."), 429)
    if not form.is_valid():
        return _again(request, form, "", 422)
    return _passed_on(request, form)


@open_to_all
@require_safe
def thanks(request: Any) -> HttpResponse:
    """Say that the message has arrived and what happens next."""
    answer = render(request, "help_asked.html", {})
    answer["Clear-Site-Data"] = FORGET
    return answer


def _passed_on(request: Any, form: HelpForm) -> HttpResponse:
    try:
        _written_down(request, form)
    except (Refused, SignedOut, SignInRefused):
        says = gettext(
            "Your message did not arrive: nobody receives messages here now. What you wrote is"
            " still below. If someone is in danger, call the emergency number."
        )
        return _again(request, form, says, 503)
    except AlreadySent:
        messages.info(request, gettext("Your message had arrived already."))
    return HttpResponseRedirect(reverse("help_asked"))


def _written_down(request: Any, form: HelpForm) -> None:
    """Hand the message to the organisation behind the front door.

    :raises Refused: when it cannot take messages now.
    """
    typed = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
    for name in ("safe_channel", "language"):
        typed[name] = typed[name] or None
    session = open_front_door(at=request.at)
    wanted = HelpRequest(**typed, asked_on=local_day(session.actor.jurisdiction, request.at))
    with at_work(session, at=request.at, form_key=form.cleaned_data["form_key"]) as desk:
        ask_for_help(request=wanted, actor=session.actor, at=request.at, desk=desk)


def _again(request: Any, form: HelpForm, problem: str, status: int) -> HttpResponse:
    shown = {"form": form, "problem": problem}
    return render(request, "ask_for_help.html", shown, status=status)
