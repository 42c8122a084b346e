"""The use case of erasing a record: a second person does what another one proposed (R50)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.telling import tell_role
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.retention import proposal_in_force, retention_situation
from opennrm.vocabulary.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordErased:
    """The day on which a record is erased."""

    erased_on: date


def erase_record(
    *,
    case_ref: UUID,
    erasing: RecordErased,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Erase a record for good: what identifies is destroyed, the row in the figures stays.

    Every fact goes blank, keys and search entries are destroyed, and nobody holds the case any
    more. The data-protection officers of the place are told.

    :raises RuleBroken: when the case is open, its time is not over, or it is on hold (R50).
    :raises MoveRefused: when nobody proposed it, or the actor did so herself.
    """
    require("erase_record", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_rule("R50", retention_situation(case, is_erasing=True), erasing.erased_on)
    proposal = _proposed_by_another(case, actor)
    within = written(case, actor=actor, at=at)
    also = {"proposal": proposal.fact_ref}
    fact = new_fact("record_erased", erasing, within=within, basis="own_record", also=also)
    told = tell_role(Role.DP, "record_erased", fact.fact_ref, case=case, desk=desk)
    change = Change(facts=(fact,), notices=told, erases=True, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("erase_record", actor.account, at))
    return fact.fact_ref


def _proposed_by_another(case: Case, actor: Actor) -> Fact:
    proposal = proposal_in_force(case)
    if proposal is None:
        raise MoveRefused(found("erasure_not_proposed"))
    if proposal.actor == actor.account:
        raise MoveRefused(found("erasure_needs_another"))
    return proposal
