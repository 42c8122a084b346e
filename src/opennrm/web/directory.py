"""Coming by way of a directory: it says who comes, and her passphrase opens what is hers."""

import secrets
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from opennrm.records.people import directories
from opennrm.records.posting import openid
from opennrm.records.posting.openid import Directory, NotProven, Try
from opennrm.web.work import open_to_all

ACTION, CALLS = "directory", "20/m/ip"
# What is carried lasts so many seconds. It comes back from another site, so that these cookies are
# the only ones that are not SameSite=Strict.
LASTS = 600
TRIED, SHOWN = "directory-try", "directory-shown"


@open_to_all
@require_safe
def go(request: HttpRequest, directory: str) -> HttpResponse:
    """Send the browser to a directory, with words of this try only."""
    found = _directory(directory)
    if not ratelimit.consume(request, app="web", action=ACTION, config={ACTION: CALLS}):
        return _not_come(request, gettext("Too many tries. Wait a minute, then try again."), 429)
    tried = openid.new_try()
    try:
        answer = HttpResponseRedirect(openid.address_of(found, tried, _back(request, found)))
    except NotProven:
        return _not_come(request, gettext("The directory does not answer. Try again later."), 503)
    carried = {**asdict(tried), "directory": found.key, "next": request.GET.get("next", "")}
    _carry(answer, TRIED, signing.dumps(carried, salt=TRIED))
    return answer


@open_to_all
@require_safe
def come_back(request: HttpRequest, directory: str) -> HttpResponse:
    """Take the word of a directory, once, and ask whom it names for her passphrase."""
    found, carried = _directory(directory), _carried(request, TRIED)
    wrong = gettext("That did not work. Begin again.")
    if not _belongs(request, found, carried):
        return _not_come(request, wrong, 422)
    tried = Try(*(carried[name] for name in ("state", "nonce", "verifier")))
    code, back = request.GET.get("code", ""), _back(request, found)
    try:
        subject = openid.subject(found, tried, code, back, at=request.at)  # type: ignore[attr-defined]
    except NotProven:
        return _not_come(request, wrong, 422)
    shown = directories.known_as(found.key, subject)
    if directories.name_known_as(shown) is None:
        return _not_come(request, "", 422, subject=subject)
    wanted = carried["next"]
    answer = HttpResponseRedirect(
        reverse("account_login") + (f"?{urlencode({'next': wanted})}" if wanted else "")
    )
    _drop(answer, TRIED)
    _carry(answer, SHOWN, signing.dumps({"shown": shown}, salt=SHOWN))
    return answer


def shown(request: HttpRequest) -> str | None:
    """Return as whom a directory showed who asks, if one did within the last minutes."""
    return _carried(request, SHOWN).get("shown")


def forget(answer: HttpResponse) -> None:
    """Let what a directory said go with this answer."""
    _drop(answer, SHOWN)


def _directory(key: str) -> Directory:
    for one in openid.directories():
        if one.key == key:
            return one
    raise Http404


def _back(request: HttpRequest, found: Directory) -> str:
    return request.build_absolute_uri(reverse("directory_back", args=[found.key]))


def _belongs(request: HttpRequest, found: Directory, carried: dict[str, str]) -> bool:
    """Tell whether what came back belongs to a try of this browser that was not used before."""
    state = request.GET.get("state", "")
    return (
        carried.get("directory") == found.key
        and secrets.compare_digest(carried["state"].encode(), state.encode())
        and cache.add(f"directory:{state}", "used", timeout=LASTS)
    )


def _not_come(request: HttpRequest, why: str, status: int, subject: str = "") -> HttpResponse:
    answer = render(request, "directory.html", {"why": why, "subject": subject}, status=status)
    _drop(answer, TRIED)
    _drop(answer, SHOWN)
    return answer


def _name(name: str) -> str:
    return f"__Host-{name}" if settings.OPENNRM_HTTPS else name


def _carry(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        _name(name),
        value,
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.OPENNRM_HTTPS,
    )


def _drop(answer: HttpResponse, name: str) -> None:
    answer.delete_cookie(_name(name), samesite="Lax")


def _carried(request: HttpRequest, name: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = signing.loads(
            request.COOKIES.get(_name(name), ""), salt=name, max_age=LASTS
        )
    except signing.BadSignature:
        return {}
    return found
