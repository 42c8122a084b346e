"""The library, events with what their guests said, and projects: who does what where."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.commitments import State
from opennrm.coordination.models.fields import CodeField, CodesField, MoneyField, WordsField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import HOUSE_OF_ENTRY, RegisterEntry
from opennrm.coordination.permissions import Area


class LibraryItem(Kept):
    """A law, judgment, report or material with its text, found by words in its own language."""

    guard = Guard(Area.LIBRARY)

    title = models.CharField(_("Title"), max_length=300)
    kind = CodeField(_("Kind"), codes="library_kind")
    state = models.ForeignKey(
        State,
        verbose_name=_("State"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="library",
    )
    language = models.CharField(_("Language"), max_length=16, default="en")
    issued_on = models.DateField(_("Date"), null=True, blank=True)
    in_force_from = models.DateField(_("In force from"), null=True, blank=True)
    in_force_until = models.DateField(_("In force until"), null=True, blank=True)
    topics = CodesField(_("Topics"), codes="library_topic")
    summary = models.TextField(_("In short"), blank=True, default="")
    text = models.TextField(_("Text"), blank=True, default="")
    source = models.CharField(_("Source"), max_length=300)

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Event(Kept):
    """An event: when, where, with whom; it stands in the calendar."""

    guard = Guard(Area.EVENTS, own=HOUSE_OF_ENTRY)

    title = models.CharField(_("Title"), max_length=200)
    kind = CodeField(_("Kind"), codes="event_kind")
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organised by"),
        on_delete=models.PROTECT,
        related_name="events",
    )
    from_on = models.DateField(_("First day"))
    until_on = models.DateField(_("Last day"))
    place = models.CharField(_("Place"), max_length=200, blank=True, default="")
    partners = models.ManyToManyField(
        RegisterEntry, verbose_name=_("Together with"), blank=True, related_name="shared_events"
    )
    about = models.TextField(_("About"), blank=True, default="")
    participants = models.PositiveIntegerField(_("Participants"), null=True, blank=True)
    states = models.PositiveIntegerField(_("States taking part"), null=True, blank=True)

    class Meta:
        ordering = ("-from_on", "title")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="event_ends_after_it_begins",
                violation_error_message=_("The last day is not before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class EventVoice(Kept):
    """What one organisation said of an event afterwards."""

    guard = Guard(Area.EVENTS, own=HOUSE_OF_ENTRY)

    event = models.ForeignKey(
        Event, verbose_name=_("Event"), on_delete=models.CASCADE, related_name="voices"
    )
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.PROTECT,
        related_name="voices",
    )
    useful = models.PositiveIntegerField(_("How useful it was"), help_text=_("From 1 to 5."))
    used = models.TextField(_("What will be used of it"), blank=True, default="")
    missed = models.TextField(_("What was missing"), blank=True, default="")

    class Meta:
        ordering = ("event", "entry__name")
        constraints = (
            models.UniqueConstraint(fields=("event", "entry"), name="a_voice_an_organisation"),
            models.CheckConstraint(
                condition=models.Q(useful__gte=1, useful__lte=5),
                name="useful_from_one_to_five",
                violation_error_message=_("From 1 to 5."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.event}: {self.entry}"


class Project(Kept):
    """A project: who does what where for whom, with whose money."""

    guard = Guard(Area.EVENTS, own=HOUSE_OF_ENTRY)

    title = models.CharField(_("What"), max_length=200)
    entry = models.ForeignKey(
        RegisterEntry, verbose_name=_("Who"), on_delete=models.PROTECT, related_name="projects"
    )
    partners = models.ManyToManyField(
        RegisterEntry, verbose_name=_("Together with"), blank=True, related_name="shared_projects"
    )
    areas = WordsField(_("Where"))
    pillar = CodeField(_("Pillar"), codes="pillar")
    groups = CodesField(_("For whom"), codes="group_at_risk")
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    status = CodeField(_("Status"), codes="project_status", default="planned")
    money_from = models.CharField(_("Whose money"), max_length=200, blank=True, default="")
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    amount = MoneyField(_("Amount"), null=True, blank=True)
    results = models.TextField(_("What came of it"), blank=True, default="")

    class Meta:
        ordering = ("-from_on", "title")

    def __str__(self) -> str:
        return self.title
