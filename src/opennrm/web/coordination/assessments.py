"""Assessments and monitoring visits: meetings, findings, comments, changes, index of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models import (
    Assessment,
    AssessmentChange,
    AssessmentComment,
    AssessmentEvidence,
    AssessmentFinding,
    AssessmentMeeting,
)
from opennrm.coordination.permissions import Area
from opennrm.coordination.surveys.loading import held_elsewhere
from opennrm.rights.comparing import AskedSituation
from opennrm.rights.registry import ask
from opennrm.vocabulary import registry
from opennrm.web.coordination.columns import by_code, column
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.sheets import Children, OwnSheet, SheetForm
from opennrm.web.work import WorkRequest


def _led_here(form: Any, request: WorkRequest) -> Any:
    """Keep a row of an assessment under who runs the assessment."""
    form.instance.lead_id = form.instance.assessment.organisation_id
    return form.save()


def _runs(row: Any) -> UUID | None:
    found: UUID | None = row.organisation_id
    return found


def _leads(row: Any) -> UUID | None:
    found: UUID | None = row.assessment.organisation_id if row.assessment_id else None
    return found


class RunForm(SheetForm):
    """Asks for an assessment; it belongs to the organisation of who opens it."""

    def prepare(self) -> None:
        """Name the organisation before the row is checked against who may write it."""
        if self.instance._state.adding:
            self.instance.organisation_id = self.request.work.actor.organisation


class OwnForm(SheetForm):
    """Offers only the assessments that the organisation of who asks runs itself."""

    def prepare(self) -> None:
        """Narrow the assessments to one's own."""
        field: Any = self.fields["assessment"]
        field.queryset = field.queryset.filter(
            organisation_id=self.request.work.actor.organisation
        )


class CommentForm(SheetForm):
    """Asks for a comment, and on a change of it for the reason."""

    def prepare(self) -> None:
        """Name the organisation before the row is checked against who may write it."""
        self.instance.house_id = self.request.work.actor.organisation


def _more(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    """Say which chapters have nothing yet, and what other monitors hold of this State (R79)."""
    filled = set(row.assessmentfindings.values_list("chapter", flat=True))
    labels = registry.code_list("assessment_chapter").labels()
    held = held_elsewhere(row.state)
    finding = ask("R79", AskedSituation(len(held)), request.at.date())
    return {
        "findings": (finding,) if finding.is_broken else (),
        "held": held,
        "empty_chapters": [text for code, text in labels.items() if code not in filled],
    }


MEETINGS = OwnSheet(
    "assessment-meetings",
    Area.ASSESSMENTS,
    AssessmentMeeting,
    _("Meeting"),
    Listing(
        "meetings",
        _("Meetings"),
        (
            column("on", _("Day"), order="on", links=True),
            column("with_kind", _("With"), order="with_kind"),
            column("whom", _("Name of the body")),
            column("place", _("Place")),
            column("is_off_record", _("Off the record")),
        ),
        order="on",
        empty=_("No meeting yet."),
    ),
    form=OwnForm,
    save=_led_here,
    owner=_leads,
    parent="assessment",
    is_listed=False,
)
FINDINGS = OwnSheet(
    "assessment-findings",
    Area.ASSESSMENTS,
    AssessmentFinding,
    _("Finding"),
    Listing(
        "findings",
        _("Findings and recommendations"),
        (
            column("number", _("Number"), order="number", links=True),
            column("chapter", _("Chapter"), order="chapter"),
            column("kind", _("Kind"), order="kind"),
            column("text", _("Text")),
            column("source", _("Source")),
            column("addressee", _("Addressed to")),
            column("due_on", _("To be done by"), order="due_on"),
            column("commitment", _("Commitment")),
        ),
        (
            by_code("kind", _("Kind"), "finding_kind"),
            by_code("chapter", _("Chapter"), "assessment_chapter"),
        ),
        ("text", "source", "addressee"),
        order="number",
        empty=_("Nothing was found yet."),
    ),
    form=OwnForm,
    save=_led_here,
    owner=_leads,
    parent="assessment",
    is_listed=False,
)
CHANGES = OwnSheet(
    "assessment-changes",
    Area.ASSESSMENTS,
    AssessmentChange,
    _("Change made meanwhile"),
    Listing(
        "changes",
        _("Changes made meanwhile"),
        (
            column("on", _("Day"), order="on", links=True),
            column("text", _("What changed")),
            column("source", _("Source")),
        ),
        order="on",
        empty=_("None noted yet."),
    ),
    form=OwnForm,
    save=_led_here,
    owner=_leads,
    parent="assessment",
    is_listed=False,
)
EVIDENCE = OwnSheet(
    "assessment-evidence",
    Area.ASSESSMENTS,
    AssessmentEvidence,
    _("Piece of evidence"),
    Listing(
        "evidence",
        _("Index of evidence"),
        (
            column("number", _("Number"), order="number", links=True),
            column("title", _("Title")),
            column("kind", _("Kind"), order="kind"),
            column("origin", _("From")),
            column("held_at", _("Where it is kept")),
        ),
        order="number",
        empty=_("Nothing yet. A file of a case is never listed or shown."),
    ),
    form=OwnForm,
    save=_led_here,
    owner=_leads,
    parent="assessment",
    is_listed=False,
)
COMMENTS = OwnSheet(
    "assessment-comments",
    Area.ASSESSMENTS,
    AssessmentComment,
    _("Comment"),
    Listing(
        "comments",
        _("Comments of the State and of others"),
        (
            column("text", _("Comment"), order="text", links=True),
            column("house", _("By")),
            column("finding", _("Finding")),
        ),
        empty=_("No comment yet."),
    ),
    form=CommentForm,
    owner=lambda row: row.house_id,
    parent="assessment",
    is_listed=False,
)
ASSESSMENTS = OwnSheet(
    "assessments",
    Area.ASSESSMENTS,
    Assessment,
    _("Assessment"),
    Listing(
        "assessments",
        _("Assessments and monitoring visits"),
        (
            column("title", _("Title"), order="title", links=True),
            column("state", _("State"), order="state"),
            column("kind", _("Kind"), order="kind"),
            column("stage", _("Stage"), order="stage"),
            column("starts_on", _("Begins on"), order="starts_on"),
        ),
        (
            by_code("kind", _("Kind"), "assessment_kind"),
            by_code("stage", _("Stage"), "assessment_stage"),
        ),
        ("title", "state", "monitor"),
        order="-starts_on",
        intro=_("Made in agreement with the State, and visits that a State receives."),
        empty=_("No assessment is open to you yet."),
    ),
    form=RunForm,
    owner=_runs,
    more=_more,
    template="coordination/assessment.html",
    children=tuple(
        Children(sheet, "assessment")
        for sheet in (MEETINGS, FINDINGS, COMMENTS, CHANGES, EVIDENCE)
    ),
)
SHEETS = (ASSESSMENTS, MEETINGS, FINDINGS, COMMENTS, CHANGES, EVIDENCE)
