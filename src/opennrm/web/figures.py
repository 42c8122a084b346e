"""The figures pages: safe tables to read and download."""

from django import forms
from django.db import connections
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opennrm.rapporteur.offices import may_release
from opennrm.rapporteur.table_csv import table_csv
from opennrm.rapporteur.table_html import table_html
from opennrm.rapporteur.table_page import Asked, TablePage, table_page_model
from opennrm.web.work import WorkRequest


class AskedForm(forms.Form):
    """Which table is wanted; anything odd in the address counts as not asked."""

    source = forms.CharField(max_length=64, required=False)
    table = forms.CharField(max_length=64, required=False)
    from_year = forms.IntegerField(min_value=1900, max_value=2200, required=False)
    until_year = forms.IntegerField(min_value=1900, max_value=2200, required=False)


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


def _model(request: WorkRequest) -> TablePage:
    form = AskedForm(request.GET)
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    return table_page_model(Asked(**wanted), connection=connections["statistics"])


def _may_publish(request: WorkRequest) -> bool:
    return may_release(request.work.actor.roles)
