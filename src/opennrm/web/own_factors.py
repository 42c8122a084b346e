"""A person's own second factors: what she has, adding one, taking one away, recovery codes."""

from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from opennrm.records import factors
from opennrm.web.second_factor import View, freshly, whole, with_own_factors
from opennrm.web.work import open_before_factor


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="op-%s", **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code the app shows now"),
            max_length=16,
            widget=forms.TextInput(
                attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
            ),
        )


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A name for a new passkey, and what the browser made of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="op-%s", **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Name of this passkey"),
            help_text=_("So that you know it again, for example: blue key, work phone"),
            max_length=60,
            required=False,
        )

    def clean(self) -> Any:
        """Check what the browser made."""
        return whole(super().clean)


class Index(IndexView):  # type: ignore[misc]
    """What she has."""

    template_name = "own_factors.html"


class AddApp(ActivateTOTPView):  # type: ignore[misc]
    """A new authenticator app."""

    template_name = "add_app.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put the picture into the page itself: the policy lets no image come as data."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        drawn = shown["totp_svg"]
        picture = Markup(drawn[drawn.index("<svg") :])  # noqa: S704 - drawn by the library
        return shown | {"picture": picture}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the app; who showed its code has shown a factor."""
        kept: HttpResponse = super().form_valid(form)
        factors.pass_factor(self.request.work.token, "app_code")
        return kept


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A new passkey or security key."""

    template_name = "add_passkey.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the key; who made it here has shown it."""
        kept: HttpResponse = super().form_valid(form)
        factors.pass_factor(self.request.work.token, "passkey")
        return kept


class DropApp(DeactivateTOTPView):  # type: ignore[misc]
    """Taking an authenticator app away."""

    template_name = "drop_factor.html"
    extra_context = {"name": _("the authenticator app")}


class DropPasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """Taking a passkey away."""

    template_name = "drop_factor.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the key that would go."""
        return {**super().get_context_data(**kwargs), "name": self.object.wrap().name}

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it away, unless it is the last factor."""
        if not factors.FactorAdapter().can_delete_authenticator(self.get_object()):
            form.add_error(None, ValidationError(factors.FactorAdapter.error_messages[LAST]))
            refused: HttpResponse = self.form_invalid(form)
            return refused
        gone: HttpResponse = super().form_valid(form)
        return gone


LAST = "cannot_delete_authenticator"


class Codes(ViewRecoveryCodesView):  # type: ignore[misc]
    """Recovery codes, shown once."""

    template_name = "recovery_codes.html"


class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes in place of the old ones."""

    template_name = "new_recovery_codes.html"


def _own(view: View) -> View:
    return open_before_factor(freshly(with_own_factors(view)))


index = open_before_factor(with_own_factors(Index.as_view()))
add_app, drop_app = _own(AddApp.as_view()), _own(DropApp.as_view())
add_passkey, drop_passkey = _own(AddPasskey.as_view()), _own(DropPasskey.as_view())
codes, new_codes = _own(Codes.as_view()), _own(NewCodes.as_view())
