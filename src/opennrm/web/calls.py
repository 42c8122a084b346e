"""The helpline's page: one screen for a call, call backs, a case only on wish, safe figures."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opennrm.casework.contact import ROUTES
from opennrm.lifecycle.calendars import local_day
from opennrm.rapporteur.call_figures import COUNTERS, months_counted, tables
from opennrm.records import calls
from opennrm.records.calls import CallBack
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.calls import CallOutcome, CallSituation
from opennrm.vocabulary.roles import Role
from opennrm.web.acts import ACTS
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Place
from opennrm.web.work import WorkRequest

# What is kept of a call, in codes; everything else on the screen is for this call only.
KEPT = ("situation", "caller", "topic", "danger", "outcome")
SEALED = ("called", "safe_channel", "safe_way", "say_if_other", "words", "language", "majority")
WHAT_TO_DO = {
    CallSituation.SILENT: _(
        "Stay on the line, and do not say which line it is. Ask for a sound: one tap for yes, two "
        "for no. Ask whether there is danger now."
    ),
    CallSituation.OVERHEARD: _(
        "Ask only what can be answered with yes or no. Offer a time to call again. Agree on a "
        "word that means: I cannot speak."
    ),
    CallSituation.ABUSER_LISTENS: _(
        "Change to something harmless: a survey, a wrong number, a delivery. Ask nothing more. "
        "Never call that number back."
    ),
    CallSituation.IMMINENT_THREAT: _(
        "Ask where. Call the emergency number on the other line and stay with the caller. Life "
        "comes before consent; tell the caller what you do."
    ),
    CallSituation.BROKE_OFF: _(
        "Do not call back unless the caller said that it is safe. Keep the line free for a while."
    ),
}


class CallForm(forms.Form):
    """One call on one screen; three answers are enough."""

    situation = ask.one_of(_("Can the caller speak?"), ask.listed("call_situation"))
    danger = ask.one_of(
        _("Is there danger now?"),
        ask.codes("contact_recorded", "danger", "risk_level"),
        required=False,
        initial="not_asked",
    )
    outcome = ask.one_of(_("What came of it?"), ask.listed("call_outcome"))
    caller = ask.one_of(_("Who calls?"), ask.listed("asked_by"), required=False, initial="self")
    topic = ask.one_of(_("What is it about?"), ask.listed("call_topic"), required=False)
    language = ask.language(_("Language the caller speaks best"))
    majority = ask.one_of(
        _("Child or adult?"),
        ask.codes("contact_recorded", "majority", "majority"),
        required=False,
        initial="unknown",
    )
    call_back = ask.yes(
        _("The caller wishes to be called back"),
        hint=_("Only then is anything kept by which the caller can be reached, and it is sealed."),
    )
    safe_way = ask.word(_("Number or way"), hint=_("Ask whose phone it is, and who sees it."))
    safe_on = ask.day(_("On which day?"), required=False)
    safe_from = ask.clock(_("From what time is it safe?"), required=False)
    safe_until = ask.clock(_("Until what time?"), required=False)
    say_if_other = ask.word(
        _("What to say if somebody else answers"), hint=_("Such as: a survey, a wrong number.")
    )
    called = ask.word(_("What the caller wants to be called"), hint=_("Any name will do."))
    words = ask.text(
        _("A word on what was said"),
        hint=_("Kept with a call back or a case only; of a call alone it is not kept."),
    )
    parts = (
        ("", ("situation", "danger", "outcome")),
        (_("If there was time"), ("caller", "topic", "language", "majority", "called", "words")),
        (
            _("Call back, only on wish"),
            ("call_back", "safe_way", "safe_on", "safe_from", "safe_until", "say_if_other"),
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a way and a safe time where a call back is wished."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("outcome") == CallOutcome.CALL_BACK:
            typed["call_back"] = True
        if typed.get("call_back"):
            for name in ("safe_way", "safe_on", "safe_from", "safe_until"):
                if not typed.get(name):
                    self.add_error(name, _("needed for a call back"))
            early, late = typed.get("safe_from"), typed.get("safe_until")
            if early and late and early >= late:
                self.add_error("safe_until", _("the end must come after the beginning"))
        return typed


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest) -> HttpResponse:
    """Show the screen of a call; a POST keeps its codes, and the rest only on wish."""
    _require_helpline(request)
    if request.method == "GET":
        today = local_day(request.work.actor.jurisdiction, request.at)
        return _shown(request, CallForm(auto_id="op-%s", initial={"safe_on": today}))
    form = CallForm(request.POST, auto_id="op-%s")
    if not form.is_valid():
        return _shown(request, form, status=422)
    typed = form.cleaned_data
    kept = {name: typed[name] for name in KEPT if typed.get(name)}
    today = local_day(request.work.actor.jurisdiction, request.at)
    calls.keep_call(request.work, kept, month=today)
    if typed["call_back"]:
        _keep_call_back(request, typed)
    if typed["outcome"] == "case_wished":
        return contact_form(request, typed)
    codes_only = gettext("The call is kept as a few codes. Nothing else of it is.")
    messages.success(request, gettext("Saved.") if typed["call_back"] else codes_only)
    return HttpResponseRedirect(reverse("calls"))


@require_POST
def forget(request: WorkRequest, call_back: UUID) -> HttpResponse:
    """Forget a call back."""
    _require_helpline(request)
    calls.drop_call_back(request.work, call_back)
    messages.success(request, gettext("Forgotten."))
    return HttpResponseRedirect(reverse("calls"))


@require_POST
def to_case(request: WorkRequest, call_back: UUID) -> HttpResponse:
    """Open the form of a contact with what was said for a call back, because the caller wishes it.

    :raises Http404: when there is no such call back, or its key is not held.
    """
    _require_helpline(request)
    found = calls.call_backs(request.work, at=request.at)
    one = next((each for each in found if each.ref == call_back and each.told), None)
    if one is None:
        raise Http404
    return contact_form(request, one.told)


@require_GET
def figures(request: WorkRequest) -> HttpResponse:
    """Show how many calls came, with small numbers hidden and only over months that are over.

    :raises Http404: when the viewer neither answers calls nor reports for the State.
    """
    actor = request.work.actor
    if not actor.holds_any(COUNTERS):
        raise Http404
    start, until = months_counted(actor, request.at)
    counted = calls.counted_calls(request.work, from_month=start, until_month=until)
    shown = {"tables": tables(counted), "start": start, "until": until}
    return render(request, "call_figures.html", shown)


def contact_form(request: WorkRequest, said: Mapping[str, Any]) -> HttpResponse:
    """Show the form of a first contact with what the caller said; nothing is typed twice."""
    act, place = ACTS["record_contact"], Place(viewer=request.work, at=request.at)
    known = {name: said.get(name) or "" for name in ("danger", "language", "majority", "called")}
    caller = str(said.get("caller") or "self")
    known |= {
        "words": said.get("words") or "",
        "safe_way": said.get("safe_way") or "",
        "safe_channel": "phone_call" if said.get("safe_way") else "",
        "channel": "phone",
        "route": ROUTES.get(caller, "relative_or_other"),
        "reporting_entity": "helpline",
        "contact_on": place.today,
        "form_key": uuid4(),
    }
    form = act.form(place=place, initial={name: text for name, text in known.items() if text})
    page: dict[str, Any] = {"act": act, "form": form, "place": place, "heading": act.title}
    page |= {"refusal": None, "news": (), "waits": "", "alike": ()}
    page["action"] = reverse("record_contact")
    return render(request, act.template, page)


def _require_helpline(request: WorkRequest) -> None:
    """Hide the page from everybody who is of no helpline.

    :raises Http404: when she is not.
    """
    if Role.HL not in request.work.actor.roles:
        raise Http404


def _shown(request: WorkRequest, form: CallForm, *, status: int = 200) -> HttpResponse:
    shown = {
        "form": form,
        "advice": [(gettext(code.label), text) for code, text in WHAT_TO_DO.items()],
        "backs": [_back(one) for one in calls.call_backs(request.work, at=request.at)],
    }
    return render(request, "calls.html", shown, status=status)


def _back(one: CallBack) -> dict[str, Any]:
    titles = CallForm.base_fields
    lines = [
        (titles[name].label, one.told[name])
        for name in ("called", "safe_way", "say_if_other", "words")
        if one.told.get(name)
    ]
    return {"one": one, "lines": lines}


def _keep_call_back(request: WorkRequest, typed: Mapping[str, Any]) -> None:
    zone = ZoneInfo(presets(request.work.actor.jurisdiction).zone)
    told = {name: str(typed[name]) for name in (*SEALED, "danger", "caller") if typed.get(name)}
    on: date = typed["safe_on"]
    calls.keep_call_back(
        request.work,
        told,
        from_at=datetime.combine(on, typed["safe_from"], tzinfo=zone),
        until_at=datetime.combine(on, typed["safe_until"], tzinfo=zone),
    )
