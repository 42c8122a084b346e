"""What a second opinion on a removal or return is about, and who hears that it may not happen."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Notice
from opennrm.casework.reasons import found
from opennrm.casework.refusals import EntryMalformed, MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.removing import let_out, waiting
from opennrm.lifecycle.returning import open_return
from opennrm.vocabulary.holds import HeldAct
from opennrm.vocabulary.roles import Role

NOWHERE = frozenset({"unknown", "stateless"})
LETS_OUT = (Role.MI,)


def open_proposals(case: Case) -> tuple[Fact, ...]:
    """Return the return that is proposed and open, where there is one."""
    opened = open_return(case)
    return (opened.proposal,) if opened else ()


def proposals_and_tasks(case: Case) -> tuple[Fact, ...]:
    """Return the return that is open, and the removals and transfers that wait."""
    return (*open_proposals(case), *waiting(case))


# What an opinion on these acts is about; it carries nothing else (R21, R63).
BOUND_TO: Mapping[str, Callable[[Case], tuple[Fact, ...]]] = {
    HeldAct.RETURN_AUTHORISED: open_proposals,
    HeldAct.RETURN_WITH_OPEN_REMEDIES: proposals_and_tasks,
    HeldAct.REMOVAL_OF_MARKED_PERSON: waiting,
}


def require_bound(case: Case, act: str, about: UUID | None) -> None:
    """Refuse to ask for an opinion on a removal or return that names none that is open.

    :raises EntryMalformed: when it names none.
    :raises MoveRefused: when what it names is not in the case, or is over.
    """
    if act not in BOUND_TO:
        return
    if about is None:
        raise EntryMalformed(found("about_needed"), "about")
    root = case.roots.get(about)
    if root is None or root not in {case.roots[one.fact_ref] for one in BOUND_TO[act](case)}:
        raise MoveRefused(found("about_not_open"))


def require_country(country: str | None) -> None:
    """Refuse to send anybody to a country that nobody can name, and so nobody can assess (R61).

    :raises MoveRefused: when the country is unknown, or none.
    """
    if country in NOWHERE:
        raise MoveRefused(found("country_not_known", "R61"))


def told_of_fallen(case: Case, *, actor: Actor, at: datetime) -> tuple[Notice, ...]:
    """Tell who may let a removal out that what was let out may not happen now (R26, R64)."""
    if not let_out(case):
        return ()
    return tell_holders(case, "removal_not_allowed", roles=LETS_OUT, actor=actor, at=at)
