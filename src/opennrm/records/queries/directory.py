"""Lists organisations and the people who hold their roles; it opens no case."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from opennrm.accounts.models import Account, Membership
from opennrm.casework import ports
from opennrm.records.desk import described, with_agreements
from opennrm.records.sessions import Session
from opennrm.vocabulary.roles import Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person who signs in for an organisation."""

    account: UUID
    name: str
    organisation: UUID
    organisation_name: str
    roles: tuple[str, ...]


def organisations(viewer: Session) -> list[ports.Organisation]:
    """List every organisation of the mechanism, by name."""
    del viewer
    return [described(one) for one in with_agreements()]


def recipients(viewer: Session, role: str | None = None) -> list[ports.Organisation]:
    """List the organisations a case may be offered to: never enforcement.

    The own organisation is among them where it acts in roles the viewer does not hold: a case is
    handed to the colleague next door like to anybody else.
    """
    wanted = frozenset(Role) if role is None else frozenset({Role(role)})
    return [
        one
        for one in organisations(viewer)
        if not one.is_enforcement and wanted & _roles_to_offer(one, viewer)
    ]


def _roles_to_offer(one: ports.Organisation, viewer: Session) -> frozenset[Role]:
    is_own = one.organisation == viewer.actor.organisation
    return one.roles - viewer.actor.roles if is_own else one.roles


def colleagues(
    viewer: Session, organisation: UUID | None = None, role: str | None = None
) -> list[Colleague]:
    """List people by organisation and role; without an organisation, everyone."""
    del viewer
    found = Account.objects.filter(is_active=True, is_front_door=False)
    if organisation is not None:
        found = found.filter(organisation_id=organisation)
    if role is not None:
        found = found.filter(memberships__role=role)
    held = Membership.objects.filter(account=OuterRef("pk")).order_by("pk").values("role")
    columns = ("ref", "display_name", "organisation_id", "organisation__name", "held")
    return [
        Colleague(ref, name, house, house_name, tuple(roles))
        for ref, name, house, house_name, roles in found.annotate(held=ArraySubquery(held))
        .order_by("organisation__name", "display_name")
        .values_list(*columns)
    ]
