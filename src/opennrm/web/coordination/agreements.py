"""Agreements, the parties they bind and their signatures; the directory of providers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opennrm.coordination import agreements
from opennrm.coordination.directory import with_free_places
from opennrm.coordination.models import (
    Agreement,
    Party,
    ServiceProvided,
    Signature,
    StandardsCheck,
)
from opennrm.coordination.permissions import Area, May, may
from opennrm.lifecycle.calendars import local_day
from opennrm.web.coordination.columns import NOTHING_YET, by_code, column, columns
from opennrm.web.coordination.listing import Column, Listing
from opennrm.web.coordination.register import house_of_entry
from opennrm.web.coordination.sheets import Children, Sheet, SheetForm, everything
from opennrm.web.coordination.steps import Step, Taken
from opennrm.web.work import WorkRequest


class SignatureForm(SheetForm):
    """Asks who signed when; only an agreement open for signature can be signed."""

    def prepare(self) -> None:
        """Offer the parties of agreements that are open for signature and lack it."""
        waiting = Party.objects.filter(agreement__status="open")
        if self.instance._state.adding:
            waiting = waiting.filter(signature=None)
        if not may(self.request.work.actor, Area.AGREEMENTS, May.WRITE):
            waiting = waiting.filter(entry__member_id=self.request.work.actor.organisation)
        chosen: Any = self.fields["party"]
        chosen.queryset = waiting.select_related("entry")


class PartyForm(SheetForm):
    """Asks whom an agreement binds, while it is a draft."""

    def prepare(self) -> None:
        """Offer the agreements that are drafts."""
        chosen: Any = self.fields["agreement"]
        chosen.queryset = Agreement.objects.filter(status="draft")


def _house_of_party(signature: Any) -> UUID | None:
    return house_of_entry(signature.party)


def _decides(request: WorkRequest) -> bool:
    return may(request.work.actor, Area.AGREEMENTS, May.DECIDE)


def _offers(status: str) -> Any:
    return lambda row, request: row.status == status and _decides(request)


def _open(taken: Taken) -> None:
    agreements.open_for_signature(taken.row, why=taken.why)


def _bring(taken: Taken) -> None:
    agreements.bring_into_force(taken.row, why=taken.why)


def _end(taken: Taken) -> None:
    agreements.end_agreement(taken.row, last_day=taken.day, why=taken.why)


def _close(taken: Taken) -> None:
    agreements.close_cases(taken.row, why=taken.why)


def _still_winding_up(row: Any, request: WorkRequest) -> bool:
    return row.status == "ended" and row.wind_up_days > 0 and _decides(request)


STEPS = (
    Step(
        "open",
        _("Open for signature"),
        _("Its text and its parties stay as they are from then on."),
        _offers("draft"),
        _open,
        _("The parties can sign now."),
    ),
    Step(
        "bring-into-force",
        _("Bring into force"),
        _("From its first day its parties may start cases and receive them."),
        _offers("open"),
        _bring,
        _("The agreement is in force."),
    ),
    Step(
        "end",
        _("End this agreement"),
        _(
            "After the day you name its parties start no new case and receive none. They hand over"
            " the cases they hold in the days it says; then these close. Who houses or treats a"
            " person reads her safety sheet for 90 days more."
        ),
        _offers("in_force"),
        _end,
        _("The agreement ends."),
        asks_day=True,
    ),
    Step(
        "close-cases",
        _("Close the cases its parties hold"),
        _(
            "Once it has ended nothing but safety sheets stays open to them, unless another"
            " agreement binds them. See first that somebody else cares for each person."
        ),
        _still_winding_up,
        _close,
        _("The cases are closed to its parties."),
    ),
)

SIGNATURES = Sheet(
    "signatures",
    Area.AGREEMENTS,
    Signature,
    _("Signature"),
    Listing(
        "signatures",
        _("Signatures"),
        columns(Signature, "signed_by", "party", "signed_on", "how"),
        order="signed_on",
        empty=_("Nobody has signed yet."),
    ),
    form=SignatureForm,
    owner=_house_of_party,
    parent="party",
    is_listed=False,
    may_change=lambda row: row.party.agreement.status == "open",
)
PARTIES = Sheet(
    "parties",
    Area.AGREEMENTS,
    Party,
    _("Party"),
    Listing(
        "parties",
        _("Parties"),
        columns(Party, "entry", "agreement", "roles", "scopes", "officer"),
        order="entry",
        empty=_("This binds nobody yet."),
    ),
    form=PartyForm,
    parent="agreement",
    children=(Children(SIGNATURES, "party"),),
    is_listed=False,
    may_change=lambda row: row.agreement.status == "draft",
)


def _warnings(row: Any, request: WorkRequest) -> dict[str, Any]:
    today = local_day(request.work.actor.jurisdiction, request.at)
    waiting = agreements.waiting_to_sign(row) if row.status == "open" else ()
    return {"waiting": waiting, "ends_soon": row in agreements.ending_soon(today)}


AGREEMENTS = Sheet(
    "agreements",
    Area.AGREEMENTS,
    Agreement,
    _("Agreement"),
    Listing(
        "agreements",
        _("Agreements and procedures"),
        columns(
            Agreement, "title", "version", "kind", "status", "in_force_from", "in_force_until"
        ),
        (
            by_code("status", _("Status"), "agreement_status"),
            by_code("kind", _("Kind"), "agreement_kind"),
        ),
        ("title", "text", "parties__entry__name"),
        order="title",
        intro=_("What binds the organisations of the mechanism: in which roles, to which data."),
        empty=NOTHING_YET,
    ),
    fields=(
        "title",
        "version",
        "kind",
        "text",
        "in_force_from",
        "in_force_until",
        "wind_up_days",
        "notice_days",
        "replaces",
    ),
    shown_fields=(
        "status",
        "kind",
        "version",
        "in_force_from",
        "in_force_until",
        "wind_up_days",
        "notice_days",
        "replaces",
        "text",
    ),
    more=_warnings,
    children=(Children(PARTIES, "agreement"),),
    template="coordination/agreement.html",
    steps=STEPS,
    may_change=lambda row: row.status == "draft",
)
SERVICES = Sheet(
    "services",
    Area.DIRECTORY,
    ServiceProvided,
    _("Service"),
    Listing(
        "directory",
        _("Directory of services"),
        (
            column("service", _("Service"), order="service", links=True),
            column("entry", _("Organisation"), order="entry__name"),
            column("groups", _("Takes")),
            column("areas", _("Areas covered")),
            column("places", _("Places"), order="places"),
            Column(
                "free",
                _("Places free"),
                lambda row: "" if row.free is None else row.free,
                order="free",
            ),
            column("counted_on", _("Places counted on"), order="counted_on"),
        ),
        (by_code("service", _("Service"), "service_kind"),),
        ("entry__name", "areas"),
        order="service",
        intro=_("Who offers what to whom, with how many places. No address of a safe place."),
        empty=NOTHING_YET,
    ),
    rows=lambda sheet, request: with_free_places(everything(sheet, request)),
    owner=house_of_entry,
    parent="entry",
)
CHECKS = Sheet(
    "standards-checks",
    Area.DIRECTORY,
    StandardsCheck,
    _("Check against a standard"),
    Listing(
        "standards-checks",
        _("Checks against standards"),
        columns(
            StandardsCheck, "standard", "entry", "checked_on", "checked_by", "result", "next_on"
        ),
        (by_code("result", _("Result"), "check_result"),),
        ("entry__name", "standard"),
        order="checked_on",
        empty=NOTHING_YET,
    ),
    parent="entry",
)
SHEETS = (AGREEMENTS, PARTIES, SIGNATURES, SERVICES, CHECKS)
