"""Pages for when something cannot be shown; what is closed and what never was look the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opennrm.web.work import open_to_all


@open_to_all
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here; byte for byte the same for a case of others."""
    return render(request, "errors/not_found.html", status=404)


@open_to_all
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say the same as for what does not exist."""
    return not_found(request)


@open_to_all
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the address or the form was not understood."""
    return render(request, "errors/bad_request.html", status=400)


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, and that nothing was half saved."""
    return render(request, "errors/broken.html", status=500)
