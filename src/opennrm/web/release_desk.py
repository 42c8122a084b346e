"""The release desk's pages: what was asked, how far it came, and the second person's reading."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import connections
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opennrm.rapporteur import request_book
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.desk_page import desk_page, request_page
from opennrm.rapporteur.offices import may_release
from opennrm.rapporteur.presets import PRESETS, STANDARD, preset
from opennrm.rapporteur.publishing import ask_for_release, publish, send_back
from opennrm.rapporteur.releases import Request
from opennrm.rapporteur.releasing import ReleaseRefused, last_full_year
from opennrm.rapporteur.table_html import table_html
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest


class AskForm(forms.Form):
    """What is to be published, what for, by which rule, and what it corrects."""

    from_year = forms.IntegerField(label=_("From year"), min_value=1990, max_value=2200)
    until_year = forms.IntegerField(label=_("Until year"), min_value=1990, max_value=2200)
    purpose = ask.word(
        _("What the figures are for"), hint=_("It is printed with them."), required=True
    )
    rule = forms.ChoiceField(
        label=_("Threshold and rounding"),
        choices=lambda: [(one.key, gettext(one.label)) for one in PRESETS],
        initial=STANDARD.key,
    )
    revises = forms.IntegerField(
        label=_("Number of the release that this one corrects"),
        help_text=_("Only for a correction."),
        required=False,
        min_value=1,
    )
    reason = ask.word(
        _("Why it is corrected"), hint=_("It is printed with the new release."), longest=500
    )


class SendBackForm(forms.Form):
    """Why a release does not go out."""

    reason = ask.word(_("Why it does not go out"), required=True, longest=500)


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """List what was asked of the desk and how far each request has come.

    :raises Http404: when the viewer does not release figures.
    """
    _require_releaser(request)
    model = desk_page(connection=connections["statistics"])
    return render(request, "release_desk.html", {"model": model})


@require_http_methods(["GET", "POST"])
def ask_page(request: WorkRequest) -> HttpResponse:
    """Ask for a release, or for the correction of one.

    :raises Http404: when the viewer does not release figures.
    """
    _require_releaser(request)
    if request.method == "GET":
        return _ask_page(request, AskForm(initial=_proposed(request), auto_id="op-%s"))
    form = AskForm(request.POST, auto_id="op-%s")
    if not form.is_valid():
        return _ask_page(request, form, status=422)
    try:
        asked = ask_for_release(
            wanted=_wanted(form),
            actor=request.work.actor,
            connection=connections["statistics"],
            at=request.at,
        )
    except ReleaseRefused as refused:
        return _ask_page(request, form, status=422, problem=str(refused))
    return HttpResponseRedirect(reverse("release_request", kwargs={"request_ref": asked.request}))


@require_GET
def one(request: WorkRequest, request_ref: UUID) -> HttpResponse:
    """Show one request: its steps, what was drawn, and what the viewer may do.

    :raises Http404: when there is none, or the viewer does not release figures.
    """
    return _request_page(request, request_ref, SendBackForm(auto_id="op-%s"))


@require_POST
def publish_it(request: WorkRequest, request_ref: UUID) -> HttpResponse:
    """Publish what was drawn, as read by the viewer.

    :raises Http404: when there is no such request, or the viewer does not release figures.
    """

    def act() -> None:
        release = publish(request=request_ref, **_by(request))
        says = gettext("Release %(number)s is published.") % {"number": release.number}
        messages.success(request, says)

    return _acted(request, request_ref, SendBackForm(auto_id="op-%s"), act)


@require_POST
def send_it_back(request: WorkRequest, request_ref: UUID) -> HttpResponse:
    """Close a request without publishing, with a reason.

    :raises Http404: when there is no such request, or the viewer does not release figures.
    """
    form = SendBackForm(request.POST, auto_id="op-%s")
    if not form.is_valid():
        return _request_page(request, request_ref, form, status=422)

    def act() -> None:
        send_back(request=request_ref, reason=form.cleaned_data["reason"], **_by(request))
        messages.success(request, gettext("It was sent back and does not go out."))

    return _acted(request, request_ref, form, act)


def _acted(
    request: WorkRequest, request_ref: UUID, form: SendBackForm, act: Callable[[], None]
) -> HttpResponse:
    _require_releaser(request)
    try:
        act()
    except ReleaseRefused as refused:
        return _request_page(request, request_ref, form, status=422, problem=str(refused))
    return HttpResponseRedirect(reverse("release_request", kwargs={"request_ref": request_ref}))


def _by(request: WorkRequest) -> dict[str, Any]:
    return {
        "actor": request.work.actor,
        "connection": connections["statistics"],
        "at": request.at,
    }


def _request_page(
    request: WorkRequest, request_ref: UUID, form: SendBackForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    _require_releaser(request)
    try:
        model = request_page(
            request_ref,
            request.GET.get("table", ""),
            actor=request.work.actor,
            connection=connections["statistics"],
        )
    except request_book.NoSuchRequest as unknown:
        raise Http404 from unknown
    table = table_html(model.result) if model.result else ""
    shown = {"model": model, "table": table, "form": form, "problem": "", **more}
    return render(request, "release_request.html", shown, status=status)


def _ask_page(
    request: WorkRequest, form: AskForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    shown = {"form": form, "problem": "", "presets": PRESETS, **more}
    return render(request, "ask_release.html", shown, status=status)


def _proposed(request: WorkRequest) -> dict[str, Any]:
    last = last_full_year(request.at)
    return {"from_year": last, "until_year": last, "rule": STANDARD.key}


def _wanted(form: AskForm) -> Request:
    typed = form.cleaned_data
    return Request(
        period=Period(typed["from_year"], typed["until_year"]),
        purpose=typed["purpose"],
        rule=preset(typed["rule"]).rule,
        revises=typed["revises"],
        reason=typed["reason"],
    )


def _require_releaser(request: WorkRequest) -> None:
    if not may_release(request.work.actor.roles):
        raise Http404
