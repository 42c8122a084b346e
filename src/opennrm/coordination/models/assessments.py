"""Assessments of a country or of its referral mechanism, and visits of monitoring bodies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Organisation
from opennrm.coordination.conditions import condition
from opennrm.coordination.models.fields import CodeField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area


class Assessment(Kept):
    """An assessment made in agreement with the State, or a visit that the State receives."""

    guard = Guard(
        Area.ASSESSMENTS,
        reads=condition("reads_assessment"),
        writes=condition("leads_reply"),
        private="organisation_id",
    )

    title = models.CharField(_("Title"), max_length=300)
    kind = CodeField(_("Kind"), codes="assessment_kind")
    state = models.CharField(_("State"), max_length=64)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("Run by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    monitor = models.CharField(_("Monitoring body"), max_length=200, blank=True, default="")
    agreed_on = models.DateField(_("Agreed with the State on"))
    starts_on = models.DateField(_("Begins on"))
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)
    stage = CodeField(_("Stage"), codes="assessment_stage", default="agreed")
    comments_due_on = models.DateField(_("Comments due on"), null=True, blank=True)
    summary = models.TextField(_("Summary"), blank=True, default="")

    class Meta:
        ordering = ("-starts_on", "title")
        constraints = (
            models.UniqueConstraint(fields=("ref", "organisation"), name="assessment_and_lead"),
            models.CheckConstraint(
                condition=models.Q(agreed_on__lte=models.F("starts_on")),
                name="agreed_before_it_begins",
                violation_error_message=_("An assessment begins after the State agreed to it."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class OfAssessment(Kept):
    """A row of an assessment, written by who runs it and read by who may read it."""

    guard = Guard(
        Area.ASSESSMENTS,
        reads=condition("of_an_assessment_read"),
        writes=condition("leads"),
        private="lead_id",
    )

    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("Assessment"),
        on_delete=models.CASCADE,
        related_name="%(class)ss",
    )
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class AssessmentMeeting(OfAssessment):
    """A meeting; off the record neither names nor words are kept, only that there was one."""

    guard = Guard(
        Area.ASSESSMENTS,
        reads=condition("meeting_on_the_record"),
        writes=condition("leads"),
        private="lead_id",
    )

    on = models.DateField(_("Day"))
    with_kind = CodeField(_("With"), codes="met_in_assessment")
    whom = models.CharField(_("Name of the body"), max_length=200, blank=True, default="")
    place = models.CharField(_("Place"), max_length=120, blank=True, default="")
    is_off_record = models.BooleanField(_("Off the record"), default=False)
    topics = models.TextField(_("What was spoken of"), blank=True, default="")

    class Meta:
        ordering = ("on",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_off_record=False) | models.Q(whom="", topics="", place=""),
                name="off_the_record_is_not_recorded",
                violation_error_message=_(
                    "Off the record: keep only the day and the kind of body. Take the rest out."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.whom or str(self.on)


class AssessmentFinding(OfAssessment):
    """What was found, with its source; a recommendation names whom it is addressed to."""

    number = models.PositiveIntegerField(_("Number"))
    chapter = CodeField(_("Chapter"), codes="assessment_chapter")
    kind = CodeField(_("Kind"), codes="finding_kind")
    text = models.TextField(_("Text"))
    source = models.CharField(_("Source"), max_length=300)
    commitment = models.CharField(_("Commitment"), max_length=24, blank=True, default="")
    addressee = models.CharField(_("Addressed to"), max_length=200, blank=True, default="")
    due_on = models.DateField(_("To be done by"), null=True, blank=True)

    class Meta:
        ordering = ("chapter", "number")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "number"), name="one_number_a_finding"),
            models.CheckConstraint(
                condition=~models.Q(kind="recommendation") | ~models.Q(addressee=""),
                name="recommendation_is_addressed",
                violation_error_message=_("Say to whom the recommendation is addressed."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:90]}"


class AssessmentChange(OfAssessment):
    """What the State changed while the assessment went on."""

    on = models.DateField(_("Day"))
    text = models.TextField(_("What changed"))
    source = models.CharField(_("Source"), max_length=300)

    class Meta:
        ordering = ("on",)

    def __str__(self) -> str:
        return self.text[:90]


class AssessmentEvidence(OfAssessment):
    """One piece of the index of evidence; a file of a case is never one."""

    number = models.PositiveIntegerField(_("Number"))
    title = models.CharField(_("Title"), max_length=300)
    kind = CodeField(_("Kind"), codes="monitoring_evidence_kind")
    origin = models.CharField(_("From"), max_length=200)
    held_at = models.CharField(_("Where it is kept"), max_length=300)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("assessment", "number"), name="one_number_a_piece"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class AssessmentComment(Kept):
    """A comment of the State or another body on an assessment or one of its findings."""

    guard = Guard(
        Area.ASSESSMENTS,
        reads=condition("of_an_assessment_read"),
        writes=condition("speaks_for_house"),
        private="house_id",
    )

    assessment = models.ForeignKey(
        Assessment, verbose_name=_("Assessment"), on_delete=models.CASCADE, related_name="comments"
    )
    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    finding = models.ForeignKey(
        AssessmentFinding,
        verbose_name=_("Finding"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
    )
    text = models.TextField(_("Comment"))

    def __str__(self) -> str:
        return self.text[:90]
