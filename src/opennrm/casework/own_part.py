"""Chooses where a fact goes that anyone on the case may tell: the part, or its extract."""

from datetime import date, datetime

from opennrm.casework.actors import Actor
from opennrm.casework.reach import held
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, EntryMalformed
from opennrm.lifecycle.case import Case


def own_part(case: Case, scope: str, *, actor: Actor, at: datetime) -> frozenset[str]:
    """Return where the actor's word goes, so that she can see it herself where she may.

    Whoever holds the extract only writes there; who holds neither leaves it with the others.

    :raises AccessMissing: when nothing of the case is open to the actor.
    """
    mine = held(case, actor=actor, at=at)
    if not mine:
        raise AccessMissing(found("access_missing"))
    extract = f"{scope}S"
    return frozenset({extract if scope not in mine and extract in mine else scope})


def require_past(day: date, field: str, *, on: date) -> None:
    """Refuse a day ahead of today for something that is said to have happened.

    :raises EntryMalformed: when the day has not come.
    """
    if day > on:
        raise EntryMalformed(found("day_ahead"), field)
