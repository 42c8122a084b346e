"""The register: who takes part or is asked to, where, in which languages, reached how."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Organisation
from opennrm.coordination.models.fields import CodeField, CodesField, LanguagesField, WordsField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area

# The member of the mechanism that a row about an entry of the register belongs to.
HOUSE_OF_ENTRY = "SELECT member_id FROM coordination_registerentry WHERE ref = entry_id"


class RegisterEntry(Kept):
    """An organisation in the register; a member of the mechanism once it is enrolled.

    The house of a safe place has no address here, in no column: letters go to a box (R47).
    """

    guard = Guard(Area.ORGANISATIONS)

    name = models.CharField(_("Name"), max_length=200, unique=True)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True, default="")
    kind = CodeField(_("Kind"), codes="organisation_kind")
    jurisdiction = models.CharField(_("State"), max_length=16)
    member = models.OneToOneField(
        Organisation,
        verbose_name=_("Enrolled as"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="register_entry",
    )
    roles = CodesField(_("Roles"), codes="role")
    areas = WordsField(_("Areas covered"))
    languages = LanguagesField(_("Languages"))
    is_safe_place = models.BooleanField(_("Has a safe place"), default=False)
    address = models.TextField(_("Address"), blank=True, default="")
    box = models.CharField(_("Post box"), max_length=120, blank=True, default="")
    phone = models.CharField(_("Telephone"), max_length=60, blank=True, default="")
    website = models.CharField(_("Website"), max_length=200, blank=True, default="")
    secure_channel = models.CharField(_("Secure channel"), max_length=200, blank=True, default="")
    complaints = models.CharField(_("Complaints go to"), max_length=200, blank=True, default="")
    opening_hours = models.CharField(_("Opening hours"), max_length=200, blank=True, default="")
    accessibility = models.CharField(_("Accessibility"), max_length=300, blank=True, default="")
    mandate = models.TextField(_("Mandate"), blank=True, default="")
    left_on = models.DateField(_("Left on"), null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_safe_place=False) | models.Q(address=""),
                name="safe_place_without_address",
                violation_error_message=_("A safe place has no address here. Name a post box."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class ContactPoint(Kept):
    """A person or desk of an organisation that others turn to, and for what."""

    guard = Guard(Area.DIRECTORY, own=HOUSE_OF_ENTRY)

    entry = models.ForeignKey(
        RegisterEntry,
        verbose_name=_("Organisation"),
        on_delete=models.CASCADE,
        related_name="contacts",
    )
    purpose = CodeField(_("Turned to for"), codes="contact_purpose")
    name = models.CharField(_("Name"), max_length=200)
    function = models.CharField(_("Function"), max_length=200, blank=True, default="")
    phone = models.CharField(_("Telephone"), max_length=60, blank=True, default="")
    email = models.CharField(_("E-mail"), max_length=200, blank=True, default="")
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    is_public = models.BooleanField(_("Shown to everybody"), default=False)

    class Meta:
        ordering = ("entry__name", "purpose", "name")

    def __str__(self) -> str:
        return self.name
