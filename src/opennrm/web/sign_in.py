"""Signing in and out: the library checks and throttles, the passphrase opens the keys."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView
from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from opennrm.records import sessions
from opennrm.records.people import directories
from opennrm.records.posting import openid
from opennrm.web import directory, kept, own_page
from opennrm.web.headers import FORGET, FORGET_BUT_DRAFTS
from opennrm.web.work import cookie_name, open_to_all

CARRIED = ("kept", "kept_path")
CARRIED_IN = "carried"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """How the library behaves here: nobody signs up, and a wrong pair has one answer."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The sign-in name or the passphrase is not right."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: accounts are made by organisations."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing on signing in or out; the page itself shows it."""


class SignInForm(LoginForm):  # type: ignore[misc]
    """A sign-in name and a passphrase; wrong ones get one and the same answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="op-%s", **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Sign-in name"),
            max_length=64,
            widget=forms.TextInput(attrs={"autocomplete": "username"}),
        )
        self.fields["password"] = forms.CharField(
            label=_("Passphrase"),
            max_length=512,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )

    def login(self, request: Any, redirect_url: str | None = None) -> HttpResponse:
        """Sign in, and hand the browser the secret that carries the working session."""
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        response.set_cookie(
            cookie_name(),
            request.opened_session.secret,
            httponly=True,
            samesite="Strict",
            secure=settings.OPENNRM_HTTPS,
        )
        return response


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page."""

    template_name = "sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin anew when a sign-in was left half-way, or outlived its working session."""
        clear_login(request)
        if request.user.is_authenticated and getattr(request, "work", None) is None:
            logout(request)
        is_another = "another" in request.GET
        request.directory_shown = None if is_another else directory.shown(request)  # type: ignore[attr-defined]
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        if is_another:
            directory.forget(response)
        return response

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Go on where the sign-in was needed, with what had been typed there."""
        session = self.request.opened_session.session
        with sessions.waiting(session.token):
            answer: HttpResponse = super().form_valid(form)
        directory.forget(answer)
        carried = {name: self.request.POST.get(name, "") for name in CARRIED}
        if session.waits_for_factor:
            self.request.session[CARRIED_IN] = carried
            return answer
        return going_on(self.request, session.actor.account, carried, answer)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry what was typed elsewhere through a wrong try."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        carried = {name: self.request.POST.get(name, "") for name in CARRIED}
        came_as = self.request.directory_shown
        known = directories.name_known_as(came_as) if came_as else None
        return shown | carried | {"known": known, "directories": openid.directories()}

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """Show the form again, with one answer for every wrong pair."""
        shown: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return shown


def going_on(
    request: HttpRequest, account: UUID, carried: Mapping[str, str], answer: HttpResponse
) -> HttpResponse:
    """Answer with what this account had typed before it was asked who it is, where it had."""
    path = carried.get("kept_path", "")
    typed = kept.opened_for(account, carried.get("kept", "")) if is_own(path, request) else []
    if not typed:
        return answer
    again = render(request, "kept.html", {"path": path, "typed": typed})
    again.cookies.update(answer.cookies)
    return again


def is_own(path: str, request: HttpRequest) -> bool:
    """Tell whether an address is a page of ours."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, request.get_host())


sign_in = open_to_all(SignIn.as_view())


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and show the sign-in page."""
    return _gone(request, HttpResponseRedirect(reverse("account_login")))


@open_to_all
@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session and go to the exit page, in one step, with scripts or without.

    It asks for no token, so that error pages can carry the way out too; the cookies are
    SameSite=Strict, so another site can end nobody's session. The script, which goes to the exit
    page by itself, asks for a quiet answer.
    """
    works_here = cookie_name() in request.COOKIES or "keep" in request.POST
    forget = FORGET_BUT_DRAFTS if works_here else FORGET
    if request.POST.get("quietly"):
        return _gone(request, HttpResponse(status=204), forget)
    away = HttpResponseRedirect(settings.OPENNRM_EXIT_URL, status=303)
    return _gone(request, away, forget)


def _gone(request: Any, response: HttpResponse, forget: str = FORGET) -> HttpResponse:
    secret = request.COOKIES.get(cookie_name(), "")
    if secret:
        sessions.end(secret, at=request.at)
    logout(request)
    response.delete_cookie(cookie_name(), samesite="Strict")
    response["Clear-Site-Data"] = forget
    return own_page.end(request, response)
