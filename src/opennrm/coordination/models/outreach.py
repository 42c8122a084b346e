"""Outreach, signs of the crime at places, money traced, field reports, prevention, observation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Organisation
from opennrm.coordination.conditions import condition
from opennrm.coordination.models.fields import (
    CodeField,
    CodesField,
    LanguagesField,
    MoneyField,
    WordsField,
)
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import HOUSE_OF_ENTRY, RegisterEntry
from opennrm.coordination.permissions import Area


class OutreachVisit(Kept):
    """A visit of a team to a place: people are counted, and none is described."""

    guard = Guard(Area.OUTREACH, own=HOUSE_OF_ENTRY)

    entry = models.ForeignKey(
        RegisterEntry, verbose_name=_("Team of"), on_delete=models.PROTECT, related_name="visits"
    )
    went_on = models.DateField(_("Went on"))
    place = CodeField(_("Kind of place"), codes="outreach_place")
    area = models.CharField(_("Area"), max_length=120, help_text=_("A town or region only."))
    languages = LanguagesField(_("Languages spoken by the team"))
    team = models.PositiveIntegerField(_("People in the team"))
    with_mediator = models.BooleanField(_("With a cultural mediator"), default=False)
    met = models.PositiveIntegerField(_("People spoken with"))
    told_rights = models.PositiveIntegerField(_("Told of rights and help"), default=0)
    led_to_screening = models.PositiveIntegerField(_("Wished to be screened"), default=0)
    says = models.TextField(
        _("About the place"), blank=True, default="", help_text=_("No name, no description.")
    )

    class Meta:
        ordering = ("-went_on",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(told_rights__lte=models.F("met"))
                & models.Q(led_to_screening__lte=models.F("met")),
                name="no_more_than_were_met",
                violation_error_message=_("No more than the people spoken with."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.area}, {self.went_on:%Y-%m-%d}"


class SceneReport(Kept):
    """Signs of the crime and of those behind it at a place, for those who inspect; no persons."""

    guard = Guard(Area.SCENES)

    seen_on = models.DateField(_("Seen on"))
    place = CodeField(_("Kind of place"), codes="outreach_place")
    sector = CodeField(_("Sector"), codes="sector", blank=True, default="")
    area = models.CharField(_("Area"), max_length=120)
    signs = CodesField(_("Signs"), codes="scene_sign")
    says = models.TextField(_("What was seen"), blank=True, default="", help_text=_("No persons."))
    passed_to = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Passed on to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="scenes",
    )
    outcome = CodeField(_("What came of it"), codes="scene_outcome", blank=True, default="")

    class Meta:
        ordering = ("-seen_on",)

    def __str__(self) -> str:
        return f"{self.area}, {self.seen_on:%Y-%m-%d}"


class MoneyTraced(Kept):
    """A step of a financial investigation, with its amount; no person and no case."""

    guard = Guard(Area.SCENES)

    step = CodeField(_("Step"), codes="money_step")
    taken_on = models.DateField(_("On"))
    authority = models.CharField(_("Authority"), max_length=200)
    kind = models.CharField(_("What"), max_length=200)
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    amount = MoneyField(_("Amount"))
    to_victims = MoneyField(_("Of it to victims"), default=0)
    says = models.TextField(_("What followed"), blank=True, default="")

    class Meta:
        ordering = ("-taken_on",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_victims__lte=models.F("amount")),
                name="no_more_to_victims_than_there_was",
                violation_error_message=_("No more to victims than the amount."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}, {self.taken_on:%Y-%m-%d}"


class FieldReport(Kept):
    """A worry of staff in the field, told to the person designated; nobody can be found by it."""

    guard = Guard(Area.FIELD_DESK, writes=condition("speaks_for_house"), private="house_id")

    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    told_on = models.DateField(_("Told on"))
    where = CodeField(_("Where"), codes="coarse_where")
    majority = CodeField(_("Child or adult"), codes="majority")
    forms = CodesField(_("What it may be"), codes="exploitation_form")
    signs = CodesField(_("What was seen at the place"), codes="scene_sign")
    arranged = CodesField(_("What was arranged"), codes="arranged")
    consent = CodeField(_("Does she want more to be done?"), codes="field_consent")
    status = CodeField(_("Status"), codes="field_status", default="open")
    follow_up_on = models.DateField(_("Look again on"), null=True, blank=True)
    police_told_on = models.DateField(_("Police told on"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-told_on",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(consent="yes")
                | models.Q(status__in=("open", "arranged", "ended"), follow_up_on=None)
                | models.Q(consent="not_asked", status__in=("open", "arranged")),
                name="followed_up_as_she_wishes",
                violation_error_message=_("Only what she wants is followed up or handed on."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.told_on:%Y-%m-%d}"


class PreventionProgramme(Kept):
    """A programme for people at risk: for whom, what it gives, work found, what it changed."""

    guard = Guard(Area.PREVENTION, own=HOUSE_OF_ENTRY)

    title = models.CharField(_("Title"), max_length=200)
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Run by"),
        on_delete=models.PROTECT,
        related_name="programmes",
    )
    kind = CodeField(_("Gives"), codes="prevention_kind")
    groups = CodesField(_("For whom"), codes="group_at_risk")
    areas = WordsField(_("Where"))
    partner_abroad = models.CharField(
        _("Partner across the border"), max_length=200, blank=True, default=""
    )
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    places = models.PositiveIntegerField(_("Places"), null=True, blank=True)
    people = models.PositiveIntegerField(_("People so far"), default=0)
    found_work = models.PositiveIntegerField(_("Found work"), default=0)
    still_there = models.PositiveIntegerField(
        _("Still in it after six months"), null=True, blank=True
    )
    evaluation = models.TextField(_("What it changed, known by what"), blank=True, default="")

    class Meta:
        ordering = ("-from_on", "title")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(found_work__lte=models.F("people")),
                name="no_more_found_work_than_came",
                violation_error_message=_("No more found work than there were people."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Observation(Kept):
    """What independent observers found of how a body treats people, and what it answered."""

    guard = Guard(Area.PREVENTION, own=HOUSE_OF_ENTRY)

    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Observed by"),
        on_delete=models.PROTECT,
        related_name="observations",
    )
    body = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Body observed"),
        on_delete=models.PROTECT,
        related_name="observed",
    )
    observed_on = models.DateField(_("Observed on"))
    finding = models.TextField(_("Finding"), help_text=_("No name of anybody."))
    wants = models.TextField(_("What should change"), blank=True, default="")
    answer_due_on = models.DateField(_("Answer due on"), null=True, blank=True)
    answer = models.TextField(_("Answer of the body"), blank=True, default="")
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)

    class Meta:
        ordering = ("-observed_on",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(entry=models.F("body")),
                name="nobody_observes_itself",
                violation_error_message=_("No body observes itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.body}, {self.observed_on:%Y-%m-%d}"
