"""Knows what an actor's own live rows reach in a case, and what she may hand on."""

from datetime import datetime

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import may_write, readable
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing
from opennrm.lifecycle.case import AccessRow, Case
from opennrm.vocabulary.roles import Role


def own_rows(case: Case, *, actor: Actor, at: datetime) -> tuple[AccessRow, ...]:
    """List the actor's live rows in a case, offered or open."""
    return tuple(
        row
        for row in case.access
        if row.organisation == actor.organisation
        and row.role in actor.roles
        and row.account in (None, actor.account)
        and row.is_live(at)
    )


def held(case: Case, *, actor: Actor, at: datetime) -> frozenset[str]:
    """Return the compartments that are open to the actor."""
    rows = own_rows(case, actor=actor, at=at)
    return frozenset(row.compartment for row in rows if row.state == "open")


def written(case: Case, *, actor: Actor, at: datetime) -> frozenset[str]:
    """Return the compartments the actor may write."""
    rows = own_rows(case, actor=actor, at=at)
    return frozenset(
        row.compartment for row in rows if row.state == "open" and row.mode == "write"
    )


def open_to_all(case: Case, part: str, *, actor: Actor, at: datetime) -> frozenset[str]:
    """Return a part that anyone who holds something of the case may add to.

    :raises AccessMissing: when nothing of the case is open to the actor.
    """
    if not held(case, actor=actor, at=at):
        raise AccessMissing(found("access_missing"))
    return frozenset({part})


def may_hand_on(case: Case, role: Role, *, actor: Actor, at: datetime) -> frozenset[str]:
    """Return the compartments the actor can open to a role: her own, and new ones it will write.

    A compartment nobody holds yet is begun by the first role that writes it; one that others
    hold is theirs to share, because only a holder can open its key to someone else.
    """
    mine = held(case, actor=actor, at=at)
    taken = frozenset(row.compartment for row in case.access if row.is_live(at))
    return frozenset(
        code
        for code in readable(role)
        if code in mine or (code not in taken and may_write(role, code))
    )
