"""Knows who is at work: resumes the working session, and lets nobody else past the open pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from opennrm.records import sessions
from opennrm.records.sessions import Session
from opennrm.rights.jurisdictions import PresetRefused, presets
from opennrm.web import kept

View = TypeVar("View", bound=Callable[..., Any])


class WorkRequest(HttpRequest):
    """A request that carries the working session of the person who sent it."""

    work: Session
    at: datetime


def open_to_all(view: View) -> View:
    """Mark a page that needs no sign-in; every other page does."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def open_before_factor(view: View) -> View:
    """Mark a page that whoever has no second factor yet may use; she reaches no other."""
    view.open_before_factor = True  # type: ignore[attr-defined]
    return view


def cookie_name() -> str:
    """Name the cookie that carries the secret of the working session."""
    return "__Host-work" if settings.OPENNRM_HTTPS else "work"


class WorkSession:
    """Middleware: sets ``request.work`` and ``request.at``, and denies by default."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Resume the session, if there is one, before any page is asked."""
        request.at = timezone.now()
        request.work = _resumed(request)
        with timezone.override(_zone(request.work)):
            return self._answered(request)

    def _answered(self, request: Any) -> HttpResponse:
        if request.work is not None:
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
            if not chosen and request.work.actor.language in dict(settings.LANGUAGES):
                translation.activate(request.work.actor.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Send whoever is not signed in to the sign-in page, unless the page is open to all."""
        if getattr(view, "open_to_all", False):
            return None
        if getattr(view, "own_door", False):  # The door for programs asks for their secret.
            return None
        if request.work is not None:
            return _enrolling(request, view)
        if request.method == "POST":
            return _interrupted(request)
        return HttpResponseRedirect(_sign_in_address(request))

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """Ask for a new sign-in when the session ended while a page was being made."""
        if isinstance(exception, sessions.SignedOut):
            return HttpResponseRedirect(_sign_in_address(request))
        return None


def _enrolling(request: Any, view: Any) -> HttpResponse | None:
    if not request.work.needs_enrolment or getattr(view, "open_before_factor", False):
        return None
    return HttpResponseRedirect(reverse("mfa_index"))


def _resumed(request: Any) -> Session | None:
    secret = request.COOKIES.get(cookie_name(), "")
    signed_in = request.session.get(SESSION_KEY)
    if not secret or not signed_in:
        return None
    # The database knows whether the account may still sign in; the browser's session names it.
    session = sessions.resume(secret, at=request.at)
    if session is None or str(session.actor.account) != signed_in:
        return None
    return session


def _zone(session: Session | None) -> ZoneInfo | None:
    """Return the zone of the viewer's jurisdiction, on whose clock she works."""
    if session is None:
        return None
    try:
        return ZoneInfo(presets(session.actor.jurisdiction).zone)
    except PresetRefused:
        return None


def _interrupted(request: Any) -> HttpResponse:
    """Ask for a new sign-in; what was typed is locked for whoever had been signed in."""
    typed = kept.typed_in(request)
    user = request.user
    locked = kept.locked_for(user.pk, typed) if user.is_authenticated and typed else ""
    page = {"kept": locked, "kept_path": request.get_full_path() if locked else ""}
    return render(request, "interrupted.html", page, status=401)


def _sign_in_address(request: HttpRequest) -> str:
    address = reverse("account_login")
    wanted = request.get_full_path() if request.method == "GET" else ""
    return f"{address}?{urlencode({'next': wanted})}" if wanted not in ("", "/") else address
