"""Enrolling organisations: their agreement, and the first two officers, who do the rest."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opennrm.casework.ports import Organisation
from opennrm.lifecycle.calendars import local_day
from opennrm.records import queries
from opennrm.records.enrolment import NewOrganisation
from opennrm.records.people import first_officers, houses
from opennrm.records.people.asking import PeopleRefused
from opennrm.rights.jurisdictions import codes as known_places
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.roles import Role
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.members import InvitationForm, invited, role_choices
from opennrm.web.second_factor import freshly
from opennrm.web.work import WorkRequest

REGISTRARS = frozenset({Role("NCO"), Role("AD")})
NOBODYS = {"PERSON", "JU", "IE"}
ENFORCES = "immigration_enforcement"


class AgreementForm(forms.Form):
    """From when until when an agreement is in force."""

    begins = ask.day(_("Agreement in force from"))
    ends = ask.day(_("Agreement ends before"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})


class HouseForm(AgreementForm):
    """A new organisation of the mechanism."""

    field_order = ("name", "kind", "jurisdiction", "roles", "combination", "begins", "ends")
    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    kind = ask.one_of(_("Kind"), ask.listed("organisation_kind"))
    jurisdiction = forms.ChoiceField(label=_("Place whose law it works under"))
    combination = forms.CharField(
        label=_("Why it holds roles that are kept apart elsewhere, if it does"),
        help_text=_("Shown to everybody."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [presets(place) for place in known_places()]
        # Layers that others build on name no zone of their own.
        places = [(one.code, one.name) for one in known if one.zone != "UTC"]
        self.fields["jurisdiction"] = ask.one_of(_("Place whose law it works under"), places)
        codes = [role.value for role in Role if role.value not in NOBODYS]
        self.fields["roles"] = ask.several(_("Roles"), role_choices(codes))
        self.order_fields(self.field_order)


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """List the organisations with the end of their agreements."""
    _require_registrar(request)
    return render(request, "houses.html", {"houses": queries.organisations(request.work)})


@require_POST
@freshly
def confirm(request: WorkRequest, house: UUID) -> HttpResponse:
    """Confirm two members as the first officers of their organisation."""
    _require_registrar(request)
    waiting = [one for one in first_officers.proposals(request.work) if one.organisation == house]
    named = request.POST.get("names", "")
    found = next((one for one in waiting if f"{one.first} {one.second}" == named), None)
    if found is None:
        raise Http404
    try:
        first_officers.confirm(request.work, found)
    except PeopleRefused as refused:
        messages.error(request, words.said(refused))
    return redirect("house", house=house)


@require_http_methods(["GET", "POST"])
@freshly
def enrol(request: WorkRequest) -> HttpResponse:
    """Enrol an organisation with its agreement."""
    _require_registrar(request)
    here = {"jurisdiction": request.work.actor.jurisdiction}
    form = HouseForm(request.POST or None, initial=here)
    if request.method == "POST" and form.is_valid():
        new = _new(form.cleaned_data)
        today = local_day(request.work.actor.jurisdiction, request.at)
        try:
            houses.enrol(request.work, new, on=today)
            return redirect("house", house=new.ref)
        except PeopleRefused as refused:
            form.add_error(None, words.said(refused))
    return render(request, "enrol_house.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@freshly
def one(request: WorkRequest, house: UUID) -> HttpResponse:
    """Show one organisation: record a further agreement, invite its first officers."""
    _require_registrar(request)
    found = _house(request, house)
    roles = sorted(role.value for role in found.roles)
    asked = request.POST.get("do", "")
    officer = InvitationForm(request.POST if asked == "invite" else None, roles=roles)
    agreed = AgreementForm(request.POST if asked == "agree" else None)
    del officer.fields["is_officer"]
    shown: dict[str, Any] = {"code": "", "name": ""}
    if officer.is_bound and officer.is_valid():
        shown |= invited(request, officer, house, officer=True)
    if agreed.is_bound and agreed.is_valid() and _agreed(request, agreed, house):
        return redirect("house", house=house)
    waiting = [p for p in first_officers.proposals(request.work) if p.organisation == house]
    page = {**shown, "house": found, "officer": officer, "agreed": agreed, "waiting": waiting}
    return render(
        request, "house.html", page, status=422 if officer.errors or agreed.errors else 200
    )


def _agreed(request: WorkRequest, form: AgreementForm, house: UUID) -> bool:
    typed = form.cleaned_data
    try:
        houses.add_agreement(request.work, house, typed["begins"], typed["ends"])
    except PeopleRefused as refused:
        form.add_error(None, words.said(refused))
        return False
    return True


def _new(typed: dict[str, Any]) -> NewOrganisation:
    return NewOrganisation(
        name=typed["name"],
        kind=typed["kind"],
        jurisdiction=typed["jurisdiction"],
        roles=tuple(typed["roles"]),
        agreement_from=typed["begins"],
        agreement_until=typed["ends"],
        is_enforcement=typed["kind"] == ENFORCES,
        combination=typed["combination"],
    )


def _house(request: WorkRequest, ref: UUID) -> Organisation:
    for found in queries.organisations(request.work):
        if found.organisation == ref:
            return found
    raise Http404


def _require_registrar(request: WorkRequest) -> None:
    if REGISTRARS.isdisjoint(request.work.actor.roles):
        raise Http404
