"""Showing a second factor: to sign in, and again before something that deserves it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.stagekit import clear_login
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.records import factors, sessions
from opennrm.web import kept
from opennrm.web.sign_in import CARRIED_IN, going_on, is_own
from opennrm.web.work import WorkRequest, cookie_name, open_to_all

View = Callable[..., HttpResponse]


def code_field() -> forms.CharField:
    """Return the field for a code of an app, or a recovery code."""
    return forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from your authenticator app, or one of your recovery codes"),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """A code, on signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="op-%s", **kwargs)
        self.fields["code"] = code_field()


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """A code, asked for again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="op-%s", **kwargs)
        self.fields["code"] = code_field()


def whole(answer: Callable[[], Any]) -> Any:
    """Take what a passkey answered; what makes no sense is refused like a wrong answer.

    :raises ValidationError: when it is not such an answer.
    """
    try:
        return answer()
    except (LookupError, TypeError, ValueError, AttributeError) as nonsense:
        raise forms.ValidationError(
            _("The passkey did not answer as it should. Try again.")
        ) from nonsense


class KeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What a passkey answered, on signing in."""

    def clean_credential(self) -> Any:
        """Check the answer."""
        return whole(super().clean_credential)


class KeyAgainForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """What a passkey answered, asked for again."""

    def clean_credential(self) -> Any:
        """Check the answer."""
        return whole(super().clean_credential)


def with_own_factors(view: View) -> View:
    """Run a view in the one transaction in which a person sees her own factors and no other's."""

    @wraps(view)
    def bound(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with sessions.waiting(sessions.token_of(request.COOKIES.get(cookie_name(), ""))):
                answer = view(request, *args, **kwargs)
                return answer.render() if isinstance(answer, TemplateResponse) else answer
        except sessions.SignedOut:
            clear_login(request)
            return HttpResponseRedirect(reverse("account_login"))

    return bound


def freshly(view: View) -> View:
    """Ask for the second factor before this page, unless it was shown in the last five minutes."""

    @wraps(view)
    def asked(request: WorkRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        work = request.work
        if work.is_fresh or work.needs_enrolment:
            return view(request, *args, **kwargs)
        wanted: dict[str, str] = {"next": request.get_full_path()}
        if request.method == "POST":
            typed = kept.locked_for(work.actor.account, kept.typed_in(request))
            request.session[CARRIED_IN] = {"kept": typed, "kept_path": request.get_full_path()}
            wanted = {}
        return HttpResponseRedirect(f"{reverse('step_up')}?{urlencode(wanted)}")

    return asked


def kind_shown(form: Any) -> str:
    """Name the kind of factor that a valid form showed."""
    found = form.cleaned_data.get("credential") or form.authenticator
    return factors.KINDS[found.type]


class Show(AuthenticateView):  # type: ignore[misc]
    """The second step of signing in."""

    template_name = "second_factor.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Tell the database, finish the sign-in, and go on where it was needed."""
        token = sessions.token_of(self.request.COOKIES.get(cookie_name(), ""))
        factors.pass_factor(token, kind_shown(form))
        carried = self.request.session.pop(CARRIED_IN, {})
        answer: HttpResponse = super().form_valid(form)
        return going_on(self.request, self.stage.login.user.pk, carried, answer)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the page again; a wrong code and a used one get one answer."""
        sessions.note_failed_factor(sessions.token_of(self.request.COOKIES.get(cookie_name(), "")))
        shown: HttpResponse = super().form_invalid(form)
        shown.status_code = 422
        return shown

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say for which step this is."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return {**shown, **_offered(self.stage.login.user), "is_again": False, "next": ""}


show = open_to_all(with_own_factors(Show.as_view()))


@require_http_methods(["GET", "POST"])
@with_own_factors
def again(request: Any) -> HttpResponse:
    """Ask for the second factor once more, then go on to where it was wanted."""
    wanted = request.GET.get("next", "") or request.POST.get("next", "")
    goal = wanted if is_own(wanted, request) else reverse("account")
    if not _offered(request.user)["codes"] and not _offered(request.user)["keys"]:
        return HttpResponseRedirect(reverse("mfa_index"))
    by_code, by_key = _again_forms(request)
    sent = by_code if by_code.is_bound else by_key
    if sent.is_bound and sent.is_valid():
        return _gone_on(request, sent, goal)
    if sent.is_bound:
        sessions.note_failed_factor(request.work.token)
    page = {
        "form": by_code,
        "webauthn_form": by_key,
        "js_data": {"request_options": begin_authentication(request.user)},
        "next": goal,
        "is_again": True,
        **_offered(request.user),
    }
    return render(request, "second_factor.html", page, status=422 if sent.is_bound else 200)


def _again_forms(request: Any) -> tuple[Any, Any]:
    data = request.POST if request.method == "POST" else None
    with_code = data is not None and "code" in data
    return (
        CodeAgainForm(data if with_code else None, user=request.user),
        KeyAgainForm(None if with_code else data, user=request.user),
    )


def _gone_on(request: Any, sent: Any, goal: str) -> HttpResponse:
    sent.save()
    factors.pass_factor(request.work.token, kind_shown(sent))
    carried = request.session.pop(CARRIED_IN, {})
    return going_on(request, request.user.pk, carried, HttpResponseRedirect(goal))


def _offered(user: Any) -> dict[str, bool]:
    """Tell which ways of showing a factor this person has."""
    kinds = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    return {
        "codes": bool(kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}),
        "keys": Authenticator.Type.WEBAUTHN in kinds,
    }
