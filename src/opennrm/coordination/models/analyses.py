"""Saved questions to the released figures, whom national definitions count, and every answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Organisation
from opennrm.coordination.conditions import condition
from opennrm.coordination.models.fields import CodeField, CodesField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area

# No released table is broken down by both.
ONE_KIND = models.Q(statuses=[]) & ~models.Q(scopes=[]) | ~models.Q(statuses=[]) & models.Q(
    scopes=[]
)


class Definition(Kept):
    """Whom a State or a body counts as trafficked, in words of the released tables."""

    guard = Guard(Area.ANALYSES)

    title = models.CharField(_("Definition"), max_length=120, unique=True)
    source = models.CharField(
        _("Source"),
        max_length=300,
        help_text=_("The law or the collection that counts like this."),
    )
    statuses = CodesField(_("Counts persons who stand here"), codes="counted_status")
    scopes = CodesField(_("Or: counts trafficking of this reach"), codes="trafficking_scope")
    lacks = models.TextField(
        _("What the released tables cannot tell apart"), blank=True, default=""
    )

    class Meta:
        ordering = ("title",)
        constraints = (
            models.CheckConstraint(
                condition=ONE_KIND,
                name="definition_of_one_kind",
                violation_error_message=_(
                    "Choose where persons stand, or the reach, and not both."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Analysis(Kept):
    """A question that an office keeps, to put it again to the figures of another year."""

    guard = Guard(Area.ANALYSES, writes=condition("leads_reply"), private="organisation_id")

    title = models.CharField(_("Title"), max_length=120)
    asks = models.TextField(_("What it is to show"), blank=True, default="")
    table = CodeField(_("Table"), codes="figure_table")
    sex = CodeField(_("Only of this sex"), codes="sex", blank=True, default="")
    age = CodeField(_("Only children or adults"), codes="majority", blank=True, default="")
    scope = CodeField(_("Only of this reach"), codes="trafficking_scope", blank=True, default="")
    first = models.ForeignKey(
        Definition,
        verbose_name=_("Counted under this definition"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    second = models.ForeignKey(
        Definition,
        verbose_name=_("Beside this definition"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ("title",)
        verbose_name_plural = "analyses"

    def __str__(self) -> str:
        return self.title


class AnalysisRun(Kept):
    """What a question was answered with, from which release; the database never changes it."""

    guard = Guard(Area.ANALYSES, writes=condition("own_analysis"), private="organisation_id")

    analysis = models.ForeignKey(
        Analysis, verbose_name=_("Analysis"), on_delete=models.PROTECT, related_name="runs"
    )
    table = CodeField(_("Table"), codes="figure_table")
    number = models.PositiveIntegerField(_("Release"))
    years = models.CharField(_("Years"), max_length=40)
    run_at = models.DateTimeField(_("Asked on"))
    asked = models.TextField(_("As it was asked"))
    answer = models.TextField(_("Answer"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ("-run_at",)

    def __str__(self) -> str:
        return f"{self.analysis}: {self.years}"
