"""Answers for holds: who may propose and answer, what was said, and what is opened for it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import readable
from opennrm.casework.ports import Desk
from opennrm.casework.reach import held, written
from opennrm.casework.reasons import found
from opennrm.casework.recipients import named_recipient, recipient, role_named
from opennrm.casework.refusals import AccessMissing, EntryMalformed, MoveRefused, PermissionMissing
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.lifecycle.hold_terms import TERMS, HoldTerms
from opennrm.lifecycle.holds import answer_of, holds_of, is_ended
from opennrm.vocabulary.holds import HeldAct, HoldEnd
from opennrm.vocabulary.roles import Role

WITHIN = frozenset({"D14"})
# What a second person needs to see of a decision, and who may be shown it on a hold alone. The
# database holds the same lists (sql/0006_holds.sql).
OPENED_FOR_AN_OPINION = frozenset({"D1", "D4", "D4S", "D14"})
SHOWN_ON_A_HOLD = frozenset({Role.CA, Role.RP})
OPENED_FOR = frozenset(
    {
        HeldAct.NEGATIVE_DECISION,
        HeldAct.RECOVERY_ENDED_EARLY,
        HeldAct.SINGLE_AGENCY_DECISION,
        HeldAct.ADULT_AGE,
    }
)
# These are about the person herself: naming some entry makes no other act of them.
ABOUT_HER = frozenset(
    {
        HeldAct.NEGATIVE_DECISION,
        HeldAct.SINGLE_AGENCY_DECISION,
        HeldAct.ADULT_AGE,
        HeldAct.END_OF_HELP,
        HeldAct.CLOSING_WITH_OPEN_ROUTES,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An act that waits: which, why, and who is asked; a named person, or all who hold the role.

    `step` names the kind of fact the act would record, where one act can record several.
    """

    act: str
    to: UUID
    to_role: str
    reasons: str
    to_account: UUID | None = None
    about: UUID | None = None
    step: str | None = None
    answer_by: date | None = None


def second_opinion(
    case: Case,
    hold: UUID | None,
    *,
    act: str,
    by: UUID,
    house: UUID | None = None,
    on: date | None = None,
) -> str | None:
    """Return what the second person said of a held act: agrees, disagrees, or nothing yet.

    Nothing counts that was said of another act, of one that ended or is past its last day, by
    the one who acts, or by her house where the act asks for another one. The database asks for
    the day and the house in any case.
    """
    fact = case.fact(hold)
    if fact is None or fact.kind != "act_held" or fact.text("act") != act or is_ended(case, fact):
        return None
    if on is not None and is_over(fact, on):
        return None
    given = answer_of(case, fact)
    if given is None or given.actor == by or (given.organisation == house and elsewhere(act)):
        return None
    return given.text("opinion")


def is_over(hold: Fact, on: date) -> bool:
    """Tell whether the last day on which a hold can be used has passed."""
    return on > date.fromisoformat(hold.text("until") or "")


def elsewhere(act: str) -> bool:
    """Tell whether only another organisation may answer for an act."""
    return act in TERMS and TERMS[act].elsewhere


def carried_out(hold: UUID | None) -> tuple[NewFact, ...]:
    """Build the fact that a hold was used; it goes into the change of the act it was for."""
    return () if hold is None else (end_of(hold, HoldEnd.CARRIED_OUT),)


def end_of(hold: UUID, how: HoldEnd) -> NewFact:
    """Build the fact that a hold ended."""
    also = {"answers": hold, "how": how.value}
    return new_fact("hold_ended", None, within=WITHIN, basis="public_task", also=also)


def hold_named(case: Case, hold: UUID | None) -> Fact:
    """Find a held act of this case.

    :raises MoveRefused: when there is none.
    """
    fact = case.fact(hold)
    if fact is None or fact.kind != "act_held":
        raise MoveRefused(found("hold_not_found"))
    return fact


def may_answer(hold: Fact, actor: Actor) -> bool:
    """Tell whether an actor is asked for an opinion, and is another than who proposed."""
    named = hold.reference("to_account")
    return (
        hold.actor != actor.account
        and hold.reference("to") == actor.organisation
        and hold.text("to_role") in actor.roles
        and named in (None, actor.account)
    )


def require_proposable(case: Case, proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """Refuse a proposal by a role that does not do the act, without reasons, or a second time.

    :raises EntryMalformed: when there is no such act.
    :raises PermissionMissing: when the actor's role does not do the act.
    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when reasons are missing, or the act waits already.
    """
    terms = terms_of(proposal.act)
    if terms.proposers and not actor.holds_any(terms.proposers):
        raise PermissionMissing(found("role_not_allowed"))
    if not held(case, actor=actor, at=at):
        raise AccessMissing(found("access_missing"))
    if not proposal.reasons.strip():
        raise MoveRefused(found("reason_needed"))
    if proposal.about is not None and case.fact(proposal.about) is None:
        raise MoveRefused(found("about_not_found"))
    if any(not is_ended(case, one) for one in holds_alike(case, proposal)):
        raise MoveRefused(found("hold_waits_already"))


def require_reader(case: Case, proposal: Proposal, *, actor: Actor, on: date, desk: Desk) -> Role:
    """Find the role in which a second person is asked, and refuse where nobody could answer.

    After a "does not agree" another organisation is asked: nobody looks for a reader until one
    agrees.

    :raises RuleBroken: when the organisation enforces immigration law (R43).
    :raises PermissionMissing: when it may not answer, or nobody else holds the role there.
    """
    role = role_named(proposal.to_role)
    allowed = allowed_readers(terms_of(proposal.act), proposal.to, actor)
    find = named_recipient if proposal.to == actor.organisation else recipient
    house = find(proposal.to, role, purpose="identification", on=on, desk=desk)
    if role not in allowed or house.jurisdiction != actor.jurisdiction:
        raise PermissionMissing(found("reader_not_allowed"))
    said_no = {
        a.organisation for one in holds_alike(case, proposal) if (a := disagreed(case, one))
    }
    if proposal.to in said_no:
        raise PermissionMissing(found("reader_disagreed"))
    pool = set(desk.directory.holders(proposal.to, role)) - {actor.account}
    if not pool or (proposal.to_account is not None and proposal.to_account not in pool):
        raise PermissionMissing(found("reader_missing"))
    return role


def opened_parts(
    case: Case, proposal: Proposal, role: Role, *, actor: Actor, at: datetime
) -> frozenset[str]:
    """Choose what is opened for an opinion: what a decision needs and the asked do not hold yet.

    :raises AccessMissing: when they hold nothing of the case and may not be shown it on a hold.
    """
    rows = [
        row
        for row in case.access
        if row.organisation == proposal.to
        and row.role == role
        and row.state == "open"
        and row.is_live(at)
        and row.account in (None, proposal.to_account)
    ]
    known = frozenset(row.compartment for row in rows)
    mine = held(case, actor=actor, at=at)
    is_asked_for = role in SHOWN_ON_A_HOLD and proposal.act in OPENED_FOR
    may_show = is_asked_for and written(case, actor=actor, at=at) >= WITHIN
    parts = OPENED_FOR_AN_OPINION & readable(role) & mine - known if may_show else frozenset()
    if not known and "D1" not in parts:
        raise AccessMissing(found("reader_not_on_case"))
    return parts


def allowed_readers(terms: HoldTerms, house: UUID, actor: Actor) -> frozenset[Role]:
    """List the roles that may answer in a house; at home only where the act allows it."""
    return terms.at_home if house == actor.organisation else terms.readers


def terms_of(act: str) -> HoldTerms:
    """Find the terms of a held act.

    :raises EntryMalformed: when there is no such act.
    """
    if act not in TERMS:
        raise EntryMalformed(found("malformed"), "act")
    return TERMS[act]


def holds_alike(case: Case, proposal: Proposal) -> list[Fact]:
    """List the holds of the same act about the same thing, in any state."""
    return [
        one
        for one in holds_of(case)
        if (one.text("act"), one.text("step")) == (proposal.act, proposal.step)
        and (proposal.act in ABOUT_HER or one.reference("about") == proposal.about)
    ]


def disagreed(case: Case, hold: Fact) -> Fact | None:
    """Return the answer to a hold where it was a "does not agree"."""
    given = answer_of(case, hold)
    return given if given is not None and given.text("opinion") == "disagrees" else None
