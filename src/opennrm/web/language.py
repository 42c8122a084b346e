"""Lets anybody choose the language of the pages; for whoever is signed in, it is remembered."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from opennrm.records.people import own
from opennrm.web.work import open_before_factor, open_to_all


@open_to_all
@open_before_factor
@csrf_exempt
@require_POST
def choose(request: Any) -> HttpResponse:
    """Take the language into this browser window and the viewer's account, and go back.

    It asks for no token, so that a page without a form sets no cookie; a post from another site
    carries no session and changes only the language of a window.
    """
    wanted, back = request.POST.get("language", ""), request.POST.get("back", "")
    inside = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    answer = HttpResponseRedirect(back if inside else reverse("account_login"), status=303)
    if wanted not in dict(settings.LANGUAGES):
        return answer
    if request.work:
        own.speak(request.work, wanted)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Strict",
    )
    return answer
