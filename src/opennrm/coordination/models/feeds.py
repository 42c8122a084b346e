"""Which bodies deliver which data to the Rapporteur, how often, and when they did (R68)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import CodeField, CodesField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import RegisterEntry
from opennrm.coordination.permissions import Area


class DataFeed(Kept):
    """Data that a body owes to the Rapporteur, written by the Rapporteur."""

    guard = Guard(Area.GUARANTEES)

    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Body"),
        on_delete=models.PROTECT,
        related_name="feeds",
    )
    what = models.CharField(_("What it delivers"), max_length=200)
    level = CodeField(_("For"), codes="feed_level")
    area = models.CharField(_("Area"), max_length=120, blank=True, default="")
    forms = CodesField(_("Forms of exploitation it covers"), codes="exploitation_form")
    every_months = models.PositiveIntegerField(_("Every so many months"), default=12)
    last_on = models.DateField(_("Delivered last on"), null=True, blank=True)
    legal_basis = models.CharField(_("Legal basis"), max_length=300, blank=True, default="")
    lacks = models.TextField(_("What is missing in it"), blank=True, default="")

    class Meta:
        ordering = ("entry__name", "what")

    def __str__(self) -> str:
        return f"{self.entry}: {self.what}"
