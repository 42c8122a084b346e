"""Her own page, by the code on her card and words only she knows; it says nothing of itself."""

from datetime import date
from typing import Any
from uuid import UUID

from allauth.core.internal import ratelimit
from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from opennrm.accounts.models import Organisation
from opennrm.records import own_door
from opennrm.records.own_door import NotOpened, OwnSession
from opennrm.web import own_words
from opennrm.web.forms import fields as ask
from opennrm.web.headers import FORGET
from opennrm.web.work import open_to_all

ACTION, CALLS = "own_page", "10/m/ip"
COMPLAINT = "complaint"
ABOUT = (
    ("own_words", _("Something in my own words")),
    ("correction", _("Something is wrong or missing")),
    ("feedback", _("How help was")),
    (COMPLAINT, _("A complaint. Your case manager does not get it")),
)
QUIET = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class EnterForm(forms.Form):
    """The code on the card and the words she chose."""

    code = forms.CharField(label=_("Code"), max_length=40, widget=forms.TextInput(attrs=QUIET))
    words = forms.CharField(
        label=_("Your words"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})


class LetterForm(forms.Form):
    """What she wants to say, and what it is about."""

    about = ask.one_of(_("What is it about?"), ABOUT)
    text = ask.text(_("What would you like to say?"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})


@open_to_all
@require_http_methods(["GET", "POST"])
def page(request: Any) -> HttpResponse:
    """Show her page, or ask for code and words; whatever is wrong, one answer."""
    own = _own(request)
    if own is not None and request.method == "GET":
        with translation.override(own.language):
            return render(request, "own/page.html", _prepared(request, own))
    with translation.override(_language(request)):
        if request.method == "GET":
            return render(request, "own/enter.html", {"form": EnterForm()})
        return _entered(request)


@open_to_all
@require_http_methods(["GET", "POST"])
def take_back(request: Any, consent: UUID) -> HttpResponse:
    """Say what would stop, then take a consent back at once."""
    own = _own(request)
    if own is None:
        return HttpResponseRedirect(reverse("own_page"))
    wanted = next((one for one in own.page.consents if one.ref == str(consent)), None)
    with translation.override(own.language):
        if wanted is None:
            raise Http404
        if request.method == "POST":
            own_door.withdraw(own, consent)
            return render(request, "own/taken_back.html", {})
        return render(request, "own/take_back.html", {"one": own_words.consent(wanted, _names())})


@open_to_all
@require_http_methods(["GET", "POST"])
def write(request: Any) -> HttpResponse:
    """Show what she wrote and the answers, and send a letter."""
    own = _own(request)
    if own is None:
        return HttpResponseRedirect(reverse("own_page"))
    with translation.override(own.language):
        form = LetterForm(request.POST or None)
        if not own_door.may_send(own, COMPLAINT):
            form.fields["about"].choices = ABOUT[:-1]  # type: ignore[attr-defined]
        is_sent = False
        if request.method == "POST" and form.is_valid():
            typed = form.cleaned_data
            is_sent = own_door.send(own, typed["about"], typed["text"])
            if not is_sent:
                form.add_error(None, _("It could not be sent now. Tell your case manager."))
        kept = LetterForm() if is_sent else form
        shown = {"form": kept, "is_sent": is_sent, "letters": _letters(own)}
        return render(request, "own/write.html", shown, status=422 if form.errors else 200)


@open_to_all
@require_http_methods(["GET", "POST"])
def shut(request: Any) -> HttpResponse:
    """Ask once more, then close her page for good."""
    own = _own(request)
    if own is None:
        return HttpResponseRedirect(reverse("own_page"))
    with translation.override(own.language):
        if request.method == "GET":
            return render(request, "own/shut.html", {})
        own_door.close(own)
        return end(request, render(request, "own/shut_done.html", {}))


@open_to_all
@require_POST
def speak(request: Any) -> HttpResponse:
    """Keep the language she chose, on her page and nowhere on the device."""
    own, wanted = _own(request), request.POST.get("language", "")
    if own is not None and wanted in dict(settings.LANGUAGES):
        own_door.speak(own, wanted)
    return HttpResponseRedirect(reverse("own_page"), status=303)


def cookie_name() -> str:
    """Name the cookie that carries the secret of her page; it goes with the browser window."""
    return "__Host-my" if settings.OPENNRM_HTTPS else "my"


def end(request: Any, response: HttpResponse) -> HttpResponse:
    """End her session, if there is one, and ask the browser to forget it."""
    secret = request.COOKIES.get(cookie_name(), "")
    if secret:
        own_door.leave(secret)
        response.delete_cookie(cookie_name(), samesite="Strict")
        response["Clear-Site-Data"] = FORGET
    return response


def _own(request: Any) -> OwnSession | None:
    secret = request.COOKIES.get(cookie_name(), "")
    return own_door.resume(secret) if secret else None


def _language(request: Any) -> str:
    asked = request.GET.get("in", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "en"


def _entered(request: Any) -> HttpResponse:
    form = EnterForm(request.POST)
    if not ratelimit.consume(request, app="web", action=ACTION, config={ACTION: CALLS}):
        form.add_error(None, _("Too many tries. Wait a minute, then try again."))
        return render(request, "own/enter.html", {"form": form}, status=429)
    if form.is_valid():
        try:
            secret = own_door.enter(form.cleaned_data["code"], form.cleaned_data["words"])
        except NotOpened:
            form.add_error(None, _("This did not open. Look at both again, or try later."))
        else:
            return _let_in(secret)
    return render(request, "own/enter.html", {"form": form}, status=422)


def _let_in(secret: str) -> HttpResponse:
    answer = HttpResponseRedirect(reverse("own_page"), status=303)
    answer.set_cookie(
        cookie_name(),
        secret,
        secure=settings.OPENNRM_HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return answer


def _prepared(request: Any, own: OwnSession) -> dict[str, Any]:
    today: date = request.at.date()
    saw = own_door.seen_by(own)
    return own_words.shown(own.page, saw=saw, names=_names(), on=today)


def _names() -> dict[UUID, str]:
    return dict(Organisation.objects.values_list("ref", "name"))


def _letters(own: OwnSession) -> list[dict[str, Any]]:
    named = dict(ABOUT)
    return [
        {"about": named[one.about], "at": one.sent_at, "answer": one.answer}
        for one in own_door.letters(own)
    ]
