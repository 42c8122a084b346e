"""Pages for when something cannot be shown; what is closed and what never was look the same."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import get_language, get_language_bidi

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
    """Say that the fault is ours, and that nothing was half saved.

    Where the database takes nothing or is away (its disk is full, it restarts), a page that needs
    no database says so, and that one can come back.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        direction = "rtl" if get_language_bidi() else "ltr"
        frame = {"language": get_language() or "en", "direction": direction}
        answer = HttpResponse(get_template("errors/no_room.html").render(frame), status=503)
        answer["Retry-After"] = "60"
        return answer
    return render(request, "errors/broken.html", status=500)
