"""What is said to a plan: reports of leads, comments of civil society, the commission's word."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import CodeField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import HOUSE_OF_ENTRY, RegisterEntry
from opennrm.coordination.models.plan import Action, Plan
from opennrm.coordination.permissions import Area

HALF_YEAR = r"^20[0-9]{2}-[12]$"


class ProgressReport(Kept):
    """A lead's report on an action for half a year."""

    guard = Guard(Area.PLAN, own=HOUSE_OF_ENTRY)

    action = models.ForeignKey(
        Action, verbose_name=_("Action"), on_delete=models.CASCADE, related_name="progress"
    )
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.PROTECT,
        related_name="progress",
    )
    half_year = models.CharField(
        _("Half-year"), max_length=6, help_text=_("Such as 2026-1 for January to June.")
    )
    status = CodeField(_("Status"), codes="action_status")
    percent = models.PositiveIntegerField(_("Per cent done"), null=True, blank=True)
    says = models.TextField(_("What was done"))
    evidence = models.TextField(_("Evidence"), blank=True, default="")

    class Meta:
        ordering = ("-half_year",)
        constraints = (
            models.UniqueConstraint(
                fields=("action", "entry", "half_year"), name="one_report_a_half_year"
            ),
            models.CheckConstraint(
                condition=models.Q(half_year__regex=HALF_YEAR),
                name="half_year_as_a_half_year",
                violation_error_message=_("Write the half-year as 2026-1 or 2026-2."),
            ),
            models.CheckConstraint(
                condition=models.Q(percent=None) | models.Q(percent__lte=100),
                name="at_most_all_of_it",
                violation_error_message=_("At most 100 per cent can be done."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.half_year}: {self.entry}"


class PlanComment(Kept):
    """What an organisation of civil society says to a plan or to one of its actions."""

    guard = Guard(Area.PLAN, own=HOUSE_OF_ENTRY)

    plan = models.ForeignKey(
        Plan, verbose_name=_("Plan"), on_delete=models.CASCADE, related_name="comments"
    )
    action = models.ForeignKey(
        Action,
        verbose_name=_("Action"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
    )
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.PROTECT,
        related_name="comments",
    )
    said_on = models.DateField(_("Said on"))
    text = models.TextField(_("Comment"))
    answer = models.TextField(_("Answer of the co-ordinator"), blank=True, default="")

    class Meta:
        ordering = ("-said_on",)

    def __str__(self) -> str:
        return f"{self.entry}: {self.text[:80]}"


class Approval(Kept):
    """The commission's word on a version of a plan; without it no plan is adopted."""

    guard = Guard(Area.APPROVALS)

    plan = models.ForeignKey(
        Plan, verbose_name=_("Plan"), on_delete=models.CASCADE, related_name="approvals"
    )
    outcome = CodeField(_("Outcome"), codes="approval_outcome")
    decided_on = models.DateField(_("Decided on"))
    says = models.TextField(_("Reasons"), blank=True, default="")

    class Meta:
        ordering = ("-decided_on",)

    def __str__(self) -> str:
        return f"{self.plan}: {self.outcome}"
