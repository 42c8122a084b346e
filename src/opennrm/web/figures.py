"""The figures pages: safe tables to read and download, and the desk where they are published."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import connections
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from opennrm.rapporteur.catalogue import CATALOGUE, Period
from opennrm.rapporteur.publishing import (
    ReleaseRefused,
    last_full_year,
    may_release,
    publish_table,
    require_full_years,
)
from opennrm.rapporteur.releases import Release, Request
from opennrm.rapporteur.table_csv import table_csv
from opennrm.rapporteur.table_html import table_html
from opennrm.rapporteur.table_page import Asked, TablePage, table_page_model
from opennrm.statistics import AuditFailed
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest

UNSAFE = _(
    "Nothing was published: in these tables a number that must stay hidden could be worked out."
    " Publish more years together, so that the numbers grow."
)


class AskedForm(forms.Form):
    """Which table is wanted; anything odd in the address counts as not asked."""

    source = forms.CharField(max_length=64, required=False)
    table = forms.CharField(max_length=64, required=False)
    from_year = forms.IntegerField(min_value=1900, max_value=2200, required=False)
    until_year = forms.IntegerField(min_value=1900, max_value=2200, required=False)


class ReleaseForm(forms.Form):
    """What is to be published, and what for."""

    from_year = forms.IntegerField(label=_("From year"), min_value=1990, max_value=2200)
    until_year = forms.IntegerField(label=_("Until year"), min_value=1990, max_value=2200)
    purpose = ask.word(
        _("What the figures are for"), hint=_("It is printed with them."), required=True
    )


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """Show one table of what was published, or of a public data set."""
    model = _model(request)
    shown = {
        "model": model,
        "table": table_html(model.result) if model.result else "",
        "query": request.GET.urlencode(),
        "may_publish": _may_publish(request),
    }
    return render(request, "figures.html", shown)


@require_GET
def as_csv(request: WorkRequest) -> HttpResponse:
    """Send the same table for a spreadsheet.

    :raises Http404: when there is no such table.
    """
    model = _model(request)
    if model.result is None:
        raise Http404
    answer = HttpResponse(table_csv(model.result), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{model.result.name}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def publish(request: WorkRequest) -> HttpResponse:
    """Publish the tables of some years, or say why they cannot go out.

    :raises Http404: when the viewer does not release figures.
    """
    if not _may_publish(request):
        raise Http404
    if request.method == "GET":
        last = last_full_year(request.at)
        years = {"from_year": last, "until_year": last}
        return _release_page(request, ReleaseForm(initial=years, auto_id="op-%s"))
    form = ReleaseForm(request.POST, auto_id="op-%s")
    if not form.is_valid():
        return _release_page(request, form, status=422)
    try:
        release = _released(_wanted(request, form), at=request.at)
    except ReleaseRefused as refused:
        return _release_page(request, form, status=422, problem=str(refused))
    except AuditFailed:
        return _release_page(request, form, status=422, problem=UNSAFE)
    messages.success(request, _("Release %(number)s stands.") % {"number": release.number})
    return HttpResponseRedirect(reverse("figures"))


def _released(wanted: Request, *, at: datetime) -> Release:
    require_full_years(wanted.period, at=at)
    return publish_table(request=wanted, connection=connections["statistics"], at=at)


def _model(request: WorkRequest) -> TablePage:
    form = AskedForm(request.GET)
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    return table_page_model(Asked(**wanted), connection=connections["statistics"])


def _wanted(request: WorkRequest, form: ReleaseForm) -> Request:
    typed = form.cleaned_data
    return Request(
        table=CATALOGUE[0].name,
        period=Period(typed["from_year"], typed["until_year"]),
        purpose=typed["purpose"],
        asked_by=request.work.actor.account,
    )


def _may_publish(request: WorkRequest) -> bool:
    return may_release(request.work.actor.roles)


def _release_page(
    request: WorkRequest, form: ReleaseForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    shown = {"form": form, "problem": "", **more}
    return render(request, "publish.html", shown, status=status)
