"""Says which organisations and colleagues can be chosen, and reads back what was chosen."""

from uuid import UUID

from django.utils.translation import gettext

from opennrm.casework.permissions import readable
from opennrm.records import queries
from opennrm.vocabulary import registry
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import CASE_SCOPES
from opennrm.web.forms.act import Place

NOT_A_RECIPIENT = frozenset({Role("IE"), Role("PERSON")})


def recipients(place: Place) -> list[tuple[str, str]]:
    """Return every organisation in each role it can receive a case in."""
    return [
        (f"{organisation.organisation}:{role.value}", f"{organisation.name}: {role_name(role)}")
        for organisation in queries.recipients(place.viewer)
        for role in sorted(organisation.roles - NOT_A_RECIPIENT)
        if len(readable(role)) > 1
    ]


def chosen(value: str) -> tuple[UUID, Role]:
    """Read back an organisation in a role.

    :raises ValueError: when the text is neither.
    """
    organisation, _, role = value.partition(":")
    return UUID(organisation), Role(role)


def role_name(role: Role | str) -> str:
    """Say a role in words."""
    return gettext(registry.label("role", str(role)))


def items_for(role: Role, held: frozenset[str]) -> list[tuple[str, str]]:
    """Return what of a case a role may be given, in plain words, out of what is held here."""
    allowed = readable(role)
    items = []
    for scope in CASE_SCOPES:
        whole = scope.value in held
        if whole and scope.value in allowed:
            items.append((scope.value, item_name(scope.value)))
        elif whole and f"{scope.value}S" in allowed:
            items.append((f"{scope.value}S", item_name(f"{scope.value}S")))
    return items


def item_name(compartment: str) -> str:
    """Say in words what a compartment holds."""
    title = gettext(registry.label("scope", compartment.rstrip("S")))
    if compartment.endswith("S"):
        return gettext("%(part)s: a short summary only") % {"part": title}
    return title
