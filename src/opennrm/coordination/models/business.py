"""Firms that signed a code of conduct, with training of their staff and checks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import CodeField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area


class CodeSignatory(Kept):
    """A firm, in tourism or elsewhere, that signed a code of conduct."""

    guard = Guard(Area.BUSINESS)

    name = models.CharField(_("Firm"), max_length=200)
    sector = CodeField(_("Sector"), codes="sector")
    code = models.CharField(_("Code of conduct"), max_length=200)
    signed_on = models.DateField(_("Signed on"))
    contact = models.CharField(_("Responsible there"), max_length=200, blank=True, default="")
    staff = models.PositiveIntegerField(_("Staff"), null=True, blank=True)
    trained = models.PositiveIntegerField(_("Staff trained"), null=True, blank=True)
    trained_on = models.DateField(_("Last training on"), null=True, blank=True)
    left_on = models.DateField(_("Left or struck off on"), null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class SignatoryCheck(Kept):
    """A check of whether a firm keeps what it signed."""

    guard = Guard(Area.BUSINESS)

    signatory = models.ForeignKey(
        CodeSignatory, verbose_name=_("Firm"), on_delete=models.CASCADE, related_name="checks"
    )
    checked_on = models.DateField(_("Checked on"))
    checked_by = models.CharField(_("Checked by"), max_length=200)
    result = CodeField(_("Result"), codes="check_result")
    says = models.TextField(_("What was found"), blank=True, default="")
    next_on = models.DateField(_("Next check on"), null=True, blank=True)

    class Meta:
        ordering = ("-checked_on",)

    def __str__(self) -> str:
        return f"{self.signatory}, {self.checked_on:%Y-%m-%d}"
