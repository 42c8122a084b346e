"""Asks for the second person of a no: named, not the one who decides, and told of it (R23)."""

from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk, Notice
from opennrm.casework.reasons import found
from opennrm.casework.refusals import SecondPersonNeeded
from opennrm.vocabulary.roles import Role

AT_HOME = (Role.CA, Role.RP)
ELSEWHERE = (Role.RP,)
NAMED = "second_reader_named"


def require_second_reader(
    reader: UUID | None, house: UUID, *, actor: Actor, desk: Desk
) -> tuple[Role, ...]:
    """Refuse a no that only one person has looked at; answer with the roles the other holds.

    She decides or reviews cases in the house of the one who decides, or reviews them in a panel
    of the same jurisdiction.

    :raises SecondPersonNeeded: when nobody else is named, or not one who may be.
    """
    if reader is None or reader == actor.account:
        raise SecondPersonNeeded(found("second_reader_needed", "R23"))
    wanted = roles_at(house, actor=actor, desk=desk)
    roles = tuple(role for role in wanted if reader in desk.directory.holders(house, role))
    if not roles:
        raise SecondPersonNeeded(found("second_reader_unknown", "R23"))
    return roles


def roles_at(house: UUID, *, actor: Actor, desk: Desk) -> tuple[Role, ...]:
    """List the roles that may read second in a house; none where another State's law holds."""
    if house == actor.organisation:
        return AT_HOME
    other = desk.directory.organisation(house)
    return ELSEWHERE if other and other.jurisdiction == actor.jurisdiction else ()


def notice_to_reader(
    decision: UUID, reader: UUID | None, house: UUID, *, actor: Actor, desk: Desk
) -> Notice:
    """Tell the house of the second reader that one of its people was named for a decision."""
    roles = require_second_reader(reader, house, actor=actor, desk=desk)
    return Notice(house, NAMED, decision, role=roles[0])
