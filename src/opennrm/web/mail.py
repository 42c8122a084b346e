"""The page on which a member says where and when mail tells her that there is something new."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import validate_email
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.records import text_messages
from opennrm.records.mail import MailWish, drop_wish, keep_wish, own_wish
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest

PACES = [("at_once", _("At once")), ("daily", _("Once a day"))]
HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]
QUIET = {"pace": "daily", "quiet_from": "20", "quiet_until": "7"}


class MailForm(forms.Form):
    """Where mail goes, how often, and when it is quiet."""

    address = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("An address of your work, which nobody else reads."),
    )
    pace = ask.one_of(_("How often?"), PACES)
    quiet_from = ask.one_from(_("No mail from"), HOURS)
    quiet_until = ask.one_from(
        _("No mail until"), HOURS, hint=_("What cannot wait is told at any hour.")
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        if settings.OPENNRM_TEXT_GATEWAY:
            self.fields["address"].label = _("E-mail address or mobile number")
            self.fields["address"].help_text = _(
                "Of your work, read by nobody else. A number begins with + and the country."
            )

    def clean_address(self) -> str:
        """Take a number where a gateway is named; else an address."""
        typed = str(self.cleaned_data["address"])
        number = re.sub(r"[ ()./-]", "", typed)
        if settings.OPENNRM_TEXT_GATEWAY and text_messages.is_number(number):
            return number
        validate_email(typed)
        return typed


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest) -> HttpResponse:
    """Show the viewer's wish; keep another, or end it."""
    if request.POST.get("do") == "end":
        drop_wish(request.work)
        return _back(request, gettext("You get no more mail."))
    wish = own_wish(request.work)
    form = MailForm(request.POST or None, auto_id="op-%s", initial=_initial(wish))
    if request.method == "POST" and form.is_valid():
        typed: dict[str, Any] = form.cleaned_data
        hours = {name: int(typed[name]) for name in ("quiet_from", "quiet_until")}
        keep_wish(request.work, MailWish(address=typed["address"], pace=typed["pace"], **hours))
        return _back(request, gettext("Saved."))
    shown = {"form": form, "stands": wish is not None, "is_on": _is_on()}
    return render(request, "mail.html", shown, status=422 if form.errors else 200)


def _is_on() -> bool:
    return bool(settings.EMAIL_HOST or settings.OPENNRM_TEXT_GATEWAY)


def _initial(wish: MailWish | None) -> dict[str, str]:
    if wish is None:
        return QUIET
    hours = {"quiet_from": str(wish.quiet_from), "quiet_until": str(wish.quiet_until)}
    return {"address": wish.address, "pace": wish.pace, **hours}


def _back(request: WorkRequest, says: str) -> HttpResponse:
    messages.success(request, says)
    return HttpResponseRedirect(reverse("mail"))
