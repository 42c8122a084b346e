"""Use case of corrections: a new fact that names the one it replaces."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.age import require_doubt_given
from opennrm.casework.permissions import PERMISSIONS, require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import held, written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, PermissionMissing, RuleBroken
from opennrm.casework.signs import require_no_profiling, texts
from opennrm.casework.writing import formed
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.compartments import Compartment
from opennrm.lifecycle.facts import Fact, OpenValue

# What is put right by writing it over, and the use case whose roles may do so. What a rule or a
# table of moves was asked for (statements, steps, hearings, claims, services, status) is recorded
# anew instead, so that it is asked again.
CORRECTABLE: Mapping[str, str] = {
    "contact_recorded": "record_contact",
    "help_asked": "ask_for_help",
    "person_described": "describe_person",
    "safe_contact_noted": "note_safe_contact",
    "account_noted": "note_account",
    "needs_assessed": "assess_needs",
    "risk_assessed": "assess_risk",
    "breach_observed": "observe_breach",
    "breach_described": "observe_breach",
    "outcome_recorded": "record_outcome",
    "payment_received": "record_payment",
    "assets_recorded": "record_assets",
}
KEPT = frozenset({"jurisdiction", "reporting_entity", "age_status"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The fact to be replaced and its new content, whole."""

    fact: UUID
    open: Mapping[str, OpenValue]
    sealed: Mapping[str, str] = field(default_factory=dict)


def correct_fact(
    *,
    case_ref: UUID,
    correction: Correction,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Replace a fact by a new one of the same kind in the same compartment.

    Jurisdiction, reporting entity and age status stay as they were: periods and protection
    hang on them.

    :raises AccessMissing: when the fact is not open to the actor, not for writing, or of another
        organisation.
    :raises PermissionMissing: when the actor's role does not record such facts.
    :raises RuleBroken: when facts of its kind are answered by new steps, not written over, or
        when it would make an adult of someone treated as a child (R31), or a sign of a trait
        (R20).
    :raises EntryMalformed: when the new content has not the form of its kind.
    """
    require("correct_fact", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    old = correctable(case, correction.fact, actor=actor, at=at)
    opened = kept_open(old, correction.open)
    today = local_day(case.jurisdiction, at)
    require_doubt_given(case, opened, on=today, replaced=old.open)
    require_no_profiling(texts(opened, "signs"), on=today)
    fact = formed(
        old.kind,
        opened,
        correction.sealed,
        basis=old.basis,
        corrects=correction.fact,
        extract=Compartment.parse(old.compartment).extract,
    )
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("correct_fact", actor.account, at))
    return fact.fact_ref


def kept_open(old: Fact, typed: Mapping[str, OpenValue]) -> Mapping[str, OpenValue]:
    """Return the new content with what a correction may not change taken from the old fact."""
    changed = {name: value for name, value in typed.items() if name not in KEPT}
    return changed | {name: value for name, value in old.open.items() if name in KEPT}


def correctable(case: Case, fact: UUID, *, actor: Actor, at: datetime) -> Fact:
    """Find a fact that the actor may see, write and correct.

    :raises AccessMissing: when it is not open to her, or not for writing.
    :raises RuleBroken: when facts of its kind are answered by new steps, not written over.
    """
    old = case.fact(fact)
    if old is None or old.compartment not in held(case, actor=actor, at=at):
        raise AccessMissing(found("fact_not_open"))
    if old.kind not in CORRECTABLE:
        raise RuleBroken(found("kind_not_corrected"))
    if old.compartment not in written(case, actor=actor, at=at):
        raise AccessMissing(found("compartment_not_open"))
    require_own(old, actor=actor)
    return old


def require_own(old: Fact, *, actor: Actor) -> None:
    """Refuse to write over what another organisation said, or in a role that does not say it.

    :raises AccessMissing: when another organisation recorded it.
    :raises PermissionMissing: when the actor's role does not record such facts.
    """
    if old.organisation != actor.organisation:
        raise AccessMissing(found("fact_of_another"))
    roles = PERMISSIONS[CORRECTABLE[old.kind]].roles
    if roles and not actor.holds_any(roles):
        raise PermissionMissing(found("role_not_allowed"))
