"""Yearly reports: parts asked of bodies, events, released figures, comments, approval."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Organisation
from opennrm.coordination.conditions import condition
from opennrm.coordination.models.fields import CodeField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.surveys import SurveyRound
from opennrm.coordination.permissions import Area


class Report(Kept):
    """A yearly report of one body, built from what others send and from what was released."""

    guard = Guard(Area.REPORTS, writes=condition("leads_reply"))

    title = models.CharField(_("Title"), max_length=300)
    model = CodeField(_("Model"), codes="report_model")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    period_from = models.DateField(_("From"))
    period_until = models.DateField(_("Until (not included)"))
    due_on = models.DateField(_("To be public by"))
    foreword = models.TextField(_("Foreword"), blank=True, default="")
    summary = models.TextField(_("Executive summary"), blank=True, default="")
    delayed_because = models.TextField(_("Why it is late"), blank=True, default="")
    parliament_on = models.DateField(
        _("Given to Parliament on"), null=True, blank=True, editable=False
    )
    public_on = models.DateField(_("Public since"), null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(_("Approved"), null=True, blank=True, editable=False)
    approved_by = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-period_from", "title")
        constraints = (
            models.UniqueConstraint(fields=("ref", "organisation"), name="report_and_its_lead"),
            models.CheckConstraint(
                condition=models.Q(period_until__gt=models.F("period_from")),
                name="report_covers_a_period",
                violation_error_message=_("The period ends after it begins."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class OfReport(Kept):
    """A row of a report, written by who puts the report together."""

    guard = Guard(Area.REPORTS, writes=condition("leads_open_report"))

    report = models.ForeignKey(
        Report, verbose_name=_("Report"), on_delete=models.CASCADE, related_name="%(class)ss"
    )
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class ReportPart(OfReport):
    """What one body contributes: asked for with a day, written, sent, returned with a note."""

    guard = Guard(
        Area.REPORTS,
        reads=condition("reads_part"),
        writes=condition("writes_part"),
        private="lead_id",
    )

    house = models.ForeignKey(
        Organisation, verbose_name=_("Asked of"), on_delete=models.PROTECT, related_name="+"
    )
    chapter = CodeField(_("Chapter"), codes="report_chapter")
    title = models.CharField(_("Heading"), max_length=200)
    due_on = models.DateField(_("Due on"))
    text = models.TextField(
        _("Text"),
        blank=True,
        default="",
        help_text=_(
            "An empty line begins a paragraph, a dash at its start a list. Write the source of a"
            " sentence behind it as [^where it stands]."
        ),
    )
    note = models.TextField(_("To be looked at again"), blank=True, default="")
    sent_at = models.DateTimeField(_("Sent"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("chapter", "title")

    def __str__(self) -> str:
        return self.title


class ReportEvent(OfReport):
    """An event or a visit of the period, for the annex."""

    on = models.DateField(_("Day"))
    place = models.CharField(_("Place"), max_length=120)
    title = models.CharField(_("Title"), max_length=300)
    kind = CodeField(_("Kind"), codes="report_event")
    participants = models.PositiveIntegerField(_("Participants"), null=True, blank=True)

    class Meta:
        ordering = ("on", "title")

    def __str__(self) -> str:
        return self.title


class ReportFigure(OfReport):
    """A figure of the report: a table the rapporteur released, or a question of a survey."""

    chapter = CodeField(_("Chapter"), codes="report_chapter")
    caption = models.CharField(_("Caption"), max_length=300)
    release = models.PositiveIntegerField(
        _("Number of the release"), null=True, blank=True, help_text=_("Only released figures.")
    )
    table = models.CharField(_("Table of the release"), max_length=64, blank=True, default="")
    round = models.ForeignKey(
        SurveyRound,
        verbose_name=_("Survey round"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    question = models.CharField(_("Question"), max_length=32, blank=True, default="")

    class Meta:
        ordering = ("chapter", "caption")
        constraints = (
            models.CheckConstraint(
                condition=(
                    models.Q(release__isnull=False, round=None, question="") & ~models.Q(table="")
                )
                | (models.Q(release=None, round__isnull=False, table="") & ~models.Q(question="")),
                name="released_or_from_a_survey",
                violation_error_message=_(
                    "Name a release and its table, or a survey round and its question."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.caption


class ReportComment(Kept):
    """A comment on the draft, and the answer to it."""

    guard = Guard(Area.REPORTS, writes=condition("speaks_for_house"))

    report = models.ForeignKey(
        Report, verbose_name=_("Report"), on_delete=models.CASCADE, related_name="comments"
    )
    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    part = models.ForeignKey(
        ReportPart,
        verbose_name=_("Part"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
    )
    text = models.TextField(_("Comment"))

    def __str__(self) -> str:
        return self.text[:90]
