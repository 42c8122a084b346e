"""National and local structures: seats, meetings, decisions, and the Rapporteur's guarantees."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import CodeField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import RegisterEntry
from opennrm.coordination.permissions import Area


class Structure(Kept):
    """A commission, committee, co-ordinator or Rapporteur with its legal basis and mandate."""

    guard = Guard(Area.STRUCTURES)

    name = models.CharField(_("Name"), max_length=200, unique=True)
    kind = CodeField(_("Kind"), codes="structure_kind")
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Housed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="structures",
    )
    area = models.CharField(_("Area"), max_length=120, blank=True, default="")
    legal_basis = models.CharField(_("Legal basis"), max_length=300, blank=True, default="")
    established_on = models.DateField(_("Established on"), null=True, blank=True)
    mandate = models.TextField(_("Mandate"), blank=True, default="")
    appointed_by = models.CharField(_("Appointed by"), max_length=200, blank=True, default="")
    term_until = models.DateField(_("Term until"), null=True, blank=True)
    budget_says = models.CharField(_("Budget"), max_length=200, blank=True, default="")
    staff = models.PositiveIntegerField(_("Staff"), null=True, blank=True)
    open_questions = models.TextField(_("Open questions"), blank=True, default="")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Seat(Kept):
    """A seat of a structure, the organisation that holds it and who sits in it."""

    guard = Guard(Area.STRUCTURES)

    structure = models.ForeignKey(
        Structure, verbose_name=_("Structure"), on_delete=models.CASCADE, related_name="seats"
    )
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.PROTECT,
        related_name="seats",
    )
    holder = models.CharField(_("Who sits in it"), max_length=200, blank=True, default="")
    function = CodeField(_("Function"), codes="seat_function")
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = ("structure__name", "function", "entry__name")

    def __str__(self) -> str:
        return f"{self.entry}"


class Meeting(Kept):
    """A meeting of a structure, with its agenda before and its minutes after."""

    guard = Guard(Area.STRUCTURES)

    structure = models.ForeignKey(
        Structure, verbose_name=_("Structure"), on_delete=models.CASCADE, related_name="meetings"
    )
    held_on = models.DateField(_("On"))
    place = models.CharField(_("Place"), max_length=200, blank=True, default="")
    agenda = models.TextField(_("Agenda"), blank=True, default="")
    present = models.ManyToManyField(
        RegisterEntry, verbose_name=_("Present"), blank=True, related_name="meetings"
    )
    minutes = models.TextField(_("Minutes"), blank=True, default="")
    minutes_approved_on = models.DateField(_("Minutes approved on"), null=True, blank=True)

    class Meta:
        ordering = ("-held_on",)

    def __str__(self) -> str:
        return f"{self.structure}, {self.held_on:%Y-%m-%d}"


class Decision(Kept):
    """What a meeting decided, who sees to it, by when, and what came of it."""

    guard = Guard(Area.STRUCTURES)

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("Meeting"), on_delete=models.CASCADE, related_name="decisions"
    )
    number = models.CharField(_("Number"), max_length=20)
    text = models.TextField(_("Decision"))
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Who sees to it"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
    )
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    status = CodeField(_("Status"), codes="decision_status", default="open")
    followed_up = models.TextField(_("What came of it"), blank=True, default="")

    class Meta:
        ordering = ("-meeting__held_on", "number")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "number"), name="a_number_a_decision"),
            models.CheckConstraint(
                condition=models.Q(status="open") | ~models.Q(followed_up=""),
                name="decision_followed_up",
                violation_error_message=_("Say what came of a decision before it is closed."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.text[:80]}"


class Guarantee(Kept):
    """One guarantee of the Rapporteur's independence, written by the Rapporteur (R67)."""

    guard = Guard(Area.GUARANTEES)

    structure = models.ForeignKey(
        Structure, verbose_name=_("Structure"), on_delete=models.CASCADE, related_name="guarantees"
    )
    kind = CodeField(_("Guarantee"), codes="guarantee_kind")
    stands = CodeField(_("Is it given?"), codes="guarantee_stands")
    says = models.TextField(_("In what way"), blank=True, default="")
    source = models.CharField(_("Source"), max_length=300, blank=True, default="")
    since_on = models.DateField(_("Since"), null=True, blank=True)

    class Meta:
        ordering = ("structure__name", "kind")
        constraints = (
            models.UniqueConstraint(fields=("structure", "kind"), name="a_guarantee_once"),
        )

    def __str__(self) -> str:
        return f"{self.structure}: {self.kind}"
