"""The first page of the co-ordination, and the addresses of all its pages."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from opennrm.coordination.agreements import ending_soon, winding_up
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.due import waiting_for
from opennrm.coordination.permissions import Area, May, areas_of, may
from opennrm.lifecycle.calendars import local_day
from opennrm.web.coordination import (
    agreements,
    analyses,
    assessments,
    awareness,
    commitments,
    conduct,
    job_offers,
    library,
    matrix,
    money,
    newsletters,
    outreach,
    plan,
    plan_files,
    plan_views,
    public,
    register,
    reply_acts,
    reports,
    structures,
    survey_coding,
    survey_reply,
    survey_results,
    surveys,
    training,
    trials,
)
from opennrm.web.coordination.pages import sheet_pages
from opennrm.web.coordination.sheets import Sheet
from opennrm.web.work import WorkRequest

# One line for each part, with its sheets: a new part adds its line and is on the first page.
PARTS: tuple[tuple[Area, object, tuple[Sheet, ...]], ...] = (
    (
        Area.ORGANISATIONS,
        _("Organisations, agreements, directory"),
        (*register.SHEETS, *agreements.SHEETS, *money.SHEETS),
    ),
    (Area.STRUCTURES, _("National structures"), structures.SHEETS),
    (Area.PLAN, _("Action plan"), plan.SHEETS),
    (Area.COMMITMENTS, _("Commitments"), commitments.SHEETS),
    (Area.RECOMMENDATIONS, _("Recommendations"), commitments.RECOMMENDED),
    (Area.SURVEYS, _("Surveys"), surveys.SHEETS),
    (Area.ASSESSMENTS, _("Assessments"), assessments.SHEETS),
    (Area.REPORTS, _("Yearly reports"), reports.SHEETS),
    (Area.TRAINING, _("Training"), training.SHEETS),
    (Area.TRIALS, _("Trials observed"), trials.SHEETS),
    (Area.JOB_OFFERS, _("Offers of work"), job_offers.OFFERED),
    (Area.LABOUR, _("Recruiters and places of work"), job_offers.LABOUR),
    (Area.CAMPAIGNS, _("Campaigns and press"), awareness.SHEETS),
    (Area.LIBRARY, _("Library, events, projects"), (*library.SHEETS, *newsletters.SHEETS)),
    (Area.PREVENTION, _("Prevention and observation"), outreach.PREVENTION),
    (Area.OUTREACH, _("Outreach"), outreach.OUTREACH),
    (Area.SCENES, _("For those who inspect and investigate"), outreach.INSPECTING),
    (Area.FIELD_DESK, _("Field desk"), outreach.FIELD),
    (Area.BUSINESS, _("Business"), outreach.BUSINESS),
    (Area.GUARANTEES, _("For the Rapporteur"), outreach.FEEDS_OWED),
    (Area.ANALYSES, _("Analyses of figures"), analyses.SHEETS),
    (Area.CONDUCT, _("Conduct of international staff"), conduct.SHEETS),
)
SHEET_OF = {sheet.model: sheet for _area, _title, sheets in PARTS for sheet in sheets}
# Pages that belong to no sheet, or to more than one row of it.
BESIDE = (
    plan_files,
    plan_views,
    matrix,
    money,
    public,
    surveys,
    survey_reply,
    reply_acts,
    survey_results,
    training,
    job_offers,
    trials,
    awareness,
    library,
    newsletters,
    conduct,
)


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """Show the parts of the co-ordination that are open to the viewer.

    :raises Http404: when none is.
    """
    areas = areas_of(request.work.actor)
    if not areas:
        raise Http404
    parts = [
        (title, [sheet for sheet in sheets if sheet.is_listed])
        for area, title, sheets in PARTS
        if area in areas
    ]
    today = local_day(request.work.actor.jurisdiction, request.at)
    with at_coordination(request.work):
        shown = {
            "parts": parts,
            "ending": ending_soon(today),
            "winding_up": winding_up(today),
            "waiting": [
                (one, SHEET_OF[type(one.row)].address("one", one.row))
                for one in waiting_for(request.work.actor, on=today)
            ],
            "plans_training": may(request.work.actor, Area.TRAINING, May.WRITE),
            "observes": may(request.work.actor, Area.TRIALS, May.WRITE),
            "keeps_conduct": may(request.work.actor, Area.CONDUCT, May.WRITE),
        }
        return render(request, "coordination/home.html", shown)


def addresses() -> list[URLPattern]:
    """List the addresses of all pages of the co-ordination."""
    sheets = [sheet for _area, _title, each in PARTS for sheet in each]
    return [
        path("coordination/", page, name="coordination"),
        *(one for module in (*BESIDE, survey_coding, reports) for one in module.addresses()),
        *(pattern for sheet in sheets for pattern in sheet_pages(sheet)),
    ]
