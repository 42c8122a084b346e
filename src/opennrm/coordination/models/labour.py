"""For labour authorities: licences of recruiters, inspections, unpaid wages and what followed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import CodeField, CodesField, MoneyField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area


class RecruitmentLicence(Kept):
    """The licence of an agency that finds people work, at home or abroad."""

    guard = Guard(Area.LABOUR)

    holder = models.CharField(_("Agency"), max_length=200)
    number = models.CharField(_("Number"), max_length=60, unique=True)
    sectors = CodesField(_("Sectors"), codes="sector")
    countries = models.CharField(_("Finds work in"), max_length=200, blank=True, default="")
    status = CodeField(_("Status"), codes="licence_status")
    granted_on = models.DateField(_("Given on"))
    until_on = models.DateField(_("Until"))
    fees_checked_on = models.DateField(_("Fees to workers checked on"), null=True, blank=True)
    says = models.TextField(_("Reasons and conditions"), blank=True, default="")

    class Meta:
        ordering = ("holder",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status="valid") | ~models.Q(says=""),
                name="licence_lost_with_reasons",
                violation_error_message=_("Say why this licence is not valid."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.holder} ({self.number})"


class Inspection(Kept):
    """An inspection of a place of work; workers are counted here and never named."""

    guard = Guard(Area.LABOUR)

    employer = models.CharField(_("Employer"), max_length=200)
    sector = CodeField(_("Sector"), codes="sector")
    area = models.CharField(_("Area"), max_length=120, blank=True, default="")
    inspected_on = models.DateField(_("Inspected on"))
    reason = CodeField(_("Why"), codes="inspection_reason")
    workers = models.PositiveIntegerField(_("Workers met"), null=True, blank=True)
    interpreter = models.BooleanField(_("With an interpreter"), default=False)
    signs = CodesField(_("Signs"), codes="labour_sign")
    says = models.TextField(
        _("What was found"), blank=True, default="", help_text=_("About the place; no names.")
    )
    outcomes = CodesField(_("What followed"), codes="inspection_outcome")
    again_on = models.DateField(_("Looked at again on"), null=True, blank=True)

    class Meta:
        ordering = ("-inspected_on",)

    def __str__(self) -> str:
        return f"{self.employer}, {self.inspected_on:%Y-%m-%d}"


class WageClaim(Kept):
    """Wages that were not paid: for how many workers, how much, and how much came back."""

    guard = Guard(Area.LABOUR)

    inspection = models.ForeignKey(
        Inspection,
        verbose_name=_("Inspection"),
        on_delete=models.PROTECT,
        related_name="wage_claims",
    )
    workers = models.PositiveIntegerField(_("Workers"))
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"))
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    owed = MoneyField(_("Owed"))
    paid = MoneyField(_("Paid to the workers"), default=0)
    status = CodeField(_("Status"), codes="wage_status")
    says = models.TextField(_("What followed"), blank=True, default="")

    class Meta:
        ordering = ("-until_on",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="wages_of_a_time",
                violation_error_message=_("The last day is not before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.inspection.employer}, {self.until_on:%Y-%m-%d}"
