"""Observed trials: hearings and how rights stood in them, held by the observers alone (R60)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Organisation
from opennrm.coordination.conditions import condition
from opennrm.coordination.models.fields import CodeField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area


class OfObservers(Kept):
    """A row of the observers, which nobody else reads; it names no case and no person."""

    guard = Guard(Area.TRIALS, writes=condition("speaks_for_house"), private="house_id")

    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class Trial(OfObservers):
    """A trial that is observed, by what the court itself makes public."""

    court = models.CharField(_("Court"), max_length=200)
    public_number = models.CharField(
        _("Number on the list of the court"), max_length=60, blank=True, default=""
    )
    charge = CodeField(_("What it is about"), codes="charge_kind")
    form = CodeField(_("Form of exploitation"), codes="exploitation_form", blank=True, default="")
    accused = models.PositiveIntegerField(_("Accused persons"), null=True, blank=True)
    began_on = models.DateField(_("Began on"), null=True, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    outcome = models.TextField(
        _("Outcome"), blank=True, default="", help_text=_("As the court made it public; no names.")
    )

    class Meta:
        ordering = ("court", "-began_on")

    def __str__(self) -> str:
        return f"{self.court} {self.public_number}".strip()


class Hearing(OfObservers):
    """One hearing as an observer saw it."""

    trial = models.ForeignKey(
        Trial, verbose_name=_("Trial"), on_delete=models.PROTECT, related_name="hearings"
    )
    held_on = models.DateField(_("On"))
    kind = CodeField(_("Kind"), codes="hearing_kind")
    access = CodeField(_("How you came in"), codes="hearing_access")
    outcome = CodeField(_("What became of it"), codes="hearing_outcome")
    observers = models.CharField(_("Observers"), max_length=200)
    minutes = models.PositiveIntegerField(_("Minutes observed"), null=True, blank=True)
    says = models.TextField(
        _("What you saw"),
        blank=True,
        default="",
        help_text=_("About the proceedings; no name, no words of a witness."),
    )
    filed_on = models.DateField(_("Filed on"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-held_on",)

    def __str__(self) -> str:
        return f"{self.trial}, {self.held_on:%Y-%m-%d}"


class HearingFinding(OfObservers):
    """How one right stood in one hearing, until the hearing is filed."""

    guard = Guard(Area.TRIALS, writes=condition("observes_open_hearing"), private="house_id")

    hearing = models.ForeignKey(
        Hearing, verbose_name=_("Hearing"), on_delete=models.CASCADE, related_name="findings"
    )
    right = CodeField(_("Right"), codes="trial_right")
    stands = CodeField(_("How it stood"), codes="right_stands")
    says = models.CharField(_("Remark"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ("right",)
        constraints = (
            models.UniqueConstraint(fields=("hearing", "right"), name="a_right_a_hearing"),
        )

    def __str__(self) -> str:
        return f"{self.hearing}: {self.right}"
