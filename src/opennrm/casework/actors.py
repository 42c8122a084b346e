"""Knows who acts: an account, speaking for one organisation, in the roles it holds there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opennrm.vocabulary.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the front door, as the use cases see them."""

    account: UUID
    organisation: UUID
    organisation_kind: str
    roles: frozenset[Role]
    training: frozenset[str]
    agreement_until: date | None
    jurisdiction: str
    language: str = "en"
    is_front_door: bool = False
    lapsed: frozenset[str] = frozenset()
    # When the cases its house holds are closed to it, unless a new agreement binds it.
    bound_until: date | None = None

    def holds_any(self, roles: Iterable[Role]) -> bool:
        """Say whether the actor holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)
