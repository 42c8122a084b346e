"""The pages of one's own desk: finding a person, notices, the account."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from opennrm.casework.permissions import allows
from opennrm.records import queries
from opennrm.web import confirmations, people, words
from opennrm.web.houses import REGISTRARS
from opennrm.web.work import WorkRequest


class NameForm(forms.Form):
    """The name looked for; it is sent in the body, never in an address."""

    name = forms.CharField(label=_("Name, in any script"), max_length=200)


@require_http_methods(["GET", "POST"])
def find(request: WorkRequest) -> HttpResponse:
    """Find a person by name among the cases whose identity is open to the viewer."""
    form = NameForm(request.POST if request.method == "POST" else None, auto_id="op-%s")
    hits: list[Any] | None = None
    if request.method == "POST" and form.is_valid():
        hits = list(queries.find_people(request.work, form.cleaned_data["name"], at=request.at))
    status = 422 if form.errors else 200
    return render(request, "find.html", {"form": form, "hits": hits}, status=status)


@require_GET
def notices(request: WorkRequest) -> HttpResponse:
    """Show what other organisations have told the viewer's."""
    notifications = [
        [words.any_label(value) for value in line.coarse.values()]
        for line in queries.notifications(request.work)
    ]
    actor = request.work.actor
    shown = {
        "notices": queries.notices(request.work),
        "confirmations": confirmations.WORDS,
        "notifications": notifications,
        "may_notify": allows("notify_without_identity", actor=actor, at=request.at),
    }
    return render(request, "notices.html", shown)


@require_GET
def account(request: WorkRequest) -> HttpResponse:
    """Show who is signed in, in which roles, with which training and agreement."""
    actor = request.work.actor
    shown = {
        "roles": [people.role_name(role) for role in sorted(actor.roles)],
        "training": [words.label(tag, "training_tag") for tag in sorted(actor.training)],
        "agreement_until": actor.agreement_until,
        "may_import": allows("take_in", actor=actor, at=request.at),
        "may_enrol": not REGISTRARS.isdisjoint(actor.roles),
    }
    return render(request, "account.html", shown)
