"""The systems of an organisation that are told of news; its officer names and ends them."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from opennrm.records import hooks
from opennrm.web.forms import fields as ask
from opennrm.web.second_factor import freshly
from opennrm.web.work import WorkRequest


class HookForm(forms.Form):
    """Where a system is told."""

    address = ask.word(
        _("The address of the system"),
        hint=_("Begins with https:// and lies outside private networks."),
        required=True,
        longest=500,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})


@require_http_methods(["GET", "POST"])
@freshly
def page(request: WorkRequest) -> HttpResponse:
    """Show which systems are told, and name one more; its secret is shown once."""
    if not request.work.is_officer:
        raise Http404
    form = HookForm(request.POST or None)
    secret, refused = "", ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = hooks.add(request.work, form.cleaned_data["address"])
            form = HookForm()
        except hooks.HookRefused as no:
            refused = gettext(str(no))
    shown = {
        "form": form,
        "secret": secret,
        "refused": refused,
        "hooks": [one for one in hooks.own(request.work) if one.ended_at is None],
    }
    return render(request, "hooks.html", shown, status=422 if form.errors or refused else 200)


@require_POST
@freshly
def end(request: WorkRequest, hook: UUID) -> HttpResponse:
    """Tell a system no more."""
    if not request.work.is_officer:
        raise Http404
    hooks.end(request.work, hook)
    return HttpResponseRedirect(reverse("hooks"))
