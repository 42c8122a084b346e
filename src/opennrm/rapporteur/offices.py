"""Who releases figures in which office, and who may read what another asked to publish (R67)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from uuid import UUID

from opennrm.accounts.models import Account
from opennrm.casework.actors import Actor
from opennrm.rapporteur.releasing import ReleaseRefused
from opennrm.rapporteur.requests import ReleaseRequest
from opennrm.vocabulary.roles import Role

# The release of figures is the Rapporteur's and her statistics officer's (R67; roles reference 2).
RELEASERS = frozenset({Role.NR, Role.SO})


class Reading(Enum):
    """How a release was read before it went out."""

    SECOND_PERSON = "second_person"
    ALONE = "alone"


def may_release(roles: Iterable[Role]) -> bool:
    """Tell whether somebody with these roles decides on a release."""
    return not RELEASERS.isdisjoint(roles)


def needs_clearance(actor: Actor) -> bool:
    """Tell whether the Rapporteur's office must clear what this person asks to publish.

    Nobody clears what the Rapporteur's own office publishes (R67).
    """
    return not _has_rapporteur(actor.organisation)


def others_in(office: UUID, *, than: UUID) -> int:
    """Count the other people of an office who may read a release."""
    return (
        Account.objects.filter(
            organisation=office, is_active=True, memberships__role__in=_codes(RELEASERS)
        )
        .exclude(ref=than)
        .distinct()
        .count()
    )


def reading_by(actor: Actor, asked: ReleaseRequest) -> Reading:
    """Find in which way this person may read a request.

    :raises ReleaseRefused: when she may not; the message says who may.
    """
    if not may_release(actor.roles):
        raise ReleaseRefused("Figures are read by the Rapporteur's office. Ask somebody there.")
    if asked.needs_clearance:
        return _cleared_by(actor)
    if actor.organisation != asked.office:
        raise ReleaseRefused(
            "Figures of the Rapporteur's office are read by a second person of that office. "
            "Nobody else clears them."
        )
    if actor.account != asked.asked_by:
        return Reading.SECOND_PERSON
    if others_in(asked.office, than=asked.asked_by):
        raise ReleaseRefused(
            "You asked for this release yourself. Let a second person of your office read it."
        )
    return Reading.ALONE


def _cleared_by(actor: Actor) -> Reading:
    if not _has_rapporteur(actor.organisation):
        raise ReleaseRefused(
            "This release was asked for outside the Rapporteur's office. It is cleared there; "
            "wait for her answer."
        )
    return Reading.SECOND_PERSON


def _has_rapporteur(office: UUID) -> bool:
    return Account.objects.filter(
        organisation=office, is_active=True, memberships__role=Role.NR.value
    ).exists()


def _codes(roles: Iterable[Role]) -> list[str]:
    return [role.value for role in roles]
