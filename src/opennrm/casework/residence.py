"""Use cases of residence: status, permits on both grounds, and the door to asylum.

Nothing here touches help: a residence fact is folded by the residence track alone (R17).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move
from opennrm.casework.own_part import own_part, require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.vocabulary.residence import AsylumWish, PermitOutcome
from opennrm.vocabulary.roles import Role

BESIDE_HER = (Role.CM, Role.LA, Role.GU, Role.CP)
DECIDES = (Role.MI,)
RESIDENCE = "D7"
STATUS_OF = {
    "personal_situation": "permit_personal",
    "co-operation": "permit_co-operation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """Where her stay stands, and until when."""

    status: str
    valid_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitApplication:
    """An application for a permit: on which grounds, both of which were explained to her."""

    applied_on: date
    grounds: tuple[str, ...] = ()
    language: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitDecision:
    """What was decided on an application; a no has reasons, a language and a remedy."""

    application: UUID
    outcome: str
    decided_on: date
    ground: str | None = None
    valid_until: date | None = None
    reasons: str = ""
    language: str | None = None
    remedy: str | None = None
    remedy_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AsylumInformation:
    """That she was told of asylum, in which language, and what she said, if anything."""

    given_on: date
    language: str
    wish: str | None = None
    own_words: str = ""


def record_residence(
    *,
    case_ref: UUID,
    residence: Residence,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record where her stay stands; identification, help and the criminal case stay as they are.

    :raises PermissionMissing: when the actor is no migration or asylum authority.
    """
    require("record_residence", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = written(case, actor=actor, at=at)
    fact = new_fact("residence_recorded", residence, within=within, basis="public_task")
    require_move(case, fact, actor=actor)
    told = tell_holders(case, fact.kind, roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_residence", actor.account, at))
    return fact.fact_ref


def apply_for_permit(
    *,
    case_ref: UUID,
    application: PermitApplication,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that she asks for a permit, on her personal situation, on co-operation, or both.

    An application on co-operation alone is kept, and warned about (R29).

    :raises EntryMalformed: when the day has not come.
    """
    require("apply_for_permit", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(application.applied_on, "applied_on", on=local_day(case.jurisdiction, at))
    within = own_part(case, RESIDENCE, actor=actor, at=at)
    fact = new_fact("permit_applied", application, within=within)
    told = tell_holders(case, fact.kind, roles=(*DECIDES, Role.LA), actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("apply_for_permit", actor.account, at))
    return fact.fact_ref


def decide_permit(
    *,
    case_ref: UUID,
    decision: PermitDecision,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what was decided on an application; a granted permit becomes her status.

    :raises MoveRefused: when there is no such application, it was decided, or a no lacks its
        reasons, language or remedy, or a yes its ground or its last day.
    """
    require("decide_permit", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    application = open_application(case, decision.application)
    require_past(decision.decided_on, "decided_on", on=local_day(case.jurisdiction, at))
    require_complete(decision)
    within = written(case, actor=actor, at=at)
    also = {"answers": application.fact_ref}
    decided = new_fact("permit_decided", decision, within=within, basis="public_task", also=also)
    granted = status_granted(decision, within=within)
    for fact in granted:
        require_move(case, fact, actor=actor)
    told = tell_holders(case, decided.kind, roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=(decided, *granted), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("decide_permit", actor.account, at))
    return decided.fact_ref


def inform_of_asylum(
    *,
    case_ref: UUID,
    information: AsylumInformation,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that she was told of asylum, and what she said; her lawyer hears of a wish (R30).

    That she was told lies with her consents; what she said lies with residence and asylum.

    :raises AccessMissing: when nothing of the case is open to the actor.
    """
    require("inform_of_asylum", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(information.given_on, "given_on", on=local_day(case.jurisdiction, at))
    shared = own_part(case, "D10", actor=actor, at=at)
    told = new_fact("asylum_information_given", information, within=shared)
    wish = wish_fact(information, within=own_part(case, RESIDENCE, actor=actor, at=at))
    wants = information.wish == AsylumWish.WANTS_TO_CLAIM
    roles = (Role.LA, Role.GU, Role.AS) if wants else ()
    notices = tell_holders(case, "asylum_wish_recorded", roles=roles, actor=actor, at=at)
    change = Change(facts=(told, *wish), notices=notices, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("inform_of_asylum", actor.account, at))
    return told.fact_ref


def open_application(case: Case, application: UUID) -> Fact:
    """Find an application that was not decided yet.

    :raises MoveRefused: when there is none.
    """
    asked = case.fact(application)
    if asked is None or asked.kind != "permit_applied":
        raise MoveRefused(found("application_not_found"))
    if case.answering(asked.fact_ref, "permit_decided"):
        raise MoveRefused(found("application_decided"))
    return asked


def require_complete(decision: PermitDecision) -> None:
    """Refuse a yes without ground or last day, and a no without reasons, language and remedy.

    :raises MoveRefused: when something is missing.
    """
    if decision.outcome == PermitOutcome.GRANTED:
        ends = decision.valid_until
        if decision.ground is None or ends is None or ends <= decision.decided_on:
            raise MoveRefused(found("permit_incomplete"))
        return
    told = (decision.reasons.strip(), decision.language, decision.remedy, decision.remedy_until)
    if not all(told):
        raise MoveRefused(found("refusal_incomplete"))


def status_granted(decision: PermitDecision, *, within: frozenset[str]) -> tuple[NewFact, ...]:
    """Build the residence status that follows from a granted permit."""
    if decision.outcome != PermitOutcome.GRANTED or decision.ground is None:
        return ()
    status = Residence(status=STATUS_OF[decision.ground], valid_until=decision.valid_until)
    return (new_fact("residence_recorded", status, within=within, basis="public_task"),)


def wish_fact(information: AsylumInformation, *, within: frozenset[str]) -> tuple[NewFact, ...]:
    """Build what she said of asylum, if she said anything."""
    if information.wish is None:
        return ()
    also = {"said_on": information.given_on}
    return (new_fact("asylum_wish_recorded", information, within=within, also=also),)
