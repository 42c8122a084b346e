"""Recommendations from any source, with the answers of whom they are addressed to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.commitments import Commitment, State
from opennrm.coordination.models.fields import CodeField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import HOUSE_OF_ENTRY, RegisterEntry
from opennrm.coordination.permissions import Area


class Recommendation(Kept):
    """One recommendation: who made it, to whom, what is due when, and what became of it."""

    guard = Guard(Area.RECOMMENDATIONS)

    number = models.CharField(_("Number"), max_length=24, unique=True)
    body = CodeField(_("From"), codes="recommending_body")
    document = models.CharField(_("Document"), max_length=300)
    made_on = models.CharField(_("Date"), max_length=20, blank=True, default="")
    text = models.TextField(_("Recommendation"))
    addressee = models.CharField(_("Addressed to"), max_length=200)
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation that answers"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
    )
    state = models.ForeignKey(
        State,
        verbose_name=_("State"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
    )
    commitment = models.ForeignKey(
        Commitment,
        verbose_name=_("Commitment it rests on"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
    )
    answer_due_on = models.DateField(_("Answer due on"), null=True, blank=True)
    status = CodeField(_("Status"), codes="recommendation_status", default="open")
    evidence = models.TextField(_("Evidence"), blank=True, default="")

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number}: {self.text[:90]}"


class Answer(Kept):
    """What the organisation addressed says to a recommendation."""

    guard = Guard(Area.RECOMMENDATIONS, own=HOUSE_OF_ENTRY)

    recommendation = models.ForeignKey(
        Recommendation,
        verbose_name=_("Recommendation"),
        on_delete=models.CASCADE,
        related_name="answers",
    )
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.PROTECT,
        related_name="answers",
    )
    answered_on = models.DateField(_("Answered on"))
    status = CodeField(_("Answer"), codes="recommendation_status")
    text = models.TextField(_("In what way"))
    evidence = models.TextField(_("Evidence"), blank=True, default="")

    class Meta:
        ordering = ("-answered_on",)

    def __str__(self) -> str:
        return f"{self.entry}, {self.answered_on:%Y-%m-%d}"
