"""Registers against which everybody may check an offer of work, each with its date."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import CodeField, WordsField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area


class JobRegister(Kept):
    """A register of an authority as it stood on a day: licences, sanctions or warnings."""

    guard = Guard(Area.JOB_OFFERS)

    title = models.CharField(_("Title"), max_length=200, unique=True)
    kind = CodeField(_("Kind"), codes="job_register_kind")
    issuer = models.CharField(_("Authority that keeps it"), max_length=200)
    as_of = models.DateField(_("As it stood on"))
    source = models.CharField(_("Where it was taken from"), max_length=300)

    class Meta:
        ordering = ("kind", "title")

    def __str__(self) -> str:
        return self.title


class JobRegisterEntry(Kept):
    """One line of a register: a firm or recruiter, and what the register says of it."""

    guard = Guard(Area.JOB_OFFERS)

    register = models.ForeignKey(
        JobRegister, verbose_name=_("Register"), on_delete=models.CASCADE, related_name="entries"
    )
    name = models.CharField(_("Name"), max_length=200)
    other_names = WordsField(_("Other names"))
    number = models.CharField(_("Number"), max_length=60, blank=True, default="")
    country = models.CharField(_("Country"), max_length=64, blank=True, default="")
    until_on = models.DateField(_("Until"), null=True, blank=True)
    says = models.TextField(_("What the register says"), blank=True, default="")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
