"""Grants and payments of services, and the page that says how long the money lasts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from opennrm.coordination.models import Grant, GrantPayment
from opennrm.coordination.money import Cover, covers, rest_promised
from opennrm.coordination.permissions import Area
from opennrm.lifecycle.calendars import local_day
from opennrm.records.queries.gaps import own_recovery_ends
from opennrm.web import money, words
from opennrm.web.coordination.columns import NOTHING_YET, by_code, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.register import house_of_entry
from opennrm.web.coordination.sheets import Children, Sheet, SheetForm
from opennrm.web.work import WorkRequest


class PaymentForm(SheetForm):
    """Asks what was paid, in the currency of the grant."""

    def currency(self) -> str:
        """Return the currency of the grant."""
        typed = self.cleaned_data.get("grant") if hasattr(self, "cleaned_data") else None
        return str(typed.currency if typed else self.instance.currency)


def _house_of_grant(row: Any) -> UUID | None:
    return house_of_entry(row.service)


def _house_of_payment(row: Any) -> UUID | None:
    return _house_of_grant(row.grant)


PAYMENTS = Sheet(
    "grant-payments",
    Area.DIRECTORY,
    GrantPayment,
    _("Payment"),
    Listing(
        "grant-payments",
        _("Payments of grants"),
        columns(GrantPayment, "paid_on", "grant", "amount"),
        order="paid_on",
        empty=NOTHING_YET,
    ),
    form=PaymentForm,
    owner=_house_of_payment,
    parent="grant",
)
GRANTS = Sheet(
    "grants",
    Area.DIRECTORY,
    Grant,
    _("Grant"),
    Listing(
        "grants",
        _("Grants to services"),
        columns(
            Grant, "service", "source", "donor", "amount", "cost_a_day", "from_on", "until_on"
        ),
        (by_code("source", _("Source"), "money_source"),),
        ("donor", "service__entry__name"),
        order="service",
        intro=_("Money promised to services. How long it lasts stands on its own page."),
        empty=NOTHING_YET,
    ),
    owner=_house_of_grant,
    parent="service",
    children=(Children(PAYMENTS, "grant"),),
)
SHEETS = (GRANTS, PAYMENTS)


@require_GET
@within(Area.DIRECTORY)
def page(request: WorkRequest) -> HttpResponse:
    """Show how long the money of each service lasts, and where rest outlives it."""
    place = request.work.actor.jurisdiction
    today = local_day(place, request.at)
    ends = own_recovery_ends(request.work)
    found = covers(on=today, jurisdiction=place, recovery_ends=ends)
    shown = {"covers": [_said(one) for one in found], "promised": rest_promised(place, today)}
    return render(request, "coordination/money.html", shown)


def _said(one: Cover) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": words.label(one.kind, "service_kind"),
        "granted": money.said(one.granted, one.currency),
        "paid": money.said(one.paid, one.currency),
        "cost_a_day": money.said(one.cost_a_day, one.currency),
        "days_left": one.days_left,
        "until": one.until,
        "outlived_by": one.outlived_by,
    }


def addresses() -> list[URLPattern]:
    """List the addresses of these pages."""
    return [path("coordination/money-lasts/", page, name="money_lasts")]
