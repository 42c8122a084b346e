"""The figures page: safe tables of the statistics copy, to read and to download."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opennrm.web.work import WorkRequest


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """Show the page of figures."""
    return render(request, "figures.html", {})
