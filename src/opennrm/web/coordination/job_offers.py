"""Registers to check offers of work against, the page for everybody, and labour authorities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from opennrm.coordination import job_offers
from opennrm.coordination.models import (
    Inspection,
    JobRegister,
    JobRegisterEntry,
    RecruitmentLicence,
    WageClaim,
)
from opennrm.coordination.permissions import Area, May, may
from opennrm.vocabulary import registry
from opennrm.web import words
from opennrm.web.coordination.columns import NOTHING_YET, by_code, by_one_of, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.sheets import Children, Sheet
from opennrm.web.coordination.steps import Step
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest, open_to_all

MOST_SHOWN = 20


def _writes(row: Any, request: WorkRequest) -> bool:
    return may(request.work.actor, Area.JOB_OFFERS, May.WRITE)


LINES = Sheet(
    "job-register-lines",
    Area.JOB_OFFERS,
    JobRegisterEntry,
    _("Line of a register"),
    Listing(
        "register-lines",
        _("Lines"),
        columns(JobRegisterEntry, "name", "register", "number", "country", "until_on", "says"),
        searched=("name", "number", "says"),
        order="name",
        empty=_("No line yet. Take them in from the file of the authority."),
    ),
    parent="register",
)
REGISTERS = Sheet(
    "job-registers",
    Area.JOB_OFFERS,
    JobRegister,
    _("Register"),
    Listing(
        "job-registers",
        _("Registers to check offers against"),
        columns(JobRegister, "title", "kind", "issuer", "as_of"),
        (by_code("kind", _("Kind"), "job_register_kind"),),
        ("title", "issuer"),
        order="title",
        intro=_("Everybody may check an employer against what is published from here."),
        empty=NOTHING_YET,
    ),
    children=(Children(LINES, "register", come_by_file=True),),
    steps=(
        Step(
            "publish",
            _("Publish as it stands"),
            _("Everybody can check offers against these lines from then on, with their day."),
            _writes,
            lambda taken: job_offers.publish_register(
                taken.row, at=taken.request.at, why=taken.why
            ),
            _("Everybody can check against it now."),
        ),
        Step(
            "take-back",
            _("Take back from everybody"),
            _("Nobody can check against it any more. The lines stay here."),
            _writes,
            lambda taken: job_offers.take_register_back(taken.row, why=taken.why),
            _("It is taken back."),
        ),
    ),
)
OFFERED = (REGISTERS, LINES)

WAGES = Sheet(
    "wage-claims",
    Area.LABOUR,
    WageClaim,
    _("Unpaid wages"),
    Listing(
        "wages",
        _("Unpaid wages"),
        columns(WageClaim, "inspection", "workers", "owed", "paid", "status", "until_on"),
        (by_code("status", _("Status"), "wage_status"),),
        ("inspection__employer", "says"),
        order="-until_on",
        intro=_("How much was owed to how many workers, and how much came back to them."),
        empty=NOTHING_YET,
    ),
    parent="inspection",
)
INSPECTIONS = Sheet(
    "inspections",
    Area.LABOUR,
    Inspection,
    _("Inspection"),
    Listing(
        "inspections",
        _("Inspections of places of work"),
        columns(Inspection, "employer", "inspected_on", "sector", "reason", "signs", "outcomes"),
        (
            by_code("sector", _("Sector"), "sector"),
            by_one_of("signs", _("Sign"), "labour_sign"),
            by_one_of("outcomes", _("What followed"), "inspection_outcome"),
        ),
        ("employer", "area", "says"),
        order="-inspected_on",
        intro=_("What was found and what followed. Workers are counted and never named."),
        empty=NOTHING_YET,
    ),
    children=(Children(WAGES, "inspection"),),
)
LICENCES = Sheet(
    "recruitment-licences",
    Area.LABOUR,
    RecruitmentLicence,
    _("Licence"),
    Listing(
        "licences",
        _("Licences of recruitment agencies"),
        columns(
            RecruitmentLicence, "holder", "number", "status", "until_on", "sectors", "countries"
        ),
        (by_code("status", _("Status"), "licence_status"),),
        ("holder", "number", "countries"),
        order="holder",
        empty=NOTHING_YET,
    ),
)
LABOUR = (LICENCES, INSPECTIONS, WAGES)


class OfferForm(forms.Form):
    """Asks which employer or recruiter to look for; one of the two is enough."""

    name = ask.word(_("Name of the firm, or of who recruits"), longest=200)
    number = ask.word(_("Number of the licence, if you know it"), longest=60)

    def clean(self) -> dict[str, Any]:
        """Ask for something to look for."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not typed.get("name") and not typed.get("number"):
            raise forms.ValidationError(_("Write a name or a number to look for."))
        return typed


# Nothing is changed by asking, so that no mark is left on the device to guard the form with.
@csrf_exempt
@open_to_all
@require_http_methods(["GET", "POST"])
def check(request: Any) -> HttpResponse:
    """Check an offer of work: no line of a log, no row, no cookie says who asked for what."""
    asked = request.method == "POST"
    form = OfferForm(request.POST if asked else None, auto_id="op-%s")
    shown: dict[str, Any] = {
        "form": form,
        "signs": [str(ask.translated(text)) for text in _signs()],
        "answers": None,
    }
    if asked and form.is_valid():
        typed, today = form.cleaned_data, timezone.localdate()
        answers = job_offers.check_offer(typed["name"], typed["number"], on=today)
        shown["answers"] = [_told(one) for one in answers]
        shown["is_bad"] = any(one.found and one.kind != "licences" for one in answers)
        shown["is_found"] = any(one.found for one in answers)
    status = 422 if asked and not form.is_valid() else 200
    return render(request, "check_job_offer.html", shown, status=status)


def _signs() -> list[str]:
    return list(registry.code_list("offer_sign").labels().values())


def _told(one: job_offers.Answer) -> dict[str, Any]:
    return {
        "title": one.title,
        "kind": one.kind,
        "kind_said": words.label(one.kind, "job_register_kind"),
        "issuer": one.issuer,
        "as_of": one.as_of,
        "is_old": one.is_old,
        "found": one.found[:MOST_SHOWN],
        "more": max(0, len(one.found) - MOST_SHOWN),
    }


def addresses() -> list[URLPattern]:
    """List the addresses of these pages."""
    return [path("job-offers/", check, name="check_job_offer")]
