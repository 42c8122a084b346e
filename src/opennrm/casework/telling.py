"""Tells the organisations that hold a case, each by the reference it knows."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk, Notice
from opennrm.lifecycle.case import AccessRow, Case
from opennrm.vocabulary.roles import Role


def tell_holders(
    case: Case,
    kind: str,
    *,
    roles: Iterable[Role],
    actor: Actor,
    at: datetime,
    compartments: frozenset[str] = frozenset(),
) -> tuple[Notice, ...]:
    """Build one notice for each organisation and role with an open row, the actor's own left out.

    Where compartments are named, only those who hold one of them are told.
    """
    wanted = frozenset(roles)
    first: dict[tuple[object, Role], AccessRow] = {}
    for row in case.access:
        is_told = row.role in wanted and row.organisation != actor.organisation
        reaches = not compartments or row.compartment in compartments
        if is_told and reaches and row.state == "open" and row.is_live(at):
            first.setdefault((row.organisation, row.role), row)
    return tuple(
        Notice(row.organisation, kind, row.offer_fact or row.basis_fact, role=row.role)
        for row in first.values()
    )


def tell_role(role: Role, kind: str, about: UUID, *, case: Case, desk: Desk) -> tuple[Notice, ...]:
    """Build one notice for each organisation that holds a role where the case is."""
    houses = desk.directory.with_role(role, case.jurisdiction or "")
    return tuple(Notice(house, kind, about, role) for house in houses)
