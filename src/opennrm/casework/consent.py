"""Use cases of consent: taken for one recipient and purpose, taken back at any time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move
from opennrm.casework.confidence import require_health_apart, require_need_to_know
from opennrm.casework.grounds import is_withdrawn
from opennrm.casework.hand_over_end import carry_withdrawal
from opennrm.casework.hold_endings import closed_first, given_up, orphaned, told_of_end
from opennrm.casework.parts import parts_for, sheet_for, skeleton_for
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.recipients import named_recipient, role_named
from opennrm.casework.refusals import ConsentMissing, PermissionMissing
from opennrm.casework.writing import new_fact
from opennrm.consent.expiry import review_on
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.vocabulary.roles import Role

WITHOUT_RECIPIENT = frozenset(
    {
        "interview",
        "data_processing",
        "co-operation",
        "medical_examination",
        "follow_up",
        "media",
        "anonymised_research",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """One consent: who may have what, for which purpose, until when, how explained.

    `assent` is the child's own answer; None when she was not asked, as with an adult.
    """

    purpose: str
    until: date
    language: str
    form: str
    given_on: date
    recipient: UUID | None = None
    recipient_role: str | None = None
    scopes: tuple[str, ...] = ()
    recipient_account: UUID | None = None
    recheck_on: date | None = None
    interpreter: bool = False
    explained_by: UUID | None = None
    guardian: bool = False
    assent: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One consent taken back; no reason is owed."""

    consent: UUID
    withdrawn_on: date
    reason: str | None = None
    note: str = ""


def take_consent(
    *,
    case_ref: UUID,
    consent: ConsentGiven,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a consent of the person, or of the guardian with the child's assent.

    :raises ConsentMissing: when it is not specific, has no end, or lacks the guardian (R41).
    :raises RuleBroken: when it names immigration enforcement or a removal (R43).
    """
    require("take_consent", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_specific(consent, on=local_day(case.jurisdiction, at))
    require_guardian(case, consent)
    also = {
        "scopes": agreed_parts(consent, desk=desk),
        "explained_by": consent.explained_by or actor.account,
    }
    within = written(case, actor=actor, at=at)
    fact = new_fact("consent_given", consent, within=within, also=also)
    require_move(case, fact, actor=actor)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("take_consent", actor.account, at))
    return fact.fact_ref


def withdraw_consent(
    *,
    case_ref: UUID,
    withdrawal: Withdrawal,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Take a consent back: its rows close at once, its recipients are told, no service ends.

    :raises ConsentMissing: when there is no such consent, or it was taken back before.
    """
    require("withdraw_consent", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    given = standing_consent(case, withdrawal.consent)
    fact = new_fact("consent_withdrawn", withdrawal, within=written(case, actor=actor, at=at))
    require_move(case, fact, actor=actor)
    lost = orphaned(case, given.fact_ref, at=at)
    change = Change(
        facts=(fact, *given_up(lost)),
        closes=closed_first(case, lost, given.fact_ref),
        notices=(*notices_of_withdrawal(case, given.fact_ref), *told_of_end(lost)),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("withdraw_consent", actor.account, at))
    carry_withdrawal(case, given.fact_ref, desk=desk)
    return fact.fact_ref


def require_specific(consent: ConsentGiven, *, on: date) -> None:
    """Refuse a consent that is not informed, specific and limited in time.

    :raises ConsentMissing: when something is missing or the term is wrong (R41).
    """
    needs_recipient = consent.purpose not in WITHOUT_RECIPIENT or consent.recipient is not None
    named = consent.recipient and consent.recipient_role and consent.scopes
    if not consent.language or (needs_recipient and not named):
        raise ConsentMissing(found("consent_incomplete", "R41"))
    is_in_order = consent.given_on <= on and consent.given_on < consent.until
    if consent.recheck_on and not consent.given_on < consent.recheck_on < consent.until:
        raise ConsentMissing(found("recheck_out_of_term", "R41"))
    if not is_in_order or consent.until > review_on(consent.given_on):
        raise ConsentMissing(found("consent_too_long", "R41"))


def require_guardian(case: Case, consent: ConsentGiven) -> None:
    """Refuse a consent for a child that lacks the guardian or the child's own assent.

    :raises ConsentMissing: when one of them is missing (R31, R41).
    """
    if case.is_child and not (consent.guardian and consent.assent):
        raise ConsentMissing(found("guardian_needed", "R41"))


def agreed_parts(consent: ConsentGiven, *, desk: Desk) -> frozenset[str]:
    """Spell out what was agreed to as the compartments the recipient's role may hold.

    :raises RuleBroken: when the recipient enforces immigration law (R43).
    :raises PermissionMissing: when the recipient is unknown, the named person is not there, or
        the role has no need of a scope (R42).
    :raises ConsentMissing: when health notes are bundled with other things (R49).
    """
    if consent.recipient is None:
        return frozenset()
    role = role_named(consent.recipient_role or "")
    on = consent.given_on
    named_recipient(consent.recipient, role, purpose=consent.purpose, on=on, desk=desk)
    require_named_person(consent, role, desk=desk)
    require_need_to_know(role, consent.scopes, on=on)
    parts = parts_for(role, consent.scopes) | skeleton_for(role) | sheet_for(role)
    require_health_apart(role, parts, purpose=consent.purpose, on=on)
    return parts


def require_named_person(consent: ConsentGiven, role: Role, *, desk: Desk) -> None:
    """Refuse a named person who does not hold the role.

    :raises PermissionMissing: when she does not.
    """
    person, house = consent.recipient_account, consent.recipient
    if person and house and person not in desk.directory.holders(house, role):
        raise PermissionMissing(found("recipient_account_unknown"))


def standing_consent(case: Case, consent: UUID) -> Fact:
    """Find a consent that was not taken back, whether or not its term is over.

    :raises ConsentMissing: when there is none.
    """
    given = case.fact(consent)
    if given is None or given.kind != "consent_given":
        raise ConsentMissing(found("consent_not_found"))
    if is_withdrawn(case, given.fact_ref):
        raise ConsentMissing(found("consent_already_ended"))
    return given


def notices_of_withdrawal(case: Case, consent: UUID) -> tuple[Notice, ...]:
    """Tell every organisation that holds something, by the reference it knows (R41)."""
    sent = case.naming("basis_fact", consent, "referral_sent", "service_offered")
    return tuple(notice for fact in sent for notice in notice_to_holder(case, fact))


def notice_to_holder(case: Case, sent: Fact) -> tuple[Notice, ...]:
    """Tell one addressee, unless it declined and holds nothing."""
    rows = [row for row in case.access if row.offer_fact == sent.fact_ref]
    if not rows:
        return ()
    first = rows[0]
    return (Notice(first.organisation, "consent_withdrawn", sent.fact_ref, role=first.role),)
