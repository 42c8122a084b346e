"""The case page: where things stand, what is due, what can be done, who is there, what was."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.casework.access_log import may_read_log
from opennrm.casework.files import files_of
from opennrm.lifecycle import child_file
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.projections import DECIDING
from opennrm.records.queries import Holding
from opennrm.records.queries.casepage import Due, Offer
from opennrm.records.sessions import reading
from opennrm.vocabulary.scopes import CASE_SCOPES, Scope
from opennrm.web import (
    acts,
    beside_her,
    child,
    court_package,
    handing,
    held,
    justice_panel,
    matched,
    next_step,
    own_door,
    people,
    safety_sheet,
    same_person,
    telling,
    warned,
    words,
)
from opennrm.web.areas import AREAS, young
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.timeline import Timeline
from opennrm.web.work import WorkRequest

IDENTITY = ("D2", "D2S", "D3", "D3S")
EVERY_PART = tuple(f"{scope.value}{ending}" for scope in Scope for ending in ("", "S"))
IDENTITY_KINDS = ("person_described", "safe_contact_noted")
TRACKS = (
    ("identification", _("Identification"), "identification_status", ("D4", "D4S", "D14", "D14S")),
    ("assistance", _("Help"), "assistance_status", ("D9", "D9S")),
    ("criminal", _("Criminal proceedings"), "criminal_track", ("D6", "D6S")),
    ("residence", _("Residence"), "residence_track", ("D7", "D7S")),
)
LETTER_GIVEN = "decision_letter_given"
FIRST_DUE = 3
SOON = timedelta(days=60)
ASK_AGAIN = frozenset({"T03W", "T20E"})
NOTHING_YET = {"none": _("Nothing recorded yet"), "not_recorded": _("Nothing recorded yet")}


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Show the case; a POST asks to open sealed parts, and the reading is logged."""
    asked = request.POST.get("open", "")
    opened = {"identity": IDENTITY, "all": EVERY_PART}.get(asked, ())
    with reading(request.work.token):
        case = open_case(request.work, case_ref, at=request.at, opened=opened)
        answers = same_person.standing_for(case)
    timeline = Timeline(case, part=request.GET.get("part", ""), by=request.GET.get("by", ""))
    happened = timeline.shown(request.GET.get("page", ""))
    shown = {**prepared(case, asked=asked), **happened, "same_person": answers}
    return render(request, "case.html", shown)


def prepared(case: OpenCase, *, asked: str = "") -> dict[str, Any]:
    """Prepare what the page shows beside what happened."""
    due = [due_line(entry, case) for entry in case.page.due if _is_shown(entry, case)]
    near = max(1, len([one for one in due if one["at"] < case.at + SOON]))
    shown_due = min(near, FIRST_DUE)
    suggested = next_step.suggested(case)
    return {
        "case": case,
        "asked": asked,
        "handing": handing.shown(case),
        "identity": _identity(case) if asked else [],
        "has_identity": bool(case.compartments.intersection(IDENTITY)),
        "has_sheet": case.case.newest(safety_sheet.KIND) is not None,
        "tracks": _tracks(case),
        "offers": [_offer(offer, case) for offer in case.page.offers],
        "held": held.shown(case),
        "rights": warned.shown(case),
        "due": due[:shown_due],
        "due_later": due[shown_due:],
        "advice": _advice(case),
        "court": justice_panel.panel(case),
        "possible": acts.possible(case),
        "may_match": matched.may_match(case),
        "suggested": suggested,
        "unfolded": {"answer"} if suggested else acts.first(case),
        "marks": _marks(case),
        "holdings": _holdings(case.page.holdings),
        "orders": court_package.waiting(case),
        "files": len(files_of(case.case)),
        "areas": [one for one in AREAS.values() if one.is_open(case)],
        "missing": young.one_tap(case),
        "guardians": [_guardian(fact, case) for fact in child_file.guardians(case.case)],
        "may_read_file": case.reads_file,
        "letter": _letter_to_give(case),
        "may_read_log": may_read_log(case.case, case.compartments),
        "may_sit_beside": beside_her.is_open(case),
        "keeps_her_page": own_door.is_open(case),
    }


def _identity(case: OpenCase) -> list[tuple[str, str]]:
    newest: dict[str, str] = {}
    for entry in case.page.timeline:
        if entry.fact.kind in IDENTITY_KINDS and not entry.is_replaced:
            for name, told in telling.opened(entry.told):
                newest.setdefault(name, told)
    return list(newest.items())


def _marks(case: OpenCase) -> list[tuple[str, str]]:
    """Return what must be seen first: danger, a child, a closed case."""
    marks: list[tuple[str, str]] = []
    if case.case.danger in ("high", "imminent"):
        level = words.label(case.case.danger, "risk_level")
        marks.append((gettext("Danger: %(level)s") % {"level": level}, "govuk-tag--red"))
    marks += child.marks(case)
    if case.case.is_closed:
        marks.append((gettext("Closed"), "govuk-tag--grey"))
    return marks


def _tracks(case: OpenCase) -> list[tuple[Any, Any]]:
    shown: list[tuple[Any, Any]] = []
    for name, title, codes, parts in TRACKS:
        state = getattr(case.case, name)
        if not case.compartments.intersection(parts):
            shown.append((title, gettext("Not open to you")))
        elif name == "identification" and _is_decided_elsewhere(case):
            shown.append((title, gettext("Decided, or waiting; not open to you")))
        else:
            shown.append((title, NOTHING_YET.get(state) or words.label(state, codes)))
    return shown


def _is_decided_elsewhere(case: OpenCase) -> bool:
    """Tell whether others hold decisions that the viewer cannot see; what she sees may be old."""
    waits = case.case.identification in DECIDING
    return "D14" not in case.compartments and (waits or "D14" in case.held)


def _offer(offer: Offer, case: OpenCase) -> dict[str, Any]:
    is_service = offer.kind == "service_offered"
    return {
        "act": "answer_offer" if is_service else "acknowledge_referral",
        "asked": "offer" if is_service else "referral",
        "ref": offer.offer_fact,
        "role": people.role_name(offer.role),
        "urgency": words.any_label(offer.urgency) if offer.urgency else "",
        "majority": words.label(offer.majority or "", "majority"),
        "services": [words.label(code, "service_kind") for code in offer.services],
        "until": offer.answer_by,
        "is_over": offer.answer_by < case.at,
        "sender": offer.from_organisation,
    }


def _is_shown(entry: Due, case: OpenCase) -> bool:
    """Tell whether an entry is shown now: to ask again is not due before the first was late."""
    return entry.kind not in ASK_AGAIN or entry.due_at <= case.at


def due_line(entry: Due, case: OpenCase) -> dict[str, Any]:
    """Say what is due, until when, at whose, and which act answers it."""
    act = next_step.answering(entry.kind, case)
    return {
        "what": words.timer(entry.kind),
        "act": act.name if act else "",
        "at": entry.due_at,
        "is_late": entry.due_at < case.at,
        "who": entry.organisation_name,
    }


def _letter_to_give(case: OpenCase) -> UUID | None:
    """Return the newest decision whose letter nobody gave yet, to who reads the whole file."""
    newest = case.decisions[-1:] if case.reads_file else ()
    given = [one for one in newest if case.case.naming("decision", one.fact_ref, LETTER_GIVEN)]
    return newest[0].fact_ref if newest and not given else None


def _advice(case: OpenCase) -> dict[str, Any] | None:
    fact = case.case.newest("screening_recorded")
    if fact is None:
        return None
    return {
        "says": words.any_label(fact.text("advice") or ""),
        "dimensions": [words.any_label(code) for code in fact.texts("positive_dimensions")],
        "at": fact.at,
    }


def _guardian(fact: Fact, case: OpenCase) -> tuple[str, str]:
    """Say who stands by a child, to those to whom the child's file is open."""
    said = telling.said(fact.kind, fact.open, case.names)
    return words.kind(fact.kind), "; ".join(value for _name, value in said)


def _holdings(holdings: Iterable[Holding]) -> list[dict[str, Any]]:
    """Say once for each organisation, role and person what they may see, and until when."""
    groups: dict[tuple[str, str, str | None, str], list[Holding]] = {}
    for each in holdings:
        key = (each.organisation_name, each.role, each.person, each.state)
        groups.setdefault(key, []).append(each)
    return [_group(*key, members) for key, members in groups.items()]


def _group(
    name: str, role: str, person: str | None, state: str, members: list[Holding]
) -> dict[str, Any]:
    held = {code for each in members for code in each.compartments}
    return {
        "name": name,
        "role": people.role_name(role),
        "person": person,
        "parts": _in_order(held),
        "is_offered": state == "offered",
        "is_kept": state == "kept",
        "until": max(each.until for each in members),
    }


def _in_order(codes: set[str]) -> list[str]:
    """Name parts in the order of the data classes; a summary only where it stands alone."""
    named = []
    for scope in (*CASE_SCOPES, Scope.SHEET):
        whole, summary = scope.value, f"{scope.value}S"
        if whole in codes or summary in codes:
            named.append(people.part_name(whole if whole in codes else summary))
    return named
