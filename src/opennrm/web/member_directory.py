"""Binding a member to a directory, by an officer of her house."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from opennrm.records.people import directories
from opennrm.records.people.asking import PeopleRefused
from opennrm.records.posting import openid
from opennrm.web import words
from opennrm.web.second_factor import freshly
from opennrm.web.work import WorkRequest


class BindForm(forms.Form):
    """Which directory knows a member, and by which word."""

    directory = forms.ChoiceField(label=_("Directory"))
    subject = forms.CharField(
        label=_("Word by which it knows her"),
        help_text=_("She sees it when she comes by way of the directory for the first time."),
        max_length=openid.LONGEST_SUBJECT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})
        self.fields["directory"].choices = [  # type: ignore[attr-defined]
            (one.key, one.title) for one in openid.directories()
        ]


def shown_to(request: WorkRequest, member: UUID) -> dict[str, Any]:
    """Return what the page of a member shows of directories; nothing where there are none."""
    if not settings.OPENNRM_DIRECTORIES:
        return {"has_directories": False}
    is_bound = member in directories.bound(request.work)
    return {"has_directories": True, "is_bound": is_bound, "bind_form": BindForm()}


@require_POST
@freshly
def bind(request: WorkRequest, member: UUID) -> HttpResponse:
    """Bind a member to the word by which a directory knows her, or let her come without one."""
    if not request.work.is_officer or not settings.OPENNRM_DIRECTORIES:
        raise Http404
    form = BindForm(request.POST)
    try:
        if request.POST.get("do") == "unbind":
            directories.unbind(request.work, member)
        elif form.is_valid():
            typed = form.cleaned_data
            directories.bind(request.work, member, typed["directory"], typed["subject"])
    except PeopleRefused as refused:
        return render(
            request, "directory.html", {"why": words.said(refused), "subject": ""}, status=422
        )
    return redirect("member", member)
