"""The day page of each area, and its page for one case: all of it within what is open."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from opennrm.lifecycle.calendars import local_day
from opennrm.records import queries
from opennrm.records.queries.area_cases import DueInArea
from opennrm.records.reference import reference
from opennrm.web import acts, words
from opennrm.web.areas import AREAS
from opennrm.web.areas.area import Area
from opennrm.web.case import due_line
from opennrm.web.open_case import open_case
from opennrm.web.work import WorkRequest

# What is due at an hour, and not by the end of a day.
BY_THE_CLOCK = frozenset({"T15D", "T15N", "T15S", "T18"})


@require_GET
def day(request: WorkRequest, area: str) -> HttpResponse:
    """Show what is due in an area day by day, and its cases."""
    found = _area(area)
    if not found.is_for(request.work.actor):
        raise Http404
    typed = request.GET.get("page", "1")
    page = int(typed) if typed.isdecimal() and 0 < int(typed) < 10_000 else 1
    listed = queries.area_cases(request.work, found.kinds, page=page)
    today = local_day(request.work.actor.jurisdiction, request.at)
    shown = {
        "area": found,
        "days": _days(queries.due_in_area(request.work, found.timers), request),
        "rows": [
            (one.case_ref, reference(one.case_ref), _cells(found, found.cells(one, today)))
            for one in listed.cases
        ],
        "listed": listed,
    }
    return render(request, "area_day.html", shown)


@require_http_methods(["GET", "POST"])
def of_case(request: WorkRequest, case_ref: UUID, area: str) -> HttpResponse:
    """Show one case as an area sees it; a POST opens what was written, and is logged."""
    found = _area(area)
    case = open_case(request.work, case_ref, at=request.at)
    if not found.is_open(case):
        raise Http404
    was_opened = request.method == "POST"
    if was_opened:
        case = open_case(request.work, case_ref, at=request.at, opened=case.compartments)
    shown = {
        "area": found,
        "case": case,
        "was_opened": was_opened,
        "due": [due_line(one, case) for one in case.page.due if one.kind in found.timers],
        "due_later": [],
        "sections": list(found.sections(case)),
        "acts": [
            act for act in acts.ACTS.values() if act.group == found.group and acts.fits(act, case)
        ],
        **found.beside(case),
    }
    return render(request, "area_case.html", shown)


def _area(slug: str) -> Area:
    if slug not in AREAS:
        raise Http404
    return AREAS[slug]


def _cells(area: Area, cells: tuple[str, ...]) -> list[tuple[str, str]]:
    titles = (str(title) for title in area.columns)
    return list(zip(titles, (cell or gettext("Nothing") for cell in cells), strict=True))


def _days(due: tuple[DueInArea, ...], request: WorkRequest) -> list[tuple[str, list[Any]]]:
    """Group what is due under its day; the end of a day is its last moment."""
    days: dict[str, list[Any]] = {}
    for one in due:
        line = {
            "what": words.timer(one.kind),
            "clock": words.clock(one.due_at) if one.kind in BY_THE_CLOCK else "",
            "case_ref": one.case_ref,
            "reference": one.reference,
            "is_late": one.due_at < request.at,
        }
        days.setdefault(words.last_day(one.due_at), []).append(line)
    return list(days.items())
