"""The directory of providers: services with capacity, and checks against standards."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import (
    CodeField,
    CodesField,
    LanguagesField,
    WordsField,
)
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import HOUSE_OF_ENTRY, RegisterEntry
from opennrm.coordination.permissions import Area


class ServiceProvided(Kept):
    """A service of an organisation: for whom, where, how many places and how many free."""

    guard = Guard(Area.DIRECTORY, own=HOUSE_OF_ENTRY)

    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.CASCADE,
        related_name="services",
    )
    service = CodeField(_("Service"), codes="service_kind")
    groups = CodesField(_("Takes"), codes="group_taken")
    forms = CodesField(_("Forms left out"), codes="exploitation_form")
    areas = WordsField(_("Areas covered"))
    languages = LanguagesField(_("Languages"))
    access = CodesField(_("Accessible for"), codes="access_need")
    hours = CodesField(_("Open"), codes="opening")
    places = models.PositiveIntegerField(_("Places"), null=True, blank=True)
    places_free = models.PositiveIntegerField(_("Places free"), null=True, blank=True)
    is_given_here = models.BooleanField(
        _("Places are given here, one by one"),
        default=False,
        help_text=_("Then nobody types how many are free: each place is held by one person."),
    )
    counted_on = models.DateField(_("Places counted on"), null=True, blank=True)
    is_public = models.BooleanField(_("Shown to everybody"), default=False)

    class Meta:
        ordering = ("service", "entry__name")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(places_free=None)
                | models.Q(places_free__lte=models.F("places"), counted_on__isnull=False),
                name="no_more_free_than_there_are",
                violation_error_message=_("Free places: at most all, counted on a day."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_given_here=False)
                | models.Q(places__isnull=False, places_free=None),
                name="given_here_or_counted",
                violation_error_message=_(
                    "Places that are given here need their number, and are not counted by hand."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry}: {self.service}"


class StandardsCheck(Kept):
    """A check of a provider against a standard: when, by whom, what was found, when the next."""

    guard = Guard(Area.DIRECTORY)

    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.CASCADE,
        related_name="checks",
    )
    standard = models.CharField(_("Standard"), max_length=200)
    checked_on = models.DateField(_("Checked on"))
    checked_by = models.CharField(_("Checked by"), max_length=200)
    result = CodeField(_("Result"), codes="check_result")
    says = models.TextField(_("What was found"), blank=True, default="")
    next_on = models.DateField(_("Next check on"), null=True, blank=True)

    class Meta:
        ordering = ("-checked_on",)

    def __str__(self) -> str:
        return f"{self.entry}: {self.standard}"
