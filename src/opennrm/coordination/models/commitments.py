"""What States and OSCE bodies promised, how treaties stand, and how far promises are kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import CodeField, LanguagesField, WordsField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area


class Document(Kept):
    """A decision, declaration, plan or report in which commitments stand."""

    guard = Guard(Area.COMMITMENTS)

    title = models.CharField(_("Title"), max_length=300, unique=True)
    adopted = models.CharField(_("Date"), max_length=60, blank=True, default="")
    place = models.CharField(_("Place"), max_length=120, blank=True, default="")

    class Meta:
        ordering = ("adopted", "title")

    def __str__(self) -> str:
        return self.title


class DocumentLink(Kept):
    """How one document stands to another."""

    guard = Guard(Area.COMMITMENTS)

    document = models.ForeignKey(
        Document, verbose_name=_("Document"), on_delete=models.CASCADE, related_name="links"
    )
    relation = CodeField(_("Link"), codes="document_relation")
    other = models.ForeignKey(
        Document, verbose_name=_("Other document"), on_delete=models.CASCADE, related_name="linked"
    )
    source = models.CharField(_("Source"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ("document__title", "relation")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "relation", "other"), name="a_link_of_documents_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document} - {self.other}"


class Commitment(Kept):
    """One promise, task, standard or recommendation, in our own short words, with its source."""

    guard = Guard(Area.COMMITMENTS)

    number = models.CharField(_("Number"), max_length=24, unique=True)
    document = models.ForeignKey(
        Document, verbose_name=_("Document"), on_delete=models.PROTECT, related_name="commitments"
    )
    paragraph = models.CharField(_("Paragraph"), max_length=120, blank=True, default="")
    text = models.TextField(_("In short"))
    addressees = WordsField(_("Addressed to"))
    area = CodeField(_("Area"), codes="commitment_area")
    kind = CodeField(_("Kind"), codes="commitment_kind")
    source = models.CharField(_("Source"), max_length=300)
    checked = models.CharField(_("How far it was checked"), max_length=200)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number}: {self.text[:90]}"


class State(Kept):
    """A participating State or Partner, named as in the source and as today."""

    guard = Guard(Area.COMMITMENTS)

    code = models.CharField(_("Code"), max_length=2, unique=True)
    code3 = models.CharField(_("Code of three letters"), max_length=3, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    name_in_source = models.CharField(_("Name in the source"), max_length=120)
    category = CodeField(_("Category"), codes="state_category")
    languages = LanguagesField(_("Official languages"))
    working_languages = LanguagesField(_("Working languages of the OSCE"))
    field_operation = models.CharField(_("Field operation"), max_length=200, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class TreatyStatus(Kept):
    """How a State stood to a treaty on a day, as a source says."""

    guard = Guard(Area.COMMITMENTS)

    state = models.ForeignKey(
        State, verbose_name=_("State"), on_delete=models.CASCADE, related_name="treaties"
    )
    treaty = models.CharField(_("Treaty"), max_length=120)
    status = CodeField(_("Status"), codes="treaty_status")
    as_of = models.DateField(_("As of"))
    source = models.CharField(_("Source"), max_length=300)

    class Meta:
        ordering = ("treaty", "state__name", "as_of")
        constraints = (
            models.UniqueConstraint(
                fields=("state", "treaty", "as_of"), name="one_status_a_day_and_treaty"
            ),
        )

    def __str__(self) -> str:
        return f"{self.state}: {self.treaty}"


class TaskReport(Kept):
    """What a body did on one of its tasks in a period, with what came of it."""

    guard = Guard(Area.COMMITMENTS)

    commitment = models.ForeignKey(
        Commitment, verbose_name=_("Task"), on_delete=models.CASCADE, related_name="reports"
    )
    body = models.CharField(_("Body"), max_length=120)
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"))
    status = CodeField(_("Status"), codes="task_status")
    activities = models.TextField(_("Activities"), blank=True, default="")
    outcome = models.TextField(_("Outcome"), blank=True, default="")
    resources = models.CharField(_("Resources"), max_length=200, blank=True, default="")
    evidence = models.TextField(_("Evidence"), blank=True, default="")
    reason = models.TextField(_("Why it is not feasible"), blank=True, default="")

    class Meta:
        ordering = ("commitment__number", "-until_on")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(status="not_feasible") | ~models.Q(reason=""),
                name="not_feasible_with_reason",
                violation_error_message=_("Say why the task is not feasible."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment.number}: {self.body}"


class Evidence(Kept):
    """What shows how far a State keeps a commitment, and what is missing."""

    guard = Guard(Area.COMMITMENTS)

    commitment = models.ForeignKey(
        Commitment, verbose_name=_("Commitment"), on_delete=models.CASCADE, related_name="evidence"
    )
    state = models.ForeignKey(
        State, verbose_name=_("State"), on_delete=models.CASCADE, related_name="evidence"
    )
    fulfilment = CodeField(_("Fulfilment"), codes="fulfilment")
    says = models.TextField(_("Evidence"), blank=True, default="")
    gap = models.TextField(_("What is missing"), blank=True, default="")
    source = models.CharField(_("Source"), max_length=300)
    seen_on = models.DateField(_("As of"))

    class Meta:
        ordering = ("commitment__number", "state__name", "-seen_on")

    def __str__(self) -> str:
        return f"{self.state}: {self.commitment.number}"
