"""Use cases of referral: sent with consent or under a legal duty, and answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move
from opennrm.casework.child_rules import require_child_not_refused
from opennrm.casework.confidence import is_danger, require_no_address
from opennrm.casework.doors import (
    require_door_open,
    require_equal_right,
    require_no_only_by_decision,
)
from opennrm.casework.duty import LegalDuty
from opennrm.casework.grounds import Asked
from opennrm.casework.parts import SKELETON
from opennrm.casework.permissions import may_read, require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import held, own_rows, written
from opennrm.casework.reasons import found
from opennrm.casework.recipients import role_named
from opennrm.casework.refusals import AccessMissing, ConsentMissing, MoveRefused
from opennrm.casework.sharing import Share, share
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.compartments import Compartment
from opennrm.lifecycle.facts import Fact, NewFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A short text for one extract compartment, such as D4S."""

    compartment: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """To whom, why, on which basis, and what goes with it."""

    to: UUID
    to_role: str
    purpose: str
    until: date
    reply_by: date
    consent: UUID | None = None
    duty: LegalDuty | None = None
    urgency: str | None = None
    services: tuple[str, ...] = ()
    compartments: tuple[str, ...] = ()
    account: UUID | None = None
    summaries: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAnswer:
    """What the addressee answers: accepted, declined or asks."""

    referral: UUID
    answer: str
    reason: str | None = None


def refer(
    *,
    case_ref: UUID,
    referral: Referral,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Refer the person: offered rows with pending keys until the addressee answers.

    :raises RuleBroken: when the recipient enforces immigration law or the purpose is removal
        (R43), or her address would leave those who house her (R47).
    :raises ConsentMissing: when no live consent or legal duty covers what would go (R41).
    :raises AccessMissing: when a part is not the actor's to share.
    """
    require("refer", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    package = share(case, asked_of(referral), actor=actor, at=at, desk=desk)
    sent = sent_fact(referral, package, within=written(case, actor=actor, at=at))
    require_move(case, sent, actor=actor)
    reach = held(case, actor=actor, at=at)
    told = tuple(summary_fact(one, sent, package, reach=reach) for one in referral.summaries)
    for one in referral.summaries:
        require_no_address(
            one.text,
            role=package.asked.role,
            on=local_day(case.jurisdiction, at),
            imminent_danger=is_danger(package.asked),
        )
    change = Change(
        facts=(*package.facts, sent, *told),
        grants=package.grants(sent.fact_ref),
        notices=(Notice(referral.to, "referral_received", sent.fact_ref, package.asked.role),),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("refer", actor.account, at))
    return sent.fact_ref


def acknowledge_referral(
    *,
    case_ref: UUID,
    answer: ReferralAnswer,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Answer a referral: accepting opens it, declining closes it and tells the sender.

    :raises MoveRefused: when it was answered before, or the time to accept has run out.
    :raises AccessMissing: when the actor's organisation was not asked.
    :raises RuleBroken: when a child is declined on status, sex or origin (R38).
    :raises RuleBroken: when it is declined for who sent it (R14), or until a person who comes
        back proves something again (R13).
    """
    require("acknowledge_referral", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    referral = awaiting_referral(case, answer.referral, actor=actor, at=at)
    on = local_day(case.jurisdiction, at)
    require_answerable(referral, answer, actor=actor, at=at, on=on)
    if answer.answer == "declined":
        require_child_not_refused(case, answer.reason, on=on)
    require_doors_open(case, referral, answer, on=on, desk=desk)
    within = frozenset({referral.compartment})
    also = {"answers": referral.fact_ref}
    fact = new_fact(
        "referral_acknowledged", answer, within=within, basis=referral.basis, also=also
    )
    notice = Notice(referral.organisation, f"referral_{answer.answer}", referral.fact_ref)
    change = Change(
        facts=(fact,),
        opens=(referral.fact_ref,) if answer.answer == "accepted" else (),
        declines=(referral.fact_ref,) if answer.answer == "declined" else (),
        notices=(notice,),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("acknowledge_referral", actor.account, at))
    return fact.fact_ref


def asked_of(referral: Referral) -> Asked:
    """Say what a referral asks to share."""
    return Asked(
        to=referral.to,
        role=role_named(referral.to_role),
        purpose=referral.purpose,
        until=referral.until,
        consent=referral.consent,
        duty=referral.duty,
        compartments=referral.compartments,
        account=referral.account,
    )


def sent_fact(referral: Referral, package: Share, *, within: frozenset[str]) -> NewFact:
    """Build the fact that a referral was sent, where its addressee can see it."""
    if not may_read(package.asked.role, SKELETON):
        within = within - {SKELETON}
    also = {"basis_fact": package.basis_fact}
    return new_fact("referral_sent", referral, within=within, basis=package.basis, also=also)


def summary_fact(
    summary: Summary, sent: NewFact, package: Share, *, reach: frozenset[str]
) -> NewFact:
    """Build a summary for one extract that goes along, from a scope the actor can read.

    :raises ConsentMissing: when the extract does not go along with this referral.
    :raises AccessMissing: when the actor holds neither the scope nor its extract.
    """
    if summary.compartment not in package.compartments:
        raise ConsentMissing(found("consent_too_narrow", "R41"))
    part = Compartment.parse(summary.compartment)
    if not {part.code, Compartment(part.scope).code} & reach:
        raise AccessMissing(found("compartment_not_yours_to_share"))
    also = {"scope": part.scope.value, "referral": sent.fact_ref}
    within = frozenset({Compartment(part.scope, extract=True).code})
    return new_fact("summary_shared", summary, within=within, basis=package.basis, also=also)


def require_doors_open(
    case: Case, sent: Fact, answer: ReferralAnswer, *, on: date, desk: Desk
) -> None:
    """Refuse to decline for who sent it, for want of signs, or until something is proven again.

    :raises RuleBroken: when it is (R13, R14, R19).
    """
    if answer.answer != "accepted":
        require_equal_right(sent, answer.reason, on=on, desk=desk)
        require_no_only_by_decision(answer.reason, on=on)
        require_door_open(case, answer.reason, on=on)


def awaiting_referral(case: Case, referral: UUID, *, actor: Actor, at: datetime) -> Fact:
    """Find a referral that waits for an answer of the actor's organisation.

    :raises MoveRefused: when there is none, or it was answered before.
    :raises AccessMissing: when another organisation was asked.
    """
    sent = case.fact(referral)
    if sent is None or sent.kind != "referral_sent":
        raise MoveRefused(found("referral_not_found"))
    rows = [row for row in own_rows(case, actor=actor, at=at) if row.offer_fact == sent.fact_ref]
    if not rows:
        raise AccessMissing(found("not_the_addressee"))
    if not any(row.state == "offered" for row in rows):
        raise MoveRefused(found("offer_already_answered"))
    return sent


def require_answerable(
    referral: Fact, answer: ReferralAnswer, *, actor: Actor, at: datetime, on: date
) -> None:
    """Refuse a late or unagreed acceptance, and a refusal without a reason.

    :raises PermissionMissing: when the agreement of the accepting organisation has ended.
    :raises MoveRefused: when the time is over, or a reason is missing.
    """
    if answer.answer == "accepted":
        require("accept_referral", actor=actor, at=at)
        due = referral.text("reply_by")
        if due and on > date.fromisoformat(due[:10]):
            raise MoveRefused(found("offer_expired"))
    if answer.answer == "declined" and not answer.reason:
        raise MoveRefused(found("reason_needed"))
