"""The page of help that fits: what a person needs, and every service with reasons for and against.

What is typed here is kept nowhere; the page knows no name and shows no address.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.casework.matching import Aspect, Listed, Match, Reason, Speaks, Wanted, matches
from opennrm.casework.permissions import allows
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.directory import areas, listed_services
from opennrm.coordination.permissions import Area, May, may
from opennrm.lifecycle import told
from opennrm.records.queries.places import places_taken
from opennrm.vocabulary.languages import language_name
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Place
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.work import WorkRequest

LISTS = {
    Aspect.GROUP: "group_taken",
    Aspect.FORM: "exploitation_form",
    Aspect.ACCESS: "access_need",
    Aspect.HOURS: "opening",
    Aspect.STANDARDS: "check_result",
}
SAYS: dict[tuple[Aspect, Speaks], Any] = {
    (Aspect.GROUP, Speaks.FOR): _("Takes: %(about)s"),
    (Aspect.GROUP, Speaks.AGAINST): _("Does not say that it takes: %(about)s"),
    (Aspect.GROUP, Speaks.NOT_KNOWN): _("Does not say whom it takes"),
    (Aspect.FORM, Speaks.FOR): _("Leaves out no form of exploitation that was told: %(about)s"),
    (Aspect.FORM, Speaks.AGAINST): _("Leaves out: %(about)s. Help is for every form (R04)"),
    (Aspect.LANGUAGE, Speaks.FOR): _("Speaks: %(about)s"),
    (Aspect.LANGUAGE, Speaks.AGAINST): _("An interpreter is needed for: %(about)s"),
    (Aspect.LANGUAGE, Speaks.NOT_KNOWN): _("Does not say which languages it speaks"),
    (Aspect.AREA, Speaks.FOR): _("Works in: %(about)s"),
    (Aspect.AREA, Speaks.AGAINST): _("Does not work in: %(about)s"),
    (Aspect.AREA, Speaks.NOT_KNOWN): _("Does not say where it works"),
    (Aspect.ACCESS, Speaks.FOR): _("Accessible: %(about)s"),
    (Aspect.ACCESS, Speaks.AGAINST): _("Does not say that it is accessible: %(about)s"),
    (Aspect.ACCESS, Speaks.NOT_KNOWN): _("Does not say how accessible it is"),
    (Aspect.HOURS, Speaks.FOR): _("Open at night"),
    (Aspect.HOURS, Speaks.AGAINST): _("Not open at night"),
    (Aspect.HOURS, Speaks.NOT_KNOWN): _("Does not say when it is open"),
    (Aspect.PLACES, Speaks.FOR): _("Free: %(free)s of %(places)s"),
    (Aspect.PLACES, Speaks.AGAINST): _("No place free; waiting: %(waiting)s"),
    (Aspect.PLACES, Speaks.NOT_KNOWN): _("Does not say how many places are free"),
    (Aspect.STANDARDS, Speaks.FOR): _("Standards: %(about)s, checked on %(day)s"),
    (Aspect.STANDARDS, Speaks.AGAINST): _("Standards: %(about)s, checked on %(day)s"),
    (Aspect.STANDARDS, Speaks.NOT_KNOWN): _("No check of its standards that still counts"),
    (Aspect.AGREEMENT, Speaks.FOR): _("Its agreement is in force"),
    (Aspect.AGREEMENT, Speaks.AGAINST): _("No agreement is in force, so it can receive no case"),
    (Aspect.AGREEMENT, Speaks.NOT_KNOWN): _("Has no account here"),
}
# The role in which a service usually takes part, so that consent begins with it.
USUAL_ROLE = {
    "shelter": "SH",
    "semi_independent_housing": "SH",
    "emergency_medical": "HC",
    "medical": "HC",
    "dental": "HC",
    "mental_health": "HC",
    "counselling": "HC",
    "legal_aid": "LA",
    "witness_support": "VW",
    "reintegration_grant": "RE",
}


class NeedForm(forms.Form):
    """What a person needs; whatever is left open decides nothing."""

    service = ask.one_from(_("Which help?"), ask.listed("service_kind"))
    groups = ask.several(
        _("Who comes?"),
        ask.listed("group_taken"),
        hint=_("All that is true, such as a man with a child."),
    )
    language = ask.language(_("Which language?"))
    area = ask.one_from(_("Where?"), (), required=False)
    access = ask.several(_("What must it be accessible for?"), ask.listed("access_need"))
    forms = ask.several(_("Form of exploitation, if told"), ask.listed("exploitation_form"))
    at_night = ask.yes(_("It must be open at night"))

    def wanted(self) -> Wanted:
        """Return what was said as a need."""
        typed = self.cleaned_data
        return Wanted(
            service=typed["service"],
            groups=frozenset(typed["groups"]),
            forms=frozenset(typed["forms"]),
            languages=frozenset({typed["language"]} - {""}),
            area=typed["area"],
            access=frozenset(typed["access"]),
            at_night=typed["at_night"],
        )


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Show what fits, to who may offer help or take consent for it.

    :raises Http404: when the case, or the directory, is not open to the viewer.
    """
    case = open_case(request.work, case_ref, at=request.at)
    if not may_match(case):
        raise Http404
    form = _form(request, case)
    shown: dict[str, Any] = {"case": case, "form": form, "found": None}
    if request.method == "POST" and form.is_valid():
        found = _found(form.wanted(), request, case)
        shown["found"] = [_shown(one, case, request) for one in found]
    return render(request, "matched.html", shown, status=422 if form.errors else 200)


def may_match(case: OpenCase) -> bool:
    """Tell whether the viewer looks for help on this case: she reads it, and the directory."""
    actor = case.viewer.actor
    offers = any(allows(act, actor=actor, at=case.at) for act in ("offer_service", "take_consent"))
    return bool(case.compartments) and offers and may(actor, Area.DIRECTORY, May.READ)


def known_need(case: OpenCase, service: str) -> Wanted:
    """Return what the open parts of a case already say of a need."""
    language = told.last(case.case.standing, "language")
    return Wanted(
        service=service,
        forms=frozenset(case.case.forms),
        languages=frozenset({language} if language else ()),
    )


def services_of_house(place: Place, house: UUID) -> list[Match]:
    """Return the services that a house lists, weighed against what the case already says."""
    if not may(place.viewer.actor, Area.DIRECTORY, May.READ):
        return []
    taken = places_taken(place.viewer)
    with at_coordination(place.viewer):
        listed = list(listed_services(taken, on=place.today, house=house))
    return [
        match
        for one in listed
        for match in matches(known_need(place.case, one.service), [one], on=place.today)
    ]


def summary(match: Match) -> str:
    """Say a service in a line: which help, for whom, how many places are free."""
    listed = match.listed
    parts = [words.label(listed.service, "service_kind")]
    parts += [words.label(code, "group_taken") for code in sorted(listed.groups)]
    parts += [said(one, listed) for one in match.reasons if one.aspect is Aspect.PLACES]
    return ", ".join(parts)


def grouped(match: Match) -> list[tuple[Any, list[str]]]:
    """Say the reasons of a match under what they speak for."""
    titles = (
        (Speaks.FOR, _("For it")),
        (Speaks.AGAINST, _("Against it")),
        (Speaks.NOT_KNOWN, _("Not known; ask them")),
    )
    every = [
        (title, [said(one, match.listed) for one in match.speaking(speaks)])
        for speaks, title in titles
    ]
    return [(title, lines) for title, lines in every if lines]


def said(reason: Reason, listed: Listed) -> str:
    """Say one reason in words."""
    parts = {
        "about": ", ".join(_about(reason)),
        "free": listed.free,
        "places": listed.places,
        "waiting": listed.waiting,
        "day": words.day(listed.checked_on),
    }
    return str(SAYS[reason.aspect, reason.speaks]) % parts


def _about(reason: Reason) -> Iterator[str]:
    for code in reason.about:
        if reason.aspect is Aspect.LANGUAGE:
            yield language_name(code, get_language() or "en")
        else:
            yield words.label(code, LISTS[reason.aspect]) if reason.aspect in LISTS else code


def _form(request: WorkRequest, case: OpenCase) -> NeedForm:
    known = known_need(case, "shelter")
    initial = {
        "service": known.service,
        "forms": sorted(known.forms),
        "language": next(iter(known.languages), ""),
    }
    sent = request.POST if request.method == "POST" else None
    form = NeedForm(sent, initial=initial, auto_id="op-%s")
    with at_coordination(request.work):
        chosen: Any = form.fields["area"]
        chosen.choices = [("", ""), *((one, one) for one in areas())]
    return form


def _found(wanted: Wanted, request: WorkRequest, case: OpenCase) -> tuple[Match, ...]:
    taken = places_taken(request.work)
    with at_coordination(request.work):
        listed = list(listed_services(taken, on=case.today, service=wanted.service))
    return matches(wanted, listed, on=case.today)


def _shown(match: Match, case: OpenCase, request: WorkRequest) -> dict[str, Any]:
    listed = match.listed
    return {
        "name": listed.name,
        "line": words.label(listed.service, "service_kind"),
        "reasons": grouped(match),
        "ways": list(_ways(listed, case, request)),
    }


def _ways(listed: Listed, case: OpenCase, request: WorkRequest) -> Iterator[tuple[str, str]]:
    """Yield the next steps with a service: offer on a consent that stands, or take consent."""
    if listed.organisation is None:
        return
    at = {"case_ref": case.case.case_ref}
    consents = [
        one for one in case.live_consents if one.reference("recipient") == listed.organisation
    ]
    if allows("offer_service", actor=request.work.actor, at=request.at):
        for one in consents:
            query = urlencode({"basis": str(one.fact_ref)})
            yield (
                gettext("Offer it on her consent"),
                f"{reverse('offer_service', kwargs=at)}?{query}",
            )
    if allows("take_consent", actor=request.work.actor, at=request.at) and not consents:
        role = USUAL_ROLE.get(listed.service)
        query = "?" + urlencode({"recipient": f"{listed.organisation}:{role}"}) if role else ""
        yield gettext("Take her consent for it"), f"{reverse('take_consent', kwargs=at)}{query}"
