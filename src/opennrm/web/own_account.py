"""What a person does for her own account: another passphrase, and an end to other sessions."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.records.people import own
from opennrm.records.people.asking import PeopleRefused
from opennrm.web import words
from opennrm.web.join import SECRET
from opennrm.web.second_factor import freshly
from opennrm.web.work import WorkRequest

FACTORS = {
    "passkey": _("Passkey"),
    "app_code": _("Authenticator app"),
    "recovery_code": _("Recovery code"),
    "invented": _("Demonstration"),
}


class PassphraseForm(forms.Form):
    """The passphrase of now, and another one."""

    old_passphrase = forms.CharField(
        label=_("Passphrase you have now"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_passphrase = forms.CharField(
        label=_("Your new passphrase"),
        help_text=_("At least 15 characters, for example four or five words. Nobody can read it."),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput(attrs=SECRET),
    )
    same_passphrase = forms.CharField(
        label=_("The same passphrase again"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput(attrs=SECRET),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Compare the two new ones."""
        typed = super().clean() or {}
        if typed.get("new_passphrase") != typed.get("same_passphrase"):
            self.add_error("same_passphrase", _("It is not the same. Type it again."))
        return typed


@require_http_methods(["GET", "POST"])
@freshly
def passphrase(request: Any) -> HttpResponse:
    """Change the passphrase; other sessions end."""
    form = PassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            both = typed["old_passphrase"], typed["new_passphrase"]
            own.change_passphrase(request.work, request.user.sign_in_name, *both)
            return redirect("own_sessions")
        except PeopleRefused as refused:
            form.add_error(None, words.said(refused))
    shown = {"form": form}
    return render(request, "passphrase.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def own_sessions(request: WorkRequest) -> HttpResponse:
    """Show where the viewer is signed in, and end what she names."""
    named = request.POST.get("end", "")
    if named:
        own.end_session(request.work, None if named == "others" else named)
        return redirect("own_sessions")
    listed = [
        (one, FACTORS.get(one.factor or "", _("Second step still open")))
        for one in own.own_sessions(request.work)
    ]
    return render(request, "own_sessions.html", {"sessions": listed})
