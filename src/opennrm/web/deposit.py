"""Page of a one-way deposit: a referral is handed in for a receipt and nothing else."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.casework.deposit import Deposit, deposit_referral
from opennrm.casework.permissions import allows
from opennrm.casework.refusals import Refused
from opennrm.records.desk import AlreadySent, at_work
from opennrm.records.reference import reference
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest

EMPTY_CHOICES = ("safe_channel", "language")


class DepositForm(forms.Form):
    """What was seen and heard, and what the person agrees to pass on."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    message = ask.text(_("What did you see and hear?"), required=True)
    urgent = ask.yes(_("It is urgent"))
    language = ask.language(_("Which language does the person speak best?"))
    person_agreed = ask.yes(
        _("The person agrees that you pass on the name and how to make contact"),
        hint=_("Without this, leave the rest empty."),
    )
    called = ask.word(_("What the person wants to be called"))
    safe_channel = ask.one_from(
        _("How the person can be reached safely"), ask.listed("safe_contact"), required=False
    )
    safe_way = ask.word(_("Number, address or place"))
    may_leave_message = ask.yes(_("It is safe to leave a message there"))
    whereabouts = ask.word(_("Where the person is now"))

    def to_input(self) -> Deposit:
        """Make what the use case takes of what was typed."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        typed.pop("form_key")
        return Deposit(**(typed | {name: typed[name] or None for name in EMPTY_CHOICES}))


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest) -> HttpResponse:
    """Show the form, hand in what is sent, and show the receipt once."""
    if not allows("deposit_referral", actor=request.work.actor, at=request.at):
        raise Http404
    if request.method == "GET":
        return _shown(request, DepositForm(initial={"form_key": uuid4()}, auto_id="op-%s"))
    form = DepositForm(request.POST, auto_id="op-%s")
    if not form.is_valid():
        return _shown(request, form)
    try:
        receipt = _handed_in(request, form)
    except Refused as refused:
        form.add_error(None, gettext(refused.finding.says))
        return _shown(request, form)
    except AlreadySent:
        messages.info(request, gettext("This had arrived already. It counts once."))
        return HttpResponseRedirect(reverse("deposit_referral"))
    said = gettext("It has arrived. Write down the receipt, it is shown once: %(receipt)s")
    messages.success(request, said % {"receipt": reference(receipt)})
    return HttpResponseRedirect(reverse("deposit_referral"))


def _handed_in(request: WorkRequest, form: DepositForm) -> UUID:
    actor, at = request.work.actor, request.at
    with at_work(request.work, at=at, form_key=form.cleaned_data["form_key"]) as desk:
        return deposit_referral(deposit=form.to_input(), actor=actor, at=at, desk=desk)


def _shown(request: WorkRequest, form: DepositForm) -> HttpResponse:
    return render(request, "deposit.html", {"form": form}, status=422 if form.errors else 200)
