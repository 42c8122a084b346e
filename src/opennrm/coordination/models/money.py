"""Money for services: what was granted to a provider, and what was paid of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.directory import ServiceProvided
from opennrm.coordination.models.fields import CodeField, MoneyField
from opennrm.coordination.models.kept import Guard, Kept
from opennrm.coordination.permissions import Area

HOUSE_OF_SERVICE = (
    "SELECT entry.member_id FROM coordination_serviceprovided AS kept "
    "JOIN coordination_registerentry AS entry ON entry.ref = kept.entry_id "
    "WHERE kept.ref = service_id"
)
HOUSE_OF_GRANT = (
    "SELECT entry.member_id FROM coordination_grant AS given "
    "JOIN coordination_serviceprovided AS kept ON kept.ref = given.service_id "
    "JOIN coordination_registerentry AS entry ON entry.ref = kept.entry_id "
    "WHERE given.ref = grant_id"
)


class Grant(Kept):
    """Money promised to a service for a time, and what a day of that service costs."""

    guard = Guard(Area.DIRECTORY, own=HOUSE_OF_SERVICE)

    service = models.ForeignKey(
        ServiceProvided,
        verbose_name=_("Service"),
        on_delete=models.PROTECT,
        related_name="grants",
    )
    source = CodeField(_("Source"), codes="money_source")
    donor = models.CharField(_("Donor"), max_length=120, blank=True, default="")
    currency = models.CharField(_("Currency"), max_length=3)
    amount = MoneyField(_("Granted"))
    cost_a_day = MoneyField(_("What a day of the service costs"))
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"))

    class Meta:
        ordering = ("service", "from_on")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")),
                name="grant_with_a_term",
                violation_error_message=_("A grant ends after it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0, cost_a_day__gt=0),
                name="grant_with_a_cost",
                violation_error_message=_("A day of the service costs more than nothing."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.service}: {self.donor or self.source}"


class GrantPayment(Kept):
    """A part of a grant that was paid."""

    guard = Guard(Area.DIRECTORY, own=HOUSE_OF_GRANT)

    grant = models.ForeignKey(
        Grant, verbose_name=_("Grant"), on_delete=models.PROTECT, related_name="payments"
    )
    paid_on = models.DateField(_("Paid on"))
    amount = MoneyField(_("Paid"))

    class Meta:
        ordering = ("grant", "paid_on")
        constraints = (
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_of_something"),
        )

    def __str__(self) -> str:
        return f"{self.grant}: {self.paid_on}"

    @property
    def currency(self) -> str:
        """Return the currency of its grant, in which it is typed and said."""
        return self.grant.currency if self.grant_id else ""
