"""The register of organisations and their contact points."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models import ContactPoint, RegisterEntry
from opennrm.coordination.permissions import Area
from opennrm.web.coordination.columns import by_code, by_one_of, column
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.sheets import Children, Sheet


def house_of_entry(row: Any) -> UUID | None:
    """Return the member of the mechanism that a row about an entry belongs to."""
    house: UUID | None = row.entry.member_id
    return house


CONTACTS = Sheet(
    "contacts",
    Area.DIRECTORY,
    ContactPoint,
    _("Contact point"),
    Listing(
        "contact-points",
        _("Contact points"),
        (
            column("name", _("Name"), order="name", links=True),
            column("entry", _("Organisation"), order="entry__name"),
            column("purpose", _("Turned to for"), order="purpose"),
            column("phone", _("Telephone")),
            column("email", _("E-mail")),
            column("until_on", _("Until"), order="until_on"),
        ),
        (by_code("purpose", _("Turned to for"), "contact_purpose"),),
        ("name", "entry__name", "function"),
        order="name",
        empty=_("No contact point is named yet."),
    ),
    owner=house_of_entry,
    parent="entry",
)

ORGANISATIONS = Sheet(
    "organisations",
    Area.ORGANISATIONS,
    RegisterEntry,
    _("Organisation"),
    Listing(
        "organisations",
        _("Organisations"),
        (
            column("name", _("Name"), order="name", links=True),
            column("kind", _("Kind"), order="kind"),
            column("roles", _("Roles")),
            column("areas", _("Areas covered")),
            column("languages", _("Languages")),
            column("member", _("Enrolled as"), order="member__name"),
        ),
        (
            by_code("kind", _("Kind"), "organisation_kind"),
            by_one_of("roles", _("Role"), "role"),
        ),
        ("name", "short_name", "areas"),
        order="name",
        intro=_("Who takes part in the mechanism, or is asked to: roles, areas, languages."),
        empty=_("No organisation is in the register yet."),
    ),
    children=(Children(CONTACTS, "entry"),),
)
SHEETS = (ORGANISATIONS, CONTACTS)
