"""Use case of authorising a return: the act before which all rules on return stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.holding import carried_out
from opennrm.casework.overrides import refusal_of
from opennrm.casework.own_part import own_part
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused, PermissionMissing
from opennrm.casework.removal_questions import require_country
from opennrm.casework.return_of_child import require_for_child
from opennrm.casework.return_questions import (
    assessment_situation,
    choice_situation,
    hold_for,
    outcome_situation,
    remedies_situation,
    removal_situation,
    sign_situation,
)
from opennrm.casework.safe_return import require_open
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.returning import Return
from opennrm.rights.jurisdictions import Presets
from opennrm.vocabulary.holds import HeldAct
from opennrm.vocabulary.roles import Role

SAFETY = "D8"
MUST_HEAR = (Role.CM, Role.LA, Role.GU, Role.CP, Role.TF, Role.MI)
Question = tuple[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAuthorisation:
    """That the return that is open may happen, and on which second opinions."""

    hold: UUID | None = None
    remedies_hold: UUID | None = None


def authorise_return(
    *,
    case_ref: UUID,
    authorisation: ReturnAuthorisation,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Authorise the return that is open, by the focal point or the migration authority.

    A return ordered by an authority is authorised by the migration authority alone, and never
    on one person's word.

    :raises RuleBroken: when a rule on return stands against it (R26, R34, R61, R62, R64).
    :raises HoldStands: while signs or open remedies wait for a second person (R21, R63).
    :raises MoveRefused: when no return is open, or it was authorised before.
    """
    require("authorise_return", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    opened = require_open(case)
    require_may_authorise(opened, actor=actor)
    require_country(opened.proposal.text("country"))
    on = local_day(case.jurisdiction, at)
    presets = desk.presets(case.jurisdiction or actor.jurisdiction)
    require_for_child(case, "return", presets, on=on)
    authorisation = with_holds(case, opened, authorisation, by=actor.account)
    questions = return_questions(case, opened, authorisation, presets, actor=actor, on=on)
    for rule, situation in questions:
        require_rule(rule, situation, on, refusal=refusal_of(rule))
    also = {
        "answers": opened.proposal.fact_ref,
        "comes_about": opened.comes_about,
        "authorised_on": on,
    }
    within = own_part(case, SAFETY, actor=actor, at=at)
    fact = new_fact(
        "return_authorised", authorisation, within=within, basis="public_task", also=also
    )
    used = (*carried_out(authorisation.hold), *carried_out(authorisation.remedies_hold))
    told = tell_holders(case, fact.kind, roles=MUST_HEAR, actor=actor, at=at)
    change = Change(facts=(fact, *used), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("authorise_return", actor.account, at))
    return fact.fact_ref


def with_holds(
    case: Case, opened: Return, authorisation: ReturnAuthorisation, *, by: UUID
) -> ReturnAuthorisation:
    """Add the second opinions that were given on this return, where none is named."""
    about = opened.proposal.fact_ref
    forced, remedies = HeldAct.RETURN_AUTHORISED, HeldAct.RETURN_WITH_OPEN_REMEDIES
    found_hold = authorisation.hold or hold_for(case, forced, about=about, by=by)
    found_other = authorisation.remedies_hold or hold_for(case, remedies, about=about, by=by)
    return replace(authorisation, hold=found_hold, remedies_hold=found_other)


def return_questions(
    case: Case,
    opened: Return,
    authorisation: ReturnAuthorisation,
    presets: Presets,
    *,
    actor: Actor,
    on: date,
) -> Iterator[Question]:
    """List the rules that stand before a return, each with what it looks at."""
    removers = frozenset({actor.organisation})
    if opened.is_forced:
        removers |= {opened.proposal.organisation}
        yield "R26", removal_situation(case, on=on)
        yield "R21", forced_situation(case, opened, authorisation, by=actor.account)
    yield "R61", assessment_situation(opened.assessment, removers=removers)
    yield "R64", outcome_situation(opened.assessment)
    yield "R62", choice_situation(case, opened, presets)
    hold = authorisation.remedies_hold
    about, by = opened.proposal.fact_ref, actor.account
    yield "R63", remedies_situation(case, opened, hold, about=about, by=by, on=on)


def forced_situation(
    case: Case, opened: Return, authorisation: ReturnAuthorisation, *, by: UUID
) -> object:
    """Say what a second person of another house said of this forced return (R21)."""
    act = HeldAct.RETURN_AUTHORISED
    return sign_situation(case, authorisation.hold, act=act, by=by, about=opened.proposal.fact_ref)


def require_may_authorise(opened: Return, *, actor: Actor) -> None:
    """Refuse a forced return by another role than the migration authority, and a second time.

    :raises PermissionMissing: when the role does not do it.
    :raises MoveRefused: when it was authorised before.
    """
    if opened.is_forced and Role.MI not in actor.roles:
        raise PermissionMissing(found("role_not_allowed"))
    if opened.authorisation is not None:
        raise MoveRefused(found("return_authorised_already"))
