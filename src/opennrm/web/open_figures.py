"""The public pages of figures: released tables, charts and open data, without a sign-in."""

from typing import Any

from django.core.cache import cache
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from opennrm.rapporteur.charts import chart_of, described
from opennrm.rapporteur.public_page import (
    NotPublished,
    PublicTablePage,
    open_data,
    public_releases,
    public_table,
)
from opennrm.rapporteur.table_csv import table_csv
from opennrm.rapporteur.table_html import table_html
from opennrm.web.work import open_to_all

# A release never changes, so its charts are drawn once in each language.
KEPT_SECONDS = 30 * 24 * 60 * 60


@open_to_all
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """List what was released: the years, how many persons, the tables."""
    releases = public_releases(connections["statistics"])
    return render(request, "open_figures.html", {"releases": releases})


@open_to_all
@require_safe
def one(request: HttpRequest, number: int, table: str) -> HttpResponse:
    """Show one released table with its chart and its method.

    :raises Http404: when it was not released.
    """
    model = _found(number, table)
    shown = {
        "model": model,
        "table": table_html(model.table),
        "description": described(model.table),
    }
    return render(request, "open_figure.html", shown)


@open_to_all
@require_safe
def chart(request: HttpRequest, number: int, table: str) -> HttpResponse:
    """Send the chart of a released table.

    :raises Http404: when it was not released, or all of its figures are hidden.
    """
    key = f"chart:{number}:{table}:{get_language()}"
    svg = cache.get(key)
    if svg is None:
        drawn = chart_of(_found(number, table).table)
        svg = drawn.svg if drawn else ""
        cache.set(key, svg, KEPT_SECONDS)
    if not svg:
        raise Http404
    return HttpResponse(svg, content_type="image/svg+xml")


@open_to_all
@require_safe
def as_csv(request: HttpRequest, number: int, table: str) -> HttpResponse:
    """Send a released table for a spreadsheet, with everything said about it.

    :raises Http404: when it was not released.
    """
    model = _found(number, table)
    answer = HttpResponse(table_csv(model.table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="release_{number}_{table}.csv"'
    return answer


@open_to_all
@require_safe
def as_data(request: HttpRequest, number: int) -> HttpResponse:
    """Send a whole release as open data.

    :raises Http404: when there is none.
    """
    try:
        content: dict[str, Any] = open_data(connections["statistics"], number)
    except NotPublished as unknown:
        raise Http404 from unknown
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="release_{number}.json"'
    return answer


def _found(number: int, table: str) -> PublicTablePage:
    try:
        return public_table(connections["statistics"], number, table)
    except NotPublished as unknown:
        raise Http404 from unknown
