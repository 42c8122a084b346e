"""Campaigns with review and evaluation, the media kit, and clippings of the press."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import CodeField, CodesField, LanguagesField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import HOUSE_OF_ENTRY, RegisterEntry
from opennrm.coordination.permissions import Area

PERCENT = models.Q(change_before=None) | models.Q(change_before__lte=100)
PERCENT_AFTER = models.Q(change_after=None) | models.Q(change_after__lte=100)


class Campaign(Kept):
    """A campaign: for whom, about what, with which message, and what came of it (R73, R74)."""

    guard = Guard(Area.CAMPAIGNS, own=HOUSE_OF_ENTRY)

    title = models.CharField(_("Title"), max_length=200)
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Run by"),
        on_delete=models.PROTECT,
        related_name="campaigns",
    )
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    status = CodeField(_("Status"), codes="campaign_status", default="planned", editable=False)
    audiences = CodesField(_("Speaks to"), codes="campaign_audience")
    groups = CodesField(_("Groups at risk it is made for"), codes="group_at_risk")
    forms = CodesField(_("Forms of exploitation it speaks of"), codes="exploitation_form")
    languages = LanguagesField(_("Languages"))
    message = models.TextField(_("Message"))
    review = CodeField(
        _("What a review of the message found"), codes="message_review", blank=True, default=""
    )
    reviewed_by = models.CharField(_("Reviewed by"), max_length=200, blank=True, default="")
    reach = models.PositiveIntegerField(_("People reached"), null=True, blank=True)
    asked = models.PositiveIntegerField(_("People asked afterwards"), null=True, blank=True)
    change_before = models.PositiveIntegerField(
        _("Knew where to turn before, in percent"), null=True, blank=True
    )
    change_after = models.PositiveIntegerField(
        _("Knew where to turn afterwards, in percent"), null=True, blank=True
    )
    method = models.TextField(_("How this was measured"), blank=True, default="")
    calls_before = models.PositiveIntegerField(
        _("Calls to the helpline, month before"), null=True, blank=True
    )
    calls_after = models.PositiveIntegerField(
        _("Calls to the helpline, month after"), null=True, blank=True
    )
    not_evaluated_because = models.TextField(
        _("Why it could not be evaluated"), blank=True, default=""
    )

    class Meta:
        ordering = ("-from_on", "title")
        constraints = (
            models.CheckConstraint(
                condition=PERCENT & PERCENT_AFTER,
                name="percent_of_a_hundred",
                violation_error_message=_("A percentage is at most a hundred."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class MediaItem(Kept):
    """A piece for journalists; what shows a person is not published from here (R76)."""

    guard = Guard(Area.CAMPAIGNS)

    title = models.CharField(_("Title"), max_length=200)
    kind = CodeField(_("Kind"), codes="media_kind")
    language = models.CharField(_("Language"), max_length=16, default="en")
    text = models.TextField(_("Text"))
    shows = CodeField(_("Does it show a person?"), codes="shows_person", blank=True, default="")
    source = models.CharField(_("Source"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ("kind", "title")

    def __str__(self) -> str:
        return self.title


class Clipping(Kept):
    """What a newspaper or station wrote: where, when, in which language, in short."""

    guard = Guard(Area.CAMPAIGNS)

    title = models.CharField(_("Headline"), max_length=300)
    outlet = models.CharField(_("Newspaper or station"), max_length=200)
    language = models.CharField(_("Language"), max_length=16)
    published_on = models.DateField(_("Published on"))
    summary = models.TextField(
        _("In short"), help_text=_("Name nobody who was exploited, even where the press did.")
    )
    address = models.CharField(_("Address"), max_length=300, blank=True, default="")
    topics = CodesField(_("Topics"), codes="library_topic")
    harms = models.BooleanField(_("It shows or blames a person"), default=False)

    class Meta:
        ordering = ("-published_on", "title")

    def __str__(self) -> str:
        return self.title
