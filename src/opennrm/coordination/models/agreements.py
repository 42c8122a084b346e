"""Agreements: versioned documents that bind parties, with the signatures they rest on."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import CodeField, CodesField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.models.organisations import RegisterEntry
from opennrm.coordination.permissions import Area

HOUSE_OF_PARTY = (
    "SELECT entry.member_id FROM coordination_party AS party "
    "JOIN coordination_registerentry AS entry ON entry.ref = party.entry_id "
    "WHERE party.ref = party_id"
)


class Agreement(Kept):
    """One version of a memorandum or operating procedure; a new version replaces an older one."""

    guard = Guard(Area.AGREEMENTS)

    title = models.CharField(_("Title"), max_length=200)
    version = models.PositiveIntegerField(_("Version"), default=1)
    kind = CodeField(_("Kind"), codes="agreement_kind")
    text = models.TextField(_("Text"))
    in_force_from = models.DateField(_("In force from"))
    in_force_until = models.DateField(_("In force until"))
    wind_up_days = models.PositiveSmallIntegerField(
        _("Days after its end in which open cases are handed over"),
        default=30,
        validators=[MaxValueValidator(90)],
        help_text=_("0 to 90. Nothing new is shared with its parties in that time."),
    )
    notice_days = models.PositiveIntegerField(_("Days of warning before it ends"), default=90)
    status = CodeField(_("Status"), codes="agreement_status", default="draft")
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("Replaces"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )

    class Meta:
        ordering = ("title", "-version")
        constraints = (
            models.UniqueConstraint(fields=("title", "version"), name="one_agreement_a_version"),
            models.CheckConstraint(
                condition=models.Q(in_force_until__gt=models.F("in_force_from")),
                name="agreement_with_a_term",
                violation_error_message=_("An agreement ends after it begins."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Party(Kept):
    """An organisation that an agreement binds: in which roles, to which classes of data."""

    guard = Guard(Area.AGREEMENTS)

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("Agreement"), on_delete=models.CASCADE, related_name="parties"
    )
    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.PROTECT,
        related_name="bound_by",
    )
    roles = CodesField(_("Roles"), codes="role")
    scopes = CodesField(_("Classes of data"), codes="scope")
    officer = models.CharField(_("Officer responsible"), max_length=200, blank=True, default="")
    # The row by which its accounts may take part, written when the agreement comes into force.
    accounts_agreement = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ("entry__name",)
        constraints = (
            models.UniqueConstraint(fields=("agreement", "entry"), name="a_party_once"),
        )

    def __str__(self) -> str:
        return f"{self.entry}"


class Signature(Kept):
    """A party's signature: by a person of its own here, or on paper through the co-ordinator."""

    guard = Guard(Area.AGREEMENTS, own=HOUSE_OF_PARTY)

    party = models.OneToOneField(
        Party, verbose_name=_("Party"), on_delete=models.CASCADE, related_name="signature"
    )
    signed_by = models.CharField(_("Signed by"), max_length=200)
    signed_on = models.DateField(_("Signed on"))
    how = CodeField(_("How"), codes="signed_how")

    class Meta:
        ordering = ("-signed_on",)

    def __str__(self) -> str:
        return f"{self.party}: {self.signed_by}"
