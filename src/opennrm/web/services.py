"""The page of services: whom each takes, which groups have nowhere to go."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from opennrm.casework.services_taken import Gap, ServiceTaken, gaps
from opennrm.coordination.permissions import Area, May, may
from opennrm.lifecycle.calendars import local_day
from opennrm.records import queries
from opennrm.records.queries.services import services_here, stated_combinations
from opennrm.web import words
from opennrm.web.work import WorkRequest


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """Show whom the services of the viewer's place take, and what is missing."""
    found = services_here(request.work)
    names = {one.organisation: one.name for one in queries.organisations(request.work)}
    today = local_day(request.work.actor.jurisdiction, request.at)
    missing = gaps(found, on=today)
    shown = {
        "services": [_row(one, names.get(one.organisation, ""), missing) for one in found],
        "combinations": stated_combinations(request.work),
        "reads_directory": may(request.work.actor, Area.DIRECTORY, May.READ),
    }
    return render(request, "services.html", shown)


def _row(one: ServiceTaken, name: str, missing: tuple[Gap, ...]) -> dict[str, Any]:
    left_out = (*sorted(one.leaves_out_forms), *sorted(one.leaves_out_sexes))
    return {
        "organisation": name,
        "service": words.label(one.service, "service_kind"),
        "left_out": [words.any_label(code) for code in left_out] or [gettext("Nobody")],
        "warnings": [gap.finding for gap in missing if gap.of == one],
    }
