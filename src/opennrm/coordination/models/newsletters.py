"""Newsletters: a period, for whom, and the text that is assembled and then edited."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Organisation
from opennrm.coordination.conditions import condition
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area


class Newsletter(Kept):
    """A newsletter in the making; only the organisation that writes it reads it here."""

    guard = Guard(Area.LIBRARY, writes=condition("leads_reply"), private="organisation_id")

    title = models.CharField(_("Title"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until (not included)"))
    for_everybody = models.BooleanField(
        _("For everybody: only what was published"),
        default=False,
        help_text=_("Otherwise for those who work in the mechanism. Cases are in neither."),
    )
    language = models.CharField(_("Language"), max_length=16, default="en", editable=False)
    text = models.TextField(
        _("Text"),
        blank=True,
        default="",
        help_text=_(
            "# at the start of a line makes a heading, a dash a point of a list; an empty line"
            " begins a paragraph. Left empty, it is put together anew."
        ),
    )

    class Meta:
        ordering = ("-from_on", "title")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")),
                name="newsletter_covers_a_period",
                violation_error_message=_("The period ends after it begins."),
            ),
        )

    def __str__(self) -> str:
        return self.title
