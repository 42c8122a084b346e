"""The register of organisations and their contact points."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models import ContactPoint, RegisterEntry
from opennrm.coordination.permissions import Area
from opennrm.web.coordination.listing import Column, Filter, Listing
from opennrm.web.coordination.said import said
from opennrm.web.coordination.sheets import Children, Sheet
from opennrm.web.forms.fields import listed


def column(name: str, title: Any, *, order: str = "", links: bool = False) -> Column:
    """Make a column that says one field of a row."""
    return Column(name, title, lambda row: said(row, name), order=order, links=links)


def by_code(name: str, title: Any, codes: str) -> Filter:
    """Make a filter by a code of one field."""
    return Filter(name, title, lambda: listed(codes), lambda value: Q(**{name: value}))


def _house_of_contact(contact: Any) -> UUID | None:
    house: UUID | None = contact.entry.member_id
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
    owner=_house_of_contact,
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
            Filter(
                "role",
                _("Role"),
                lambda: listed("role"),
                lambda value: Q(roles__contains=[value]),
            ),
        ),
        ("name", "short_name", "areas"),
        order="name",
        intro=_("Who takes part in the mechanism, or is asked to: roles, areas, languages."),
        empty=_("No organisation is in the register yet."),
    ),
    children=(Children(CONTACTS, "entry"),),
)
SHEETS = (ORGANISATIONS, CONTACTS)
