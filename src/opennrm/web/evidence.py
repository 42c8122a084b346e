"""The file for a decision: who said what, the signs by element, the time limits, the decisions."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.casework.reading_order import in_reading_order
from opennrm.indicators.catalogue import Indicator, indicators
from opennrm.indicators.elements import Element, by_element
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.facts import Fact
from opennrm.records import queries
from opennrm.records.queries.casepage import Due, TimelineEntry
from opennrm.web import decision_letter, held, telling, words
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.work import WorkRequest

LIMITS = frozenset({"T05", "T06", "T06W", "T06P", "T06H", "T09", "T10", "T20", "T20E", "T22"})
HOW_KNOWN = {"told": _("told"), "seen": _("seen")}
NONE_NEEDED = _("Not needed: the person is, or may be, a child.")


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Show the file to who decides or reads second; a POST opens what was written."""
    case = open_case(request.work, case_ref, at=request.at)
    if not case.reads_file:
        raise Http404
    if request.method == "POST":
        case = open_case(request.work, case_ref, at=request.at, opened=case.compartments)
    return render(request, "evidence.html", prepared(case, was_opened=request.method == "POST"))


def prepared(case: OpenCase, *, was_opened: bool = False) -> dict[str, Any]:
    """Prepare what the page shows, out of what is open to the viewer."""
    return {
        "case": case,
        "was_opened": was_opened,
        "limits": [_limit(one, case) for one in case.page.due if one.kind in LIMITS],
        "held": held.shown(case),
        "sources": sources(case),
        "elements": elements(case),
        "decisions": decision_letter.letters(case),
    }


def sources(case: OpenCase) -> list[dict[str, Any]]:
    """List what was said about her under who said it, those who stand by her first (R14)."""
    houses = {one.organisation: one for one in queries.organisations(case.viewer)}
    kinds = {ref: house.kind for ref, house in houses.items()}
    newest = {case.case.roots[entry.fact.fact_ref]: entry for entry in _oldest_first(case)}
    found: dict[UUID, dict[str, Any]] = {}
    for fact in in_reading_order(case.case.standing, kinds):
        house = houses.get(fact.organisation)
        source = found.setdefault(
            fact.organisation,
            {
                "name": house.name if house else "",
                "kind": words.label(house.kind, "organisation_kind") if house else "",
                "entries": [],
            },
        )
        source["entries"].append(_entry(fact, newest[case.case.roots[fact.fact_ref]], case))
    return list(found.values())


def elements(case: OpenCase) -> list[dict[str, Any]]:
    """List act, means and purpose with the signs that speak of each; a child needs no means."""
    signs = signs_known(case)
    sorted_out = by_element(indicators()[one] for one in signs)
    account = case.case.of_kind("account_noted")
    beside = {
        Element.MEANS: {code for fact in account for code in fact.texts("means")},
        Element.PURPOSE: set(case.case.forms),
        Element.ACT: set[str](),
    }
    return [
        {
            "label": gettext(element.label),
            "note": _note(case, element),
            "signs": [_sign(sign, signs[sign.id]) for sign in sorted_out[element]],
            "codes": sorted(words.any_label(code) for code in beside[element]),
        }
        for element in Element
    ]


def signs_known(case: OpenCase) -> Mapping[str, frozenset[str]]:
    """Return each sign that was seen or told in any screening, and in which of the two ways."""
    known: dict[str, set[str]] = {}
    for fact in case.case.of_kind("screening_recorded"):
        for how in HOW_KNOWN:
            for sign in fact.texts(how):
                known.setdefault(sign, set()).add(how)
    return {sign: frozenset(hows) for sign, hows in known.items() if sign in indicators()}


def _oldest_first(case: OpenCase) -> Iterable[TimelineEntry]:
    return sorted(case.page.timeline, key=lambda entry: entry.fact.position)


def _note(case: OpenCase, element: Element) -> str:
    if element is Element.MEANS and case.case.is_child:
        return str(NONE_NEEDED)
    acts = case.case.of_kind("screening_recorded")
    if element is Element.ACT and any(fact.flag("act_noted") for fact in acts):
        return gettext("The screening notes that others recruited, moved or housed the person.")
    return ""


def _sign(sign: Indicator, hows: frozenset[str]) -> dict[str, Any]:
    said = (str(text) for how, text in HOW_KNOWN.items() if how in hows)
    return {"text": gettext(sign.text), "how": ", ".join(said)}


def _entry(fact: Fact, entry: TimelineEntry, case: OpenCase) -> dict[str, Any]:
    return {
        "title": words.kind(fact.kind),
        "at": fact.at,
        "said": telling.said(fact.kind, fact.open, case.names),
        "told": telling.opened(entry.told),
        "is_sealed": entry.fact.has_sealed and entry.told is None and not entry.is_damaged,
    }


def _limit(due: Due, case: OpenCase) -> dict[str, Any]:
    last = local_day(
        case.case.jurisdiction or case.viewer.actor.jurisdiction,
        due.due_at - timedelta(microseconds=1),
    )
    left = (last - case.today).days
    late = ngettext("%(num)s day late", "%(num)s days late", -left) % {"num": -left}
    ahead = ngettext("%(num)s day left", "%(num)s days left", left) % {"num": left}
    return {
        "what": words.timer(due.kind),
        "at": due.due_at,
        "left": late if left < 0 else ahead if left else gettext("today"),
        "is_late": left < 0,
        "who": due.organisation_name,
    }
