"""Lists whom the services of the viewer's place take, and roles that one house holds together."""

from __future__ import annotations

from opennrm.accounts.models import Organisation
from opennrm.casework.services_taken import ServiceTaken
from opennrm.records.services import services_of
from opennrm.records.sessions import Session


def services_here(viewer: Session) -> tuple[ServiceTaken, ...]:
    """List the services of the viewer's jurisdiction, with whom each leaves out."""
    return services_of(viewer.actor.jurisdiction)


def stated_combinations(viewer: Session) -> tuple[tuple[str, str], ...]:
    """List the organisations that hold roles together which are kept apart, with their word."""
    found = Organisation.objects.filter(jurisdiction=viewer.actor.jurisdiction)
    return tuple(found.exclude(combination="").values_list("name", "combination"))
