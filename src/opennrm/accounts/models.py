"""The organisations of the mechanism, their agreements, and the people who sign in for them.

The application role may read these tables and change nothing in them but the moment of the last
sign-in: who belongs where decides who may open a case, so it is written by the owner role only.
"""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Organisation(models.Model):
    """A member of the mechanism, or one that may only deposit (immigration enforcement)."""

    ref = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=64)
    jurisdiction = models.CharField(max_length=16)
    roles = ArrayField(models.CharField(max_length=4))
    is_enforcement = models.BooleanField(default=False)
    receives_public = models.BooleanField(default=False)
    combination = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """The signed agreement without which no organisation starts a case or receives one."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements"
    )
    title = models.CharField(max_length=200)
    in_force_from = models.DateField()
    in_force_until = models.DateField()
    # For how long after its end the house goes on with the cases it holds (decision 0082).
    wind_up_days = models.PositiveSmallIntegerField(db_default=30)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(wind_up_days__lte=90), name="agreement_wound_up_in_time"
            ),
            models.CheckConstraint(
                condition=models.Q(in_force_until__gt=models.F("in_force_from")),
                name="agreement_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.title}"


class ServiceTaken(models.Model):
    """Whom a service of an organisation takes: the groups it leaves out, and who agreed to it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="services"
    )
    service = models.CharField(max_length=64)
    leaves_out_forms = ArrayField(models.CharField(max_length=64), default=list)
    leaves_out_sexes = ArrayField(models.CharField(max_length=64), default=list)
    agreed_by = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "service"), name="one_word_on_a_service"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.service}"


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find the account that signs in under this name, whatever the case of its letters."""
        return self.get(sign_in_name__iexact=username)


class Account(AbstractBaseUser):
    """A person who signs in; her passphrase opens keys, so no one else can reset it for her."""

    ref = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sign_in_name = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="accounts"
    )
    language = models.CharField(max_length=16, default="en")
    is_active = models.BooleanField(default=True)
    is_front_door = models.BooleanField(default=False)
    # An officer invites members, gives roles and, with a second one, lets a member in again.
    is_officer = models.BooleanField(default=False)
    # Invented for the demonstration, with a known passphrase; set by the owner role only.
    is_invented = models.BooleanField(default=False)

    USERNAME_FIELD = "sign_in_name"
    REQUIRED_FIELDS = ["display_name"]

    objects = AccountManager()

    def __str__(self) -> str:
        return self.display_name


class Membership(models.Model):
    """A role an account holds in its organisation."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=4)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "role"), name="one_membership_a_role"),
        )

    def __str__(self) -> str:
        return f"{self.account}: {self.role}"


class TrainingTag(models.Model):
    """A training an account has completed, valid until a day."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="training")
    tag = models.CharField(max_length=64)
    valid_until = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "tag"), name="one_tag_an_account"),
        )

    def __str__(self) -> str:
        return f"{self.account}: {self.tag}"
