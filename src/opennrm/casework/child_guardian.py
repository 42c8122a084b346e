"""Use cases of guardianship: a guardian named, asked for again, and her task ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.child_rules import require_may_be_child, require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Organisation
from opennrm.casework.reach import held, written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, MoveRefused, PermissionMissing
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle import child_file
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.rights.children import GuardianSituation
from opennrm.vocabulary.roles import Role

BESIDE_CHILD = (Role.GU, Role.CP, Role.CM, Role.LA, Role.CA)
ANYWHERE = frozenset({"D11"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedGuardian:
    """Who stands by the child, from when, and what was told of interests of her or his own.

    `interests_asked` says that somebody asked; an organisation is named where it is known.
    """

    guardian_kind: str
    named_on: date
    house: UUID | None = None
    account: UUID | None = None
    interests_asked: bool = False
    interests: tuple[str, ...] = ()
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianRequest:
    """A guardian was asked for again, on which day and where."""

    asked_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianshipEnd:
    """A guardian whose task ended, and why."""

    guardian: UUID
    ended_on: date
    reason: str = ""


def name_guardian(
    *,
    case_ref: UUID,
    guardian: NamedGuardian,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record who was named guardian, temporary or full, free of conflicts of interest (R32).

    :raises RuleBroken: when the guardian has an interest of her own, or nobody asked (R32).
    :raises MoveRefused: when she is an adult, nobody is named, or the day lies ahead.
    """
    require("name_guardian", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    require_may_be_child(case)
    require_past(guardian.named_on, on=on)
    require_free_of_conflict(case, guardian, on=on, desk=desk)
    within = written(case, actor=actor, at=at)
    fact = new_fact("guardian_named", guardian, within=within, basis="legal_duty")
    told = tell_holders(case, "guardian_named", roles=BESIDE_CHILD, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("name_guardian", actor.account, at))
    return fact.fact_ref


def ask_for_guardian(
    *,
    case_ref: UUID,
    request: GuardianRequest,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that a guardian was asked for again; the next alert comes a week later (T03).

    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when she is an adult, or the day lies ahead.
    """
    require("ask_for_guardian", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_may_be_child(case)
    require_past(request.asked_on, on=local_day(case.jurisdiction, at))
    if not held(case, actor=actor, at=at):
        raise AccessMissing(found("access_missing"))
    fact = new_fact("guardian_asked_for", request, within=ANYWHERE, basis="legal_duty")
    told = tell_holders(case, "guardian_asked_for", roles=(Role.CP,), actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("ask_for_guardian", actor.account, at))
    return fact.fact_ref


def end_guardianship(
    *,
    case_ref: UUID,
    ending: GuardianshipEnd,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that a guardian's task ended; while she is a child another one is needed.

    :raises MoveRefused: when there is no such guardian, no reason, or the day lies ahead.
    """
    require("end_guardianship", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(ending.ended_on, on=local_day(case.jurisdiction, at))
    named = case.fact(ending.guardian)
    if named is None or named not in child_file.guardians(case):
        raise MoveRefused(found("guardian_not_found"))
    if not ending.reason.strip():
        raise MoveRefused(found("reason_needed"))
    within = written(case, actor=actor, at=at)
    fact = new_fact("guardianship_ended", ending, within=within, basis="legal_duty")
    told = tell_holders(case, "guardianship_ended", roles=BESIDE_CHILD, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("end_guardianship", actor.account, at))
    return fact.fact_ref


def require_free_of_conflict(case: Case, guardian: NamedGuardian, *, on: date, desk: Desk) -> None:
    """Refuse a guardian who has an interest, or who is nobody in particular.

    :raises RuleBroken: when the house or the person has an interest of its own (R32).
    :raises PermissionMissing: when the organisation is unknown, or names no guardians.
    :raises MoveRefused: when neither an organisation nor a name is given.
    """
    house = house_of(guardian, desk=desk)
    situation = GuardianSituation(
        house_kind=house.kind if house else None,
        house_roles=frozenset(role.value for role in house.roles) if house else frozenset(),
        houses_child=guardian.house in houses(case),
        interests=frozenset(guardian.interests)
        if guardian.interests_asked or guardian.interests
        else None,
    )
    require_rule("R32", situation, on)
    if house and Role.GU not in house.roles:
        raise PermissionMissing(found("recipient_lacks_role"))
    if house is None and not guardian.name.strip():
        raise MoveRefused(found("guardian_unnamed"))


def house_of(guardian: NamedGuardian, *, desk: Desk) -> Organisation | None:
    """Find the organisation of a guardian, where one is named.

    :raises PermissionMissing: when it is not in the directory.
    """
    if guardian.house is None:
        return None
    house = desk.directory.organisation(guardian.house)
    if house is None:
        raise PermissionMissing(found("recipient_unknown"))
    return house


def houses(case: Case) -> frozenset[UUID]:
    """List who houses the child: by the placements, and by the rows of a shelter."""
    sheltering = {row.organisation for row in case.access if row.role is Role.SH}
    return child_file.places(case) | sheltering
