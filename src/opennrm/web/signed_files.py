"""Referrals as signed files: an officer registers keys, whoever refers hands a file in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from opennrm.casework.permissions import allows
from opennrm.casework.refusals import EntryMalformed, Refused
from opennrm.exchange.signed_file import LONGEST
from opennrm.records import signed_files
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.second_factor import freshly
from opennrm.web.work import WorkRequest


class KeyForm(forms.Form):
    """The public key of a system that signs."""

    name = ask.word(_("Name of the system"), required=True, longest=100)
    key = ask.word(
        _("Its public key"), hint=_("Ed25519, as a JSON Web Key."), required=True, longest=500
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})


class SignedFileForm(forms.Form):
    """A referral that another system of the house signed."""

    file = forms.FileField(label=_("Signed file"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})


@require_http_methods(["GET", "POST"])
@freshly
def keys(request: WorkRequest) -> HttpResponse:
    """Show which keys may sign, and register one more."""
    if not request.work.is_officer:
        raise Http404
    form, refused = KeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            signed_files.add_key(request.work, given["name"], given["key"])
            return HttpResponseRedirect(reverse("file_keys"))
        except signed_files.FileKeyRefused as no:
            refused = gettext(str(no))
    shown = {
        "form": form,
        "refused": refused,
        "keys": signed_files.own_keys(request.work),
        "installation": signed_files.installation(),
        "organisation": request.work.actor.organisation,
    }
    return render(request, "file_keys.html", shown, status=422 if form.errors or refused else 200)


@require_POST
@freshly
def end_key(request: WorkRequest, key_id: str) -> HttpResponse:
    """Take nothing more that a key signed."""
    if not request.work.is_officer:
        raise Http404
    signed_files.end_key(request.work, key_id)
    return HttpResponseRedirect(reverse("file_keys"))


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest) -> HttpResponse:
    """Take a referral in from a signed file."""
    if not allows("deliver_referral", actor=request.work.actor, at=request.at):
        raise Http404
    form = SignedFileForm(request.POST or None, request.FILES or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_taken(request, form))
        except EntryMalformed as no:
            refused = f"{words.said(no.finding.says)} ({no.field})"
        except Refused as no:
            refused = words.said(no.finding.says)
    status = 422 if form.errors or refused else 200
    return render(request, "signed_file.html", {"form": form, "refused": refused}, status=status)


def _taken(request: WorkRequest, form: SignedFileForm) -> str:
    text = form.cleaned_data["file"].read(LONGEST + 1).decode("ascii", "replace").strip()
    case_ref, again = signed_files.take_file(request.work, text, at=request.at)
    if again:
        messages.info(request, gettext("This file was taken before. This is its case."))
    else:
        messages.success(request, gettext("Saved."))
    return reverse("case", kwargs={"case_ref": case_ref})
