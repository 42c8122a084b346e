"""The page a case manager opens beside the person: what is written about her, in plain words."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from opennrm.casework.access_log import may_read_log, received
from opennrm.casework.permissions import readable
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.proceedings import hearings
from opennrm.records.queries.looked import who_looked
from opennrm.records.sessions import reading
from opennrm.vocabulary.roles import Role
from opennrm.web import consent, people, sharing, words
from opennrm.web.forms.act import Place
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.work import WorkRequest

BESIDE_HER = (Role.CM, Role.GU)
# Where she is, and who sleeps where, is on no page that she reads: somebody may look over.
PLACES = frozenset({"D3", "D3S"})


@require_GET
def page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Show her page in a language of the pages, without a name, a place or a word of others.

    :raises Http404: when the viewer does not keep her consents as her case manager or guardian.
    """
    asked = request.GET.get("in", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    with reading(request.work.token), translation.override(language):
        case = open_case(request.work, case_ref, at=request.at)
        if not is_open(case):
            raise Http404
        return render(request, "beside_her.html", _prepared(case, asked))


def is_open(case: OpenCase) -> bool:
    """Tell whether the viewer may open her page: a child's only her guardian."""
    wanted = (Role.GU,) if case.case.is_child else BESIDE_HER
    keeps = "D10" in case.compartments and may_read_log(case.case, case.compartments)
    return keeps and case.viewer.actor.holds_any(wanted)


def is_safe_now(case: OpenCase) -> bool:
    """Tell whether the dangers were assessed, and are not yet to be looked at again."""
    assessed = case.case.newest("risk_assessed")
    review = day(assessed, "review_on") if assessed else None
    return review is not None and review >= case.today


def _prepared(case: OpenCase, asked: str) -> dict[str, Any]:
    shown = {"case": case, "asked": asked, "is_safe_now": is_safe_now(case)}
    if not shown["is_safe_now"]:
        return shown
    return {
        **shown,
        "written": list(_written(case)),
        "saw": list(dict.fromkeys(_saw(case))),
        "goals": _goals(case.case.newest("plan_agreed")),
        "days": sorted(_days(case)),
        "consents": [_consent(one, case) for one in case.standing_consents],
    }


def _written(case: OpenCase) -> Iterator[tuple[str, list[str]]]:
    """Say in kinds what is written in each part that she may read."""
    hers = readable(Role.PERSON) - PLACES
    parts: dict[str, dict[str, None]] = {}
    for fact in case.case.standing:
        if fact.compartment.rstrip("S") in hers:
            kinds = parts.setdefault(fact.compartment.rstrip("S"), {})
            kinds[words.kind(fact.kind)] = None
    for part, kinds in sorted(parts.items(), key=lambda pair: int(pair[0][1:])):
        yield people.part_name(part), list(kinds)


def _saw(case: OpenCase) -> Iterator[tuple[str, str]]:
    """Name who opened or was sent something: organisation and role, of a house its role only."""
    looked = [(one.organisation, one.role) for one in who_looked(case.viewer, case.case.case_ref)]
    sent = [(one.organisation, one.role) for one in received(case.case)]
    for house, role in (*looked, *sent):
        name = "" if role == Role.SH or not role else case.organisation_name(house)
        yield name, people.role_name(role) if role else gettext("Role not known any more")


def _goals(plan: Fact | None) -> list[str]:
    return [words.label(code, "need_domain") for code in plan.texts("goals")] if plan else []


def _days(case: OpenCase) -> Iterator[tuple[date, str]]:
    """Say what comes on which day: the plan again, a consent asked again, a day in court."""
    plan = case.case.newest("plan_agreed")
    again = day(plan, "review_on") if plan else None
    if again and again >= case.today:
        yield again, gettext("We look at your plan again")
    for one in case.live_consents:
        recheck = day(one, "recheck_on")
        if recheck and recheck >= case.today:
            yield recheck, gettext("We ask you again whether you still agree")
    for hearing in hearings(case.case):
        if hearing.is_ahead(case.today):
            yield hearing.on, gettext("Day in court")


def _consent(fact: Fact, case: OpenCase) -> dict[str, Any]:
    asked, ref = {"consent": str(fact.fact_ref)}, case.case.case_ref
    place = Place(viewer=case.viewer, at=case.at, case_ref=ref, case=case, asked=asked)
    stops = consent.what_stops(place)
    is_house = fact.text("recipient_role") == Role.SH
    purpose = sharing.purpose_words(fact.text("purpose") or "")
    return {
        "ref": fact.fact_ref,
        "line": people.role_name(Role.SH) if is_house else stops["consent"],
        "purpose": purpose if is_house else "",
        "parts": stops["items"],
        "going": stops["going"],
        "keeps": stops["keeps"],
    }
