"""Yearly reports: their parts, events, figures and comments, the draft and the approved text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import connections
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from opennrm.coordination import feeds
from opennrm.coordination.desk import ChangeRefused
from opennrm.coordination.models import (
    Report,
    ReportComment,
    ReportEvent,
    ReportFigure,
    ReportPart,
)
from opennrm.coordination.permissions import Area
from opennrm.coordination.reports import reporting
from opennrm.coordination.reports.composing import Sources, chapters_of, composed
from opennrm.coordination.reports.document import Document
from opennrm.coordination.reports.html_page import page_of
from opennrm.coordination.reports.paper import paper_of
from opennrm.coordination.reports.word import word_file_of
from opennrm.web import words
from opennrm.web.coordination.assessments import CommentForm, RunForm
from opennrm.web.coordination.columns import column
from opennrm.web.coordination.listing import Column, Listing
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.report_figures import figure_of, release_choices
from opennrm.web.coordination.said import fields_of
from opennrm.web.coordination.sheets import Children, OwnSheet, SheetForm
from opennrm.web.coordination.steps import Step
from opennrm.web.exporting import WORD_FILE, download
from opennrm.web.work import WorkRequest


class OwnReportForm(SheetForm):
    """Offers the reports of one's own organisation that are not approved, and their chapters."""

    def prepare(self) -> None:
        """Narrow the reports, and the chapters to the two models there are."""
        field: Any = self.fields["report"]
        field.queryset = field.queryset.filter(
            organisation_id=self.request.work.actor.organisation, approved_at=None
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a chapter that the model of the report does not have."""
        typed = super().clean()
        report, chapter = typed.get("report"), typed.get("chapter")
        if report and chapter and chapter not in dict(chapters_of(report.model)):
            self.add_error("chapter", _("The model of this report has no such chapter."))
        return typed


class PartForm(OwnReportForm):
    """Asks for a part: by who puts the report together, or by the body that writes it."""

    def prepare(self) -> None:
        """Leave to the body that writes only its text."""
        part = self.instance
        mine = self.request.work.actor.organisation
        is_lead = part._state.adding or part.report.organisation_id == mine
        if is_lead:
            super().prepare()
        else:
            for name in ("report", "house", "chapter", "title", "due_on", "note"):
                self.fields.pop(name, None)


class FigureForm(OwnReportForm):
    """Asks for a figure; only what the rapporteur's desk released can be chosen."""

    def clean(self) -> dict[str, Any]:
        """Refuse a release or a table that was never released."""
        typed = super().clean()
        number, table = typed.get("release"), typed.get("table")
        if number is not None and (number, table) not in release_choices(_ledger()):
            says = _("The rapporteur released no such table. Look at the released figures.")
            self.add_error("release", says)
        return typed


def _ledger() -> Any:
    return connections["statistics"]


def _led(form: Any, request: WorkRequest) -> Any:
    form.instance.lead_id = form.instance.report.organisation_id
    return form.save()


def _lead(row: Any) -> UUID | None:
    return _open_lead(row.report) if row.report_id else None


def _open_lead(report: Report) -> UUID | None:
    """Return whose report it is, nobody's once it is approved: then nothing is changed."""
    return None if report.approved_at else report.organisation_id


class PartSheet(OwnSheet):
    """A part is written by who puts the report together and, until it is sent, by its body."""

    def may_write(self, request: WorkRequest, row: Any) -> bool:
        """Tell whether the part is open to who asks."""
        if row.report_id is None or row.report.approved_at is not None:
            return False
        mine = request.work.actor.organisation
        return row.report.organisation_id == mine or (row.house_id == mine and not row.sent_at)


def _is_approved(row: Any) -> Any:
    return _("Yes") if row.approved_at else _("No")


def _report_more(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    mine = request.work.actor.organisation
    return {
        "is_lead": row.organisation_id == mine,
        "missing": reporting.missing(row) if row.organisation_id == mine else [],
        "today": request.at.date(),
        "findings": feeds.check_report(row, on=request.at.date()),
    }


def _goes_out(row: Any, request: WorkRequest) -> bool:
    return row.approved_at is not None and row.organisation_id == request.work.actor.organisation


def _part_more(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    mine = request.work.actor.organisation
    is_open = row.report.approved_at is None
    return {
        "may_send": is_open and row.house_id == mine and row.sent_at is None,
        "may_return": is_open and row.report.organisation_id == mine and row.sent_at is not None,
    }


PARTS = PartSheet(
    "report-parts",
    Area.REPORTS,
    ReportPart,
    _("Part of a report"),
    Listing(
        "report-parts",
        _("Parts asked for"),
        (
            column("title", _("Heading"), order="title", links=True),
            column("chapter", _("Chapter"), order="chapter"),
            column("house", _("Asked of")),
            column("due_on", _("Due on"), order="due_on"),
            Column("sent", _("Sent"), lambda row: _("Yes") if row.sent_at else _("No")),
        ),
        (),
        ("title", "text"),
        order="due_on",
        empty=_("No part is open to you."),
    ),
    form=PartForm,
    save=_led,
    owner=_lead,
    parent="report",
    more=_part_more,
    template="coordination/report_part.html",
)
EVENTS = OwnSheet(
    "report-events",
    Area.REPORTS,
    ReportEvent,
    _("Event or visit"),
    Listing(
        "report-events",
        _("Events, visits, media"),
        (
            column("on", _("Day"), order="on", links=True),
            column("title", _("Title"), order="title"),
            column("place", _("Place")),
            column("kind", _("Kind")),
            column("participants", _("Participants")),
        ),
        order="on",
        empty=_("None yet."),
    ),
    form=OwnReportForm,
    save=_led,
    owner=_lead,
    parent="report",
    is_listed=False,
)
FIGURES = OwnSheet(
    "report-figures",
    Area.REPORTS,
    ReportFigure,
    _("Figure"),
    Listing(
        "report-figures",
        _("Figures"),
        (
            column("caption", _("Caption"), order="caption", links=True),
            column("chapter", _("Chapter")),
            column("release", _("Number of the release")),
            column("table", _("Table of the release")),
            column("round", _("Survey round")),
            column("question", _("Question")),
        ),
        empty=_("None yet. Only released figures and survey results can stand here."),
    ),
    form=FigureForm,
    save=_led,
    owner=_lead,
    parent="report",
    is_listed=False,
)
COMMENTS = OwnSheet(
    "report-comments",
    Area.REPORTS,
    ReportComment,
    _("Comment on the draft"),
    Listing(
        "report-comments",
        _("Comments on the draft"),
        (
            column("text", _("Comment"), order="text", links=True),
            column("house", _("By")),
            column("part", _("Part")),
        ),
        empty=_("No comment yet."),
    ),
    form=CommentForm,
    owner=lambda row: row.house_id,
    parent="report",
    is_listed=False,
)
REPORTS = OwnSheet(
    "reports",
    Area.REPORTS,
    Report,
    _("Report"),
    Listing(
        "reports",
        _("Yearly reports"),
        (
            column("title", _("Title"), order="title", links=True),
            column("organisation", _("Put together by")),
            column("model", _("Model"), order="model"),
            column("period_from", _("From"), order="period_from"),
            column("due_on", _("To be public by"), order="due_on"),
            Column(
                "approved", _("Approved"), lambda row: _("Yes") if row.approved_at else _("No")
            ),
        ),
        (),
        ("title",),
        order="-period_from",
        intro=_("Built from what bodies send, from events, released figures and surveys."),
        empty=_("No report was begun yet."),
    ),
    form=RunForm,
    owner=_open_lead,
    more=_report_more,
    shown_fields=(*fields_of(Report), "parliament_on", "public_on"),
    template="coordination/report.html",
    children=tuple(Children(each, "report") for each in (PARTS, FIGURES, EVENTS, COMMENTS)),
    steps=(
        Step(
            "parliament",
            _("Given to Parliament"),
            _("Keep the day on which Parliament got the report of the Rapporteur (R69)."),
            lambda row, request: _goes_out(row, request) and row.parliament_on is None,
            lambda taken: feeds.give_to_parliament(taken.row, day=taken.day, why=taken.why),
            _("The day is kept."),
            asks_day=True,
        ),
        Step(
            "public",
            _("Made public"),
            _("Keep the day since which everybody can read the report."),
            lambda row, request: _goes_out(row, request) and row.public_on is None,
            lambda taken: feeds.make_public(taken.row, day=taken.day, why=taken.why),
            _("The day is kept."),
            asks_day=True,
        ),
    ),
)
SHEETS = (REPORTS, PARTS, FIGURES, EVENTS, COMMENTS)


@within(Area.REPORTS)
@require_GET
def built(request: WorkRequest, ref: Any, form: str) -> HttpResponse:
    """Build the report as it stands: a page, a file for a word processor, or a paper.

    :raises Http404: when there is no such report or form.
    """
    report = _found(Report, ref)
    document = composed(report, Sources(lambda row: figure_of(row, _ledger())))
    sent = document_file(document, "report", form)
    if sent is None:
        raise Http404
    return sent


def document_file(document: Document, name: str, form: str) -> HttpResponse | None:
    """Send a document as a page, for a word processor or as a paper; nothing in other forms."""
    if form == "html":
        return download(page_of(document), f"{name}.html", "text/html; charset=utf-8")
    if form == "docx":
        return download(word_file_of(document), f"{name}.docx", WORD_FILE)
    if form == "pdf":
        return download(paper_of(document), f"{name}.pdf", "application/pdf")
    return None


@within(Area.REPORTS)
@require_POST
def approve(request: WorkRequest, ref: Any) -> HttpResponse:
    """Approve a report, or say what is missing."""
    report = _found(Report, ref)
    try:
        reporting.approve(report=report, actor=request.work.actor, at=request.at)
        messages.success(request, gettext("The report is approved. Nothing in it changes now."))
    except ChangeRefused as refused:
        messages.error(request, words.said(refused))
    return HttpResponseRedirect(REPORTS.address("one", report))


@within(Area.REPORTS)
@require_POST
def send_part(request: WorkRequest, ref: Any) -> HttpResponse:
    """Send a part to who puts the report together."""
    part = _found(ReportPart, ref)
    try:
        reporting.send_part(part=part, actor=request.work.actor, at=request.at)
        messages.success(request, gettext("The part is sent."))
    except ChangeRefused as refused:
        messages.error(request, words.said(refused))
    return HttpResponseRedirect(PARTS.address("one", part))


@within(Area.REPORTS)
@require_POST
def return_part(request: WorkRequest, ref: Any) -> HttpResponse:
    """Return a part with what is to be looked at again."""
    part = _found(ReportPart, ref)
    note = request.POST.get("why", "")
    try:
        reporting.return_part(part=part, note=note, actor=request.work.actor)
        messages.success(request, gettext("The part is returned."))
    except ChangeRefused as refused:
        messages.error(request, words.said(refused))
    return HttpResponseRedirect(PARTS.address("one", part))


def _found(model: Any, ref: Any) -> Any:
    row = model.objects.filter(ref=ref).first()
    if row is None:
        raise Http404
    return row


def addresses() -> list[URLPattern]:
    """List the addresses of the built report and of what is done with it."""
    at, part = "coordination/reports/<uuid:ref>/", "coordination/report-parts/<uuid:ref>/"
    return [
        path(f"{at}report.<str:form>", built, name="coordination_report_built"),
        path(f"{at}approve/", approve, name="coordination_report_approve"),
        path(f"{part}send/", send_part, name="coordination_report_send_part"),
        path(f"{part}return/", return_part, name="coordination_report_return_part"),
    ]
