"""The Rapporteur's workbench: the indicators and the report on the quality of the data."""

from django.db import connections
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.feeds import overdue
from opennrm.coordination.measured import actions_by_key, kept_in_registers
from opennrm.lifecycle.calendars import local_day
from opennrm.rapporteur.indicator_page import IndicatorPage, indicator_page, indicators_csv
from opennrm.rapporteur.offices import may_release
from opennrm.rapporteur.quality import quality_page
from opennrm.web.work import WorkRequest


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """Show every indicator with its trend, or why it is not measured yet.

    :raises Http404: when the viewer does not release figures.
    """
    _require_releaser(request)
    with at_coordination(request.work):
        shown = {"model": _measured(request), "actions": actions_by_key()}
    return render(request, "indicators.html", shown)


@require_GET
def as_csv(request: WorkRequest) -> HttpResponse:
    """Send the indicators for a spreadsheet.

    :raises Http404: when the viewer does not release figures.
    """
    _require_releaser(request)
    with at_coordination(request.work):
        text = indicators_csv(_measured(request))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="indicators.csv"'
    return answer


@require_GET
def quality(request: WorkRequest) -> HttpResponse:
    """Show what is missing, who delivers nothing, what changed and what cannot be.

    :raises Http404: when the viewer does not release figures.
    """
    _require_releaser(request)
    connection = connections["statistics"]
    measured = indicator_page(connection=connection)
    with at_coordination(request.work):
        late = overdue(on=request.at.date())
    shown = {
        "model": quality_page(connection=connection, at=request.at),
        "missing": next(one for one in measured.indicators if one.key == "NR24"),
        "columns": measured.columns,
        "not_measured": [one for one in measured.indicators if one.because],
        "overdue": late,
    }
    return render(request, "quality.html", shown)


def _measured(request: WorkRequest) -> IndicatorPage:
    """Prepare every indicator, with what the registers hold."""
    kept = kept_in_registers(on=local_day(request.work.actor.jurisdiction, request.at))
    return indicator_page(connection=connections["statistics"], kept=kept)


def _require_releaser(request: WorkRequest) -> None:
    if not may_release(request.work.actor.roles):
        raise Http404
