"""The Rapporteur's page of rules and redress: how often a rule was broken, gave way or held."""

from django import forms
from django.db import connections
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opennrm.rapporteur.offices import may_release
from opennrm.rapporteur.rule_page import RulePage, rule_page
from opennrm.rapporteur.table_csv import table_csv
from opennrm.rapporteur.table_html import table_html
from opennrm.web.work import WorkRequest


class AskedForm(forms.Form):
    """Which subject and year are wanted; anything odd in the address counts as not asked."""

    subject = forms.CharField(max_length=32, required=False)
    year = forms.IntegerField(min_value=1900, max_value=2200, required=False)
    table = forms.CharField(max_length=64, required=False)


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """Show the tables of one subject and one year that is over.

    :raises Http404: when the viewer does not decide on figures.
    """
    model = _model(request)
    shown = {
        "model": model,
        "tables": [(one.name, table_html(one)) for one in model.tables],
        "chosen_subject": next(one.key for one in model.subjects if one.chosen),
    }
    return render(request, "rule_figures.html", shown)


@require_GET
def as_csv(request: WorkRequest) -> HttpResponse:
    """Send one of these tables for a spreadsheet.

    :raises Http404: when there is no such table, or the viewer does not decide on figures.
    """
    model, wanted = _model(request), request.GET.get("table", "")
    table = next((one for one in model.tables if one.name == wanted), None)
    if table is None:
        raise Http404
    answer = HttpResponse(table_csv(table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{table.name}_{model.year}.csv"'
    return answer


def _model(request: WorkRequest) -> RulePage:
    if not may_release(request.work.actor.roles):
        raise Http404
    form = AskedForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    name, year = asked.get("subject") or "", asked.get("year")
    return rule_page(name, year, connection=connections["statistics"], at=request.at)
