"""Joining with a one-time code, and coming back after a lost passphrase with two halves of one."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.records.people import joining
from opennrm.records.people.asking import PeopleRefused
from opennrm.records.people.joining import Codes
from opennrm.web import words
from opennrm.web.work import open_to_all

SECRET = {"autocomplete": "new-password"}


class JoinForm(forms.Form):
    """The code an officer gave, and a passphrase nobody else chooses."""

    sign_in_name = forms.CharField(label=_("Sign-in name"), max_length=64)
    code = forms.CharField(label=_("One-time code"), max_length=120)
    half = forms.CharField(
        label=_("Second half of the code"),
        help_text=_("Only when you lost your passphrase: each of two officers gives you one half"),
        max_length=120,
        required=False,
    )
    passphrase = forms.CharField(
        label=_("Your new passphrase"),
        help_text=_("At least 15 characters, for example four or five words. Nobody can read it."),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput(attrs=SECRET),
    )
    again = forms.CharField(
        label=_("The same passphrase again"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput(attrs=SECRET),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Compare the two passphrases."""
        typed = super().clean() or {}
        if typed.get("passphrase") != typed.get("again"):
            self.add_error("again", _("It is not the same. Type it again."))
        return typed


@open_to_all
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Take a code and a new passphrase; the sign-in page comes next."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _joined(request, form):
        messages.success(request, gettext("Saved."))
        return redirect("account_login")
    return render(request, "join.html", {"form": form}, status=422 if form.errors else 200)


def _joined(request: HttpRequest, form: JoinForm) -> bool:
    typed = form.cleaned_data
    name = typed["sign_in_name"].strip().lower()
    if not ratelimit.consume(request, action="login_failed", key=f"join-{name}"):
        form.add_error(None, _("Too many tries. Wait five minutes, then try again."))
        return False
    try:
        joining.join(Codes(name, typed["code"], typed["half"]), typed["passphrase"])
    except PeopleRefused as refused:
        form.add_error(None, words.said(refused))
        return False
    return True
