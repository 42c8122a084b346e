"""Use cases of a hand-over to another State: offered, the rest sent, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.confidence import require_no_address
from opennrm.casework.grounds import Asked
from opennrm.casework.hand_over_questions import require_may_go, require_may_offer, risk_days
from opennrm.casework.own_part import own_part
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, HandOver
from opennrm.casework.reasons import found
from opennrm.casework.referral import Summary
from opennrm.casework.refusals import ConsentMissing, EntryMalformed, MoveRefused
from opennrm.casework.sharing import Share, share
from opennrm.casework.writing import new_fact
from opennrm.exchange.crossborder.content import Package, Particulars, Preview, is_well_formed
from opennrm.exchange.crossborder.story import may_say
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.compartments import Compartment
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.vocabulary.hand_over import HandOverWord
from opennrm.vocabulary.roles import Role

CONSENTS, IDENTITY = "D10", "D2S"
Sent = TypeVar("Sent", Preview, Package)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverOffer:
    """To which focal point abroad, on which consent, and the little it is told before it answers.

    `week` is the ISO week from which she would come, such as 2026-W12.
    """

    to: UUID
    consent: UUID
    purpose: str
    movement: str
    until: date
    reply_by: date
    age_group: str
    sex: str | None = None
    language: str | None = None
    week: str | None = None
    services: tuple[str, ...] = ()
    compartments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPackage:
    """What goes once the focal point abroad has accepted: who she is, and summaries."""

    hand_over: UUID
    names: str = ""
    called: str = ""
    birthdate: str = ""
    documents: str = ""
    citizenship: tuple[str, ...] = ()
    summaries: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverRevocation:
    """That a hand-over is taken back, and why."""

    hand_over: UUID
    reason: str


def offer_hand_over(
    *,
    case_ref: UUID,
    offer: HandOverOffer,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Offer a hand-over to a focal point of another State, with a preview that names nobody.

    :raises ConsentMissing: when she did not agree to exactly this recipient, purpose and items.
    :raises RuleBroken: when the recipient enforces immigration law (R43), is no focal point (R53),
        or the risks of going there were not assessed, or found (R61, R64).
    :raises PermissionMissing: when the partner is not trusted, or its agreement has ended.
    :raises MoveRefused: when she would go there and no return or transfer is planned.
    """
    require("offer_hand_over", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    package = share(case, asked_of(offer), actor=actor, at=at, desk=desk)
    require_may_offer(case, offer.movement, to=offer.to, actor=actor, on=on, desk=desk)
    if not on < offer.reply_by:
        raise EntryMalformed(found("malformed"), "reply_by")
    preview = readable_there(preview_of(offer, package), "week")
    also = {"basis_fact": package.basis_fact, "parts": package.compartments}
    within = own_part(case, CONSENTS, actor=actor, at=at)
    fact = new_fact("hand_over_offered", offer, within=within, also=also)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("offer_hand_over", actor.account, at))
    desk.hand_overs.begin(
        fact.fact_ref, partner=offer.to, case_ref=case_ref, consent=package.basis_fact
    )
    desk.hand_overs.say(fact.fact_ref, HandOverWord.OFFERED, content=preview)
    return fact.fact_ref


def send_hand_over(
    *,
    case_ref: UUID,
    package: HandOverPackage,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Hand over what she agreed to, sealed to the focal point that has accepted.

    :raises MoveRefused: when it has not accepted, or a return there is not authorised.
    :raises ConsentMissing: when her consent no longer covers it (R41).
    :raises RuleBroken: when the risks were not assessed of late (R61), a panel has not determined
        that it is best for a child (R34), or a text holds an address (R47).
    """
    require("send_hand_over", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    offered = offer_in(case, package.hand_over)
    kept = standing(desk.hand_overs.load(offered.fact_ref), HandOverWord.HANDED_OVER)
    on = local_day(case.jurisdiction, at)
    agreed = share(case, asked_again(offered), actor=actor, at=at, desk=desk)
    movement = offered.text("movement") or ""
    require_may_go(case, movement, to=kept.partner, actor=actor, on=on, desk=desk)
    require_agreed(package, agreed, on=on)
    sent = sent_fact(case, offered, package, agreed, actor=actor, at=at)
    told = tuple(summary_of(one, offered) for one in told_in(package))
    change = Change(facts=(sent, *told), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("send_hand_over", actor.account, at))
    content = readable_there(content_of(case, package, agreed, movement), "summaries")
    desk.hand_overs.say(offered.fact_ref, HandOverWord.HANDED_OVER, content=content)
    return sent.fact_ref


def revoke_hand_over(
    *,
    case_ref: UUID,
    revocation: HandOverRevocation,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Take a hand-over back; the other side deletes what it had, or says why it may not.

    :raises MoveRefused: when it was refused or has ended before.
    """
    require("revoke_hand_over", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    offered = offer_in(case, revocation.hand_over)
    standing(desk.hand_overs.load(offered.fact_ref), HandOverWord.REVOKED)
    within = own_part(case, CONSENTS, actor=actor, at=at)
    also = {"answers": offered.fact_ref}
    fact = new_fact("hand_over_revoked", revocation, within=within, also=also)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("revoke_hand_over", actor.account, at))
    desk.hand_overs.say(offered.fact_ref, HandOverWord.REVOKED, reason=revocation.reason)
    return fact.fact_ref


def readable_there(content: Sent, field: str) -> Sent:
    """Return a content that the other side can read.

    :raises EntryMalformed: when a code is none of its list, or a text is too long.
    """
    if not is_well_formed(content):
        raise EntryMalformed(found("malformed"), field)
    return content


def asked_of(offer: HandOverOffer) -> Asked:
    """Say what an offer asks to share."""
    return Asked(
        to=offer.to,
        role=Role.TF,
        purpose=offer.purpose,
        until=offer.until,
        consent=offer.consent,
        compartments=offer.compartments,
        is_hand_over=True,
    )


def asked_again(offered: Fact) -> Asked:
    """Say once more, when the rest goes, what was asked to share when it was offered."""
    parts = offered.texts("parts")
    return Asked(
        to=offered.reference("to") or offered.fact_ref,
        role=Role.TF,
        purpose=offered.text("purpose") or "",
        until=date.fromisoformat(offered.text("until") or ""),
        consent=offered.reference("basis_fact"),
        compartments=tuple(parts),
        is_hand_over=True,
    )


def offer_in(case: Case, hand_over: UUID) -> Fact:
    """Find the offer of a hand-over in its case.

    :raises MoveRefused: when there is none.
    """
    offered = case.fact(hand_over)
    if offered is None or offered.kind != "hand_over_offered":
        raise MoveRefused(found("hand_over_not_now"))
    return offered


def standing(kept: HandOver, word: HandOverWord) -> HandOver:
    """Return a hand-over in which a word may be said now.

    :raises MoveRefused: when it may not.
    """
    if not may_say(kept.story, word):
        raise MoveRefused(found("hand_over_not_now"))
    return kept


def require_agreed(package: HandOverPackage, agreed: Share, *, on: date) -> None:
    """Refuse a summary of a part she did not agree to, an address in a text, and nothing at all.

    :raises ConsentMissing: when a part is not among those she agreed to (R41).
    :raises RuleBroken: when a text holds an address (R47).
    :raises MoveRefused: when nothing would go.
    """
    told = told_in(package)
    if not told:
        raise MoveRefused(found("nothing_to_hand_over"))
    for one in told:
        if one.compartment not in agreed.compartments:
            raise ConsentMissing(found("summary_outside", "R41"))
        require_no_address(one.text, role=Role.TF, on=on)


def told_in(package: HandOverPackage) -> tuple[Summary, ...]:
    """Return everything that would be told, who she is among it, part by part."""
    lines = (package.names, package.called, package.birthdate, package.documents)
    said = "\n".join(one for one in (*lines, " ".join(package.citizenship)) if one)
    who = (Summary(compartment=IDENTITY, text=said),) if said else ()
    return (*who, *(one for one in package.summaries if one.text))


def summary_of(summary: Summary, offered: Fact) -> NewFact:
    """Build the fact that keeps in the case what was told abroad of one part."""
    part = Compartment.parse(summary.compartment)
    also = {"scope": part.scope.value, "referral": offered.fact_ref}
    within = frozenset({Compartment(part.scope, extract=True).code})
    return new_fact("summary_shared", summary, within=within, also=also)


def sent_fact(
    case: Case,
    offered: Fact,
    package: HandOverPackage,
    agreed: Share,
    *,
    actor: Actor,
    at: datetime,
) -> NewFact:
    """Build the fact that the rest was handed over: which parts, on which assessment."""
    assessed_on, _until = risk_days(case, offered.text("movement") or "")
    also = {
        "answers": offered.fact_ref,
        "basis_fact": agreed.basis_fact,
        "parts": frozenset(one.compartment for one in told_in(package)),
        "assessed_on": assessed_on,
    }
    within = own_part(case, CONSENTS, actor=actor, at=at)
    return new_fact("hand_over_sent", package, within=within, also=also)


def preview_of(offer: HandOverOffer, package: Share) -> Preview:
    """Build the preview, from fields that are allowed by name."""
    return Preview(
        movement=offer.movement,
        purpose=offer.purpose,
        age_group=offer.age_group,
        sex=offer.sex,
        language=offer.language,
        services=offer.services,
        week=offer.week,
        reply_by=offer.reply_by,
        parts=tuple(sorted(package.compartments)),
        until=offer.until,
    )


def content_of(case: Case, package: HandOverPackage, agreed: Share, movement: str) -> Package:
    """Build what goes once it was accepted."""
    assessed_on, until = risk_days(case, movement)
    who = Particulars(
        names=package.names,
        called=package.called,
        birthdate=package.birthdate,
        documents=package.documents,
        citizenship=package.citizenship,
    )
    return Package(
        assessed_on=assessed_on,
        risk_valid_until=until,
        consent=agreed.basis_fact,
        particulars=who if who != Particulars() else None,
        summaries=tuple((one.compartment, one.text) for one in package.summaries if one.text),
    )
