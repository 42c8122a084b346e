"""Reports on the conduct of international staff: apart, sealed to few named readers (R78)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Account, Organisation
from opennrm.coordination.conditions import condition
from opennrm.coordination.models.fields import CodeField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area


class ConductReader(Kept):
    """A named person who may open this register; each report is sealed to her."""

    guard = Guard(Area.CONDUCT, writes=condition("names_conduct_reader"), private="house_id")

    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    account = models.OneToOneField(
        Account,
        verbose_name=_("Reader"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    named_on = models.DateField(_("Named on"), editable=False)

    class Meta:
        ordering = ("named_on",)

    def __str__(self) -> str:
        return str(self.account)


class ConductReport(Kept):
    """A report: open are its kind and its days, everything told is sealed to each reader."""

    guard = Guard(
        Area.CONDUCT, reads=condition("conduct_reader"), writes=condition("conduct_reader")
    )

    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    received_on = models.DateField(_("Received on"))
    kind = CodeField(_("About"), codes="conduct_kind")
    told_head_on = models.DateField(_("Head of the organisation told on"), null=True, blank=True)
    outcome = CodeField(_("What came of it"), codes="conduct_outcome", blank=True, default="")
    closed_on = models.DateField(_("Closed on"), null=True, blank=True, editable=False)
    sealed = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ("-received_on",)

    def __str__(self) -> str:
        return f"{self.received_on:%Y-%m-%d}"
