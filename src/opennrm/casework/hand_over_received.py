"""Use cases of a hand-over from another State: answered, taken over as one case, its end."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.contact import Contact, contact_facts, facts_said, reach_of
from opennrm.casework.grants import own_grants
from opennrm.casework.hand_over import standing
from opennrm.casework.permissions import acting_roles, require
from opennrm.casework.ports import Change, Desk, Entry, Grant, HandOver
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused, PermissionMissing
from opennrm.casework.writing import new_fact
from opennrm.exchange.crossborder.content import Package, Particulars, Preview
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.compartments import Compartment
from opennrm.lifecycle.facts import NewFact
from opennrm.vocabulary.hand_over import HandOverWord
from opennrm.vocabulary.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverAnswer:
    """What the focal point answers to a preview: accepted, or refused with a reason."""

    hand_over: UUID
    answer: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverEnd:
    """What became of what was received, when she or the sender took it back."""

    hand_over: UUID
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A hand-over as it was opened with the organisation's keys."""

    hand_over: UUID
    preview: Preview
    package: Package


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the facts of the new case are built from."""

    hand_over: UUID
    referred_by: UUID
    purpose: str
    movement: str
    until: date


def answer_hand_over(*, answer: HandOverAnswer, actor: Actor, at: datetime, desk: Desk) -> UUID:
    """Answer a preview; only after an acceptance does the sender hand over who she is.

    :raises MoveRefused: when it was answered or has ended before, or a refusal has no reason.
    :raises PermissionMissing: when the actor is no focal point, or the agreement has ended.
    """
    require("answer_hand_over", actor=actor, at=at)
    word = HandOverWord(answer.answer)
    if word is HandOverWord.ACCEPTED:
        require("accept_hand_over", actor=actor, at=at)
    elif word is not HandOverWord.REFUSED or not answer.reason:
        raise MoveRefused(found("reason_needed"))
    kept = received(answer.hand_over, word, desk=desk)
    reason = answer.reason if word is HandOverWord.REFUSED else None
    desk.hand_overs.say(kept.hand_over, word, reason=reason)
    return kept.hand_over


def take_over_hand_over(*, received_: Received, actor: Actor, at: datetime, desk: Desk) -> UUID:
    """Start the one case that comes of a hand-over, and tell the sender so.

    :raises MoveRefused: when nothing was handed over, it has ended, or a case was started before.
    :raises PermissionMissing: when the actor may not begin a case here.
    """
    require("take_over_hand_over", actor=actor, at=at)
    roles = acting_roles("record_contact", actor)
    if not roles:
        raise PermissionMissing(found("role_to_begin_missing"))
    kept = received(received_.hand_over, HandOverWord.TAKEN_OVER, desk=desk)
    facts = facts_of(received_, kept, roles=roles, actor=actor, at=at)
    case_ref = desk.cases.start(
        Change(facts=facts, grants=grants_of(roles, facts[0].fact_ref, actor=actor, at=at)),
        jurisdiction=actor.jurisdiction,
        audit=Entry("take_over_hand_over", actor.account, at),
    )
    desk.hand_overs.take_over(kept.hand_over, case_ref)
    desk.hand_overs.say(kept.hand_over, HandOverWord.TAKEN_OVER)
    return case_ref


def confirm_hand_over_end(*, end: HandOverEnd, actor: Actor, at: datetime, desk: Desk) -> UUID:
    """Tell the sender what became of what was received after it was taken back.

    :raises MoveRefused: when it was not taken back, or was confirmed before.
    """
    require("confirm_hand_over_end", actor=actor, at=at)
    kept = received(end.hand_over, HandOverWord.CONFIRMED, desk=desk)
    desk.hand_overs.say(kept.hand_over, HandOverWord.CONFIRMED, reason=end.done)
    return kept.hand_over


def received(ref: UUID, word: HandOverWord, *, desk: Desk) -> HandOver:
    """Find a hand-over that came from another State, in which a word may be said now.

    :raises MoveRefused: when it is one of the own organisation's, or the word does not fit.
    """
    kept = desk.hand_overs.load(ref)
    if kept.is_sender:
        raise MoveRefused(found("hand_over_not_now"))
    return standing(kept, word)


def facts_of(
    came: Received, kept: HandOver, *, roles: tuple[Role, ...], actor: Actor, at: datetime
) -> tuple[NewFact, ...]:
    """Build the facts of the new case: who referred her, who she is, and what was told."""
    within = reach_of(roles)
    preview, package = came.preview, came.package
    who = package.particulars or Particulars()
    contact = Contact(
        route="referred",
        channel="notice_from_abroad",
        contact_on=local_day(actor.jurisdiction, at),
        reporting_entity="other",
        referred_by=kept.partner,
        majority=preview.age_group,
        language=preview.language,
        sex=preview.sex,
        called=who.called,
    )
    first = contact_facts(contact, actor=actor, at=at, within=within)
    taken = Taken(
        hand_over=kept.hand_over,
        referred_by=kept.partner,
        purpose=preview.purpose,
        movement=preview.movement,
        until=preview.until,
    )
    came_from = new_fact("hand_over_taken", taken, within=within, basis="own_record")
    told = (told_of(part, text, came_from, within) for part, text in package.summaries)
    described = facts_said(("person_described",), who, within=within, basis="own_record")
    return (*first, came_from, *described, *(one for one in told if one))


def told_of(part: str, text: str, came_from: NewFact, within: frozenset[str]) -> NewFact | None:
    """Build the fact of one summary, where the roles that begin the case may hold it."""
    scope = Compartment.parse(part).scope
    extract = Compartment(scope, extract=True).code
    if extract not in within:
        return None
    also = {"scope": scope.value, "referral": came_from.fact_ref}
    return new_fact(
        "summary_shared", _Text(text), within=frozenset({extract}), basis="own_record", also=also
    )


@dataclass(frozen=True, slots=True)
class _Text:
    text: str


def grants_of(
    roles: tuple[Role, ...], basis: UUID, *, actor: Actor, at: datetime
) -> tuple[Grant, ...]:
    """Open the new case to the roles in which the actor begins it."""
    return tuple(
        grant
        for role in roles
        for grant in own_grants(
            role,
            organisation=actor.organisation,
            named=(actor.account,),
            basis=basis,
            at=at,
        )
    )
