"""The action plan: objectives, actions, money and indicators."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.commitments import Commitment
from opennrm.coordination.models.fields import CodeField, CodesField, MoneyField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import RegisterEntry
from opennrm.coordination.models.recommendations import Recommendation
from opennrm.coordination.models.structures import Structure
from opennrm.coordination.permissions import Area


class Plan(Kept):
    """One version of a national or local action plan."""

    guard = Guard(Area.PLAN)

    title = models.CharField(_("Title"), max_length=200)
    version = models.PositiveIntegerField(_("Version"), default=1)
    level = CodeField(_("Level"), codes="plan_level", default="national")
    jurisdiction = models.CharField(_("State"), max_length=16)
    area = models.CharField(_("Area"), max_length=120, blank=True, default="")
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"))
    currency = models.CharField(_("Currency"), max_length=3)
    commission = models.ForeignKey(
        Structure,
        verbose_name=_("Commission"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
    )
    adopting_body = models.CharField(_("Adopted by"), max_length=200, blank=True, default="")
    legal_basis = models.CharField(_("Legal basis"), max_length=300, blank=True, default="")
    status = CodeField(_("Status"), codes="plan_status", default="draft", editable=False)
    adopted_on = models.DateField(_("Adopted on"), null=True, blank=True, editable=False)
    situation = models.TextField(
        _("Situation assessment"),
        blank=True,
        default="",
        help_text=_("The assessment the plan rests on, and where it is."),
    )
    rights_impact = models.TextField(_("Impact on human rights"), blank=True, default="")
    rights_impact_on = models.DateField(_("Impact assessed on"), null=True, blank=True)
    rights_review_on = models.DateField(_("Impact looked at again on"), null=True, blank=True)
    review_on = models.DateField(_("Mid-term review on"), null=True, blank=True)
    evaluation_on = models.DateField(_("Final evaluation on"), null=True, blank=True)
    evaluator = models.CharField(_("Independent evaluator"), max_length=200, blank=True)

    class Meta:
        ordering = ("-from_on", "title", "-version")
        constraints = (
            models.UniqueConstraint(fields=("title", "version"), name="one_plan_a_version"),
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")),
                name="plan_with_a_period",
                violation_error_message=_("A plan ends after it begins."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Objective(Kept):
    """A strategic objective of a plan, or a specific one under it."""

    guard = Guard(Area.PLAN)

    plan = models.ForeignKey(
        Plan, verbose_name=_("Plan"), on_delete=models.CASCADE, related_name="objectives"
    )
    under = models.ForeignKey(
        "self",
        verbose_name=_("Under the objective"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="parts",
    )
    number = models.CharField(_("Number"), max_length=12)
    pillar = CodeField(_("Pillar"), codes="pillar")
    text = models.CharField(_("Objective"), max_length=400)

    class Meta:
        ordering = ("plan", "number")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="a_number_an_objective"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class Action(Kept):
    """One action of a plan: what, who leads, with whom, from when to when, how it goes."""

    guard = Guard(Area.PLAN)

    objective = models.ForeignKey(
        Objective, verbose_name=_("Objective"), on_delete=models.CASCADE, related_name="actions"
    )
    number = models.CharField(_("Number"), max_length=12)
    text = models.TextField(_("Action"))
    lead = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Lead"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_actions",
    )
    partners = models.ManyToManyField(
        RegisterEntry, verbose_name=_("Partners"), blank=True, related_name="shared_actions"
    )
    from_on = models.DateField(_("From"), null=True, blank=True)
    until_on = models.DateField(_("Until"), null=True, blank=True)
    status = CodeField(_("Status"), codes="action_status", default="not_started")
    active_on = models.DateField(_("Active since"), null=True, blank=True, editable=False)
    unfunded_why = models.TextField(_("Why it goes on without money"), blank=True, default="")
    risk = models.TextField(_("Risk"), blank=True, default="")
    forms = CodesField(_("Forms of exploitation"), codes="exploitation_form")
    topics = CodesField(_("Topics"), codes="plan_topic")
    commitments = models.ManyToManyField(
        Commitment, verbose_name=_("Commitments it serves"), blank=True, related_name="actions"
    )
    recommendations = models.ManyToManyField(
        Recommendation,
        verbose_name=_("Recommendations it serves"),
        blank=True,
        related_name="actions",
    )

    class Meta:
        ordering = ("objective__number", "number")
        constraints = (
            models.UniqueConstraint(fields=("objective", "number"), name="a_number_an_action"),
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(from_on=None)
                | models.Q(until_on__gte=models.F("from_on")),
                name="action_with_a_period",
                violation_error_message=_("An action ends after it begins."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.text[:90]}"


class Budget(Kept):
    """Money for an action from one source in one year: planned, allocated, spent."""

    guard = Guard(Area.PLAN)

    action = models.ForeignKey(
        Action, verbose_name=_("Action"), on_delete=models.CASCADE, related_name="budgets"
    )
    source = CodeField(_("Source"), codes="money_source")
    donor = models.CharField(_("Donor"), max_length=120, blank=True, default="")
    year = models.PositiveIntegerField(_("Year"))
    currency = models.CharField(_("Currency"), max_length=3)
    planned = MoneyField(_("Planned"), default=0)
    allocated = MoneyField(_("Allocated"), default=0)
    spent = MoneyField(_("Spent"), default=0)

    class Meta:
        ordering = ("action", "year", "source")
        constraints = (
            models.UniqueConstraint(
                fields=("action", "source", "donor", "year"), name="one_line_a_source_and_year"
            ),
            models.CheckConstraint(
                condition=models.Q(planned__gte=0, allocated__gte=0, spent__gte=0),
                name="no_money_below_nothing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}: {self.source}"


class Indicator(Kept):
    """What shows whether an action works: baseline, target, where it stands, how it is known."""

    guard = Guard(Area.PLAN)

    action = models.ForeignKey(
        Action, verbose_name=_("Action"), on_delete=models.CASCADE, related_name="indicators"
    )
    text = models.CharField(_("Indicator"), max_length=300)
    unit = models.CharField(_("Unit"), max_length=60)
    baseline = models.CharField(_("Baseline"), max_length=60, blank=True, default="")
    baseline_on = models.DateField(_("Baseline as of"), null=True, blank=True)
    target = models.CharField(_("Target"), max_length=60)
    target_on = models.DateField(_("Target by"))
    reached = models.CharField(_("Reached"), max_length=60, blank=True, default="")
    reached_on = models.DateField(_("Reached as of"), null=True, blank=True)
    evidence = models.TextField(_("Means of verification"), blank=True, default="")

    class Meta:
        ordering = ("action", "text")

    def __str__(self) -> str:
        return self.text
