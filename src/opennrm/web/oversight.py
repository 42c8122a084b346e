"""Page of the data-protection officer: who read a case, and who reads more than usual."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.records import queries
from opennrm.records.own_letters import complaints
from opennrm.records.queries.looked import Reading, Unusual, officer_log, unusual_readings
from opennrm.vocabulary.roles import Role
from opennrm.web import own_desk, people
from opennrm.web.forms import fields as ask
from opennrm.web.looked import purpose
from opennrm.web.work import WorkRequest

WHAT = {
    "many_cases": _("Many cases in a day"),
    "cases_of_colleagues": _("Many cases in which only colleagues wrote"),
    "at_night": _("Many cases at night"),
}


class ReferenceForm(forms.Form):
    """The reference of a case, as somebody reads it out."""

    reference = ask.word(
        _("Reference of the case"),
        hint=_("Eight letters and digits, such as 7K2M-9QXA. That you looked is in the log."),
    )


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest) -> HttpResponse:
    """Show unusual reading, and for a reference who read that case; never the case."""
    if Role.DP not in request.work.actor.roles:
        raise Http404
    form = ReferenceForm(request.POST if request.method == "POST" else None, auto_id="op-%s")
    names = {one.organisation: one.name for one in queries.organisations(request.work)}
    read = None
    if request.method == "POST" and form.is_valid():
        found = officer_log(request.work, form.cleaned_data["reference"])
        read = [_read(one, names) for one in found]
    shown = {
        "form": form,
        "read": read,
        "letters": own_desk.said(complaints(request.work)),
        "unusual": [_unusual(one, names) for one in unusual_readings(request.work)],
    }
    return render(request, "oversight.html", shown)


def _read(one: Reading, names: dict[Any, str]) -> dict[str, Any]:
    return {
        "by": names.get(one.organisation, ""),
        "worker": one.worker,
        "at": one.at,
        "parts": [people.part_name(code) for code in one.compartments],
        "purposes": [purpose(code) for code in one.purposes],
    }


def _unusual(one: Unusual, names: dict[Any, str]) -> dict[str, Any]:
    by = names.get(one.organisation, "")
    return {"by": by, "worker": one.worker, "what": WHAT[one.what], "day": one.on_day} | {
        "cases": one.cases
    }
