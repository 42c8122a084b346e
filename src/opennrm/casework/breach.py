"""Use case of breaches: what happened against the rules can always be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import held
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import formed, new_fact
from opennrm.lifecycle.facts import NewFact
from opennrm.vocabulary.roles import Role

MUST_ACT = (Role.CM, Role.LA, Role.GU, Role.CP, Role.DP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What happened, when, and which rule it broke."""

    breach: str
    observed_on: date
    rule: str | None = None
    description: str = ""


def observe_breach(
    *,
    case_ref: UUID,
    breach: Breach,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a breach, by any holder of any open row, on a closed case too.

    Rules stop our acts, never the recording of what happened; those who must act are told.
    Source: rights rules, introduction.

    :raises AccessMissing: when nothing of the case is open to the actor yet.
    """
    require("observe_breach", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if not held(case, actor=actor, at=at):
        raise AccessMissing(found("access_missing"))
    facts = breach_facts(breach)
    told = tell_holders(case, "breach_observed", roles=MUST_ACT, actor=actor, at=at)
    change = Change(facts=facts, notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("observe_breach", actor.account, at))
    return facts[0].fact_ref


def breach_facts(breach: Breach) -> tuple[NewFact, ...]:
    """Build the facts of a breach: what it was, and beside it, sealed, how it happened."""
    everywhere = frozenset({"D1", "D8"})
    seen = new_fact("breach_observed", breach, within=everywhere, basis="own_record")
    if not breach.description:
        return (seen,)
    told = formed(
        "breach_described",
        {"breach": str(seen.fact_ref)},
        {"text": breach.description},
        basis="own_record",
    )
    return (seen, told)
