"""Knows the organisations of the register: who is civil society, where services are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from opennrm.coordination.models import ContactPoint, RegisterEntry, ServiceProvided
from opennrm.vocabulary.assistance import ServiceKind
from opennrm.vocabulary.coordination import GroupTaken

CIVIL_SOCIETY = frozenset({"ngo", "trade_union", "faith_group"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A service that no provider of the directory offers, or that a group is not taken into."""

    service: str
    group: str = ""


def gaps() -> Iterator[Gap]:
    """Yield what is missing in the directory: services nobody offers, groups nobody takes."""
    offered: dict[str, set[str]] = {}
    for one in ServiceProvided.objects.filter(entry__left_on=None):
        offered.setdefault(one.service, set()).update(one.groups)
    for kind in ServiceKind:
        if kind.value not in offered:
            yield Gap(kind.value)
            continue
        for group in GroupTaken:
            if offered[kind.value] and group.value not in offered[kind.value]:
                yield Gap(kind.value, group.value)


def entry_of(organisation: UUID) -> RegisterEntry | None:
    """Find the entry of a member of the mechanism."""
    return RegisterEntry.objects.filter(member_id=organisation).first()


def public_directory(*, using: str = "default") -> list[dict[str, object]]:
    """Describe the providers for everybody: what they do, how to ask, never where a house is."""
    members = RegisterEntry.objects.using(using).filter(left_on=None)
    entries = members.prefetch_related("services", "contacts")
    described = (_described(entry) for entry in entries)
    return [one for one in described if one["services"]]


def _described(entry: RegisterEntry) -> dict[str, object]:
    services = [
        {"service": one.service, "groups": one.groups, "areas": one.areas}
        for one in entry.services.all()
        if one.is_public
    ]
    return {
        "name": entry.name,
        "kind": entry.kind,
        "languages": entry.languages,
        "phone": entry.phone,
        "website": entry.website,
        "opening_hours": entry.opening_hours,
        "accessibility": entry.accessibility,
        "box": entry.box,
        "address": "" if entry.is_safe_place else entry.address,
        "services": services,
        "contacts": [_contact(one) for one in entry.contacts.all() if one.is_public],
    }


def _contact(one: ContactPoint) -> dict[str, str]:
    return {"purpose": one.purpose, "name": one.name, "phone": one.phone, "email": one.email}
