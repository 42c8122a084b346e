"""What everybody may read of the co-ordination: published plans and the directory of help."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from opennrm.coordination.directory import AreaHelp, area_code, areas, by_area, help_by_area
from opennrm.coordination.models import Publication
from opennrm.coordination.organisations import gaps
from opennrm.coordination.permissions import Area, May, may
from opennrm.coordination.plan_picture import Step
from opennrm.coordination.publishing import (
    DIRECTORY,
    PLAN,
    publication,
    publish_directory,
    published,
)
from opennrm.records.queries.gaps import Unmet, unmet_needs
from opennrm.statistics.suppression import Rule
from opennrm.vocabulary.languages import language_name
from opennrm.web import words
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.plan_views import bar, days_of, light
from opennrm.web.coordination.tiles import Tile, in_rows
from opennrm.web.work import WorkRequest, open_to_all


@open_to_all
@require_GET
def plans(request: Any) -> HttpResponse:
    """List the plans that were published."""
    return render(request, "coordination/public_plans.html", {"plans": published(PLAN)})


@open_to_all
@require_GET
def plan(request: Any, ref: UUID) -> HttpResponse:
    """Show a plan as it was published last.

    :raises Http404: when none was.
    """
    found = publication(PLAN, ref)
    if found is None:
        raise Http404
    shown = {"found": found, "plan": found.content, "aims": _aims(found)}
    return render(request, "coordination/public_plan.html", shown)


@open_to_all
@require_GET
def help_near(request: Any) -> HttpResponse:
    """Show who helps where, as it was published last; no address of a safe place is in it."""
    found = published(DIRECTORY)
    given = found[0].content["providers"] if found else []
    placed = by_area((each["service"], each["areas"]) for one in given for each in one["services"])
    shown = {
        "providers": [_provider(one) for one in given],
        "at": found[0].at if found else None,
        "map": _map(gettext("Services published here, by area"), placed),
    }
    return render(request, "coordination/public_directory.html", shown)


@require_http_methods(["GET", "POST"])
@within(Area.DIRECTORY)
def missing(request: WorkRequest) -> HttpResponse:
    """Show what is missing in the directory; who writes it can publish it from here."""
    may_publish = may(request.work.actor, Area.DIRECTORY, May.WRITE)
    if request.method == "POST":
        if not may_publish:
            raise Http404
        publish_directory(at=request.at, why=gettext("Published"))
        messages.success(request, gettext("Everybody can read the directory now."))
        return HttpResponseRedirect(reverse("public_directory"))
    found: dict[str, list[str]] = {}
    for gap in gaps():
        groups = found.setdefault(words.label(gap.service, "service_kind"), [])
        if gap.group:
            groups.append(words.label(gap.group, "group_taken"))
    shown = {
        "gaps": sorted(found.items()),
        "map": _map(gettext("What is missing, by area"), help_by_area(), with_gaps=True),
        "unmet": [unmet_line(one, areas()) for one in unmet_needs(request.work)],
        "least": Rule().threshold,
        "may_publish": may_publish,
    }
    return render(request, "coordination/gaps.html", shown)


def _map(title: str, placed: list[AreaHelp], *, with_gaps: bool = False) -> dict[str, Any]:
    """Draw services by area; what is missing is marked only where every service is known."""
    rows = [
        (
            one.area or gettext("No area named"),
            one.services,
            [words.label(kind, "service_kind") for kind in one.missing] if with_gaps else [],
        )
        for one in placed
    ]
    tiles = [
        Tile(area, f"{services} !" if lacks else str(services), dashed=bool(lacks))
        for area, services, lacks in rows
    ]
    drawn = in_rows(title, tiles)
    return {"title": title, "drawn": drawn, "rows": rows, "with_gaps": with_gaps}


def unmet_line(one: Unmet, known: list[str]) -> tuple[str, int]:
    """Say what was looked for, for whom, where and what was missing, and for how many at least."""
    parts = [words.label(one.service, "service_kind")]
    parts += [words.label(code, "group_taken") for code in one.groups]
    named = {area_code(area): area for area in known}
    parts += [named.get(one.area, one.area)] if one.area else []
    said = {"what": ", ".join(parts), "missing": words.label(one.lacks, "lacking_in")}
    return gettext("%(what)s: %(missing)s") % said, one.people


def _aims(found: Publication) -> list[dict[str, Any]]:
    content = found.content
    first, last, now = (
        date.fromisoformat(content[name]) for name in ("from_on", "until_on", "as_of")
    )
    return [
        {
            "number": aim["number"],
            "text": aim["text"],
            "pillar": words.label(aim["pillar"], "pillar"),
            "steps": [_step(Step(**one), first, last, now) for one in aim["steps"]],
        }
        for aim in content["aims"]
    ]


def _step(step: Step, first: date, last: date, now: date) -> dict[str, Any]:
    return {
        "number": step.number,
        "text": step.text,
        "lead": step.lead,
        "days": days_of(step),
        "light": light(step.light),
        "bar": bar(step, first, last, now),
    }


def _provider(one: dict[str, Any]) -> dict[str, Any]:
    return {
        **one,
        "kind": words.label(one["kind"], "organisation_kind"),
        "told": [(title, text) for title, text in _told(one) if text],
        "services": [
            {
                "name": words.label(each["service"], "service_kind"),
                "groups": [words.label(group, "group_taken") for group in each["groups"]],
                "areas": each["areas"],
            }
            for each in one["services"]
        ],
        "contacts": [
            {**each, "purpose": words.label(each["purpose"], "contact_purpose")}
            for each in one["contacts"]
        ],
    }


def _told(one: dict[str, Any]) -> list[tuple[str, str]]:
    here = get_language() or "en"
    return [
        (gettext("Telephone"), one["phone"]),
        (gettext("Website"), one["website"]),
        (gettext("Languages"), ", ".join(language_name(code, here) for code in one["languages"])),
        (gettext("Open"), one["opening_hours"]),
        (gettext("Accessibility"), one["accessibility"]),
        (gettext("Address"), one["address"]),
        (gettext("Post box"), one["box"]),
    ]


def addresses() -> list[URLPattern]:
    """List the addresses of these pages."""
    return [
        path("public/plans/", plans, name="public_plans"),
        path("public/plans/<uuid:ref>/", plan, name="public_plan"),
        path("public/directory/", help_near, name="public_directory"),
        path("coordination/gaps/", missing, name="directory_gaps"),
    ]
