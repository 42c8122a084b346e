"""Use cases of redress before a court or a fund: routes, limits of time, claims, decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import held, open_to_all
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.claims import PURSUED, claim_named, unanswered_routes
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.proceedings import has_sign
from opennrm.rights.redress import RoutesSituation
from opennrm.vocabulary.redress import HeadOfLoss
from opennrm.vocabulary.roles import Role

REDRESS = "D13"
BESIDE_HER = (Role.LA, Role.CM, Role.GU, Role.VW)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteWord:
    """What was answered about one route to compensation, and why where it is not pursued."""

    route: str
    route_answer: str
    route_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes talked over with her on one day."""

    answers: tuple[RouteWord, ...]
    discussed_on: date
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLimit:
    """The last day to claim on a route, or the event from which the law here counts."""

    route: str
    last_day: date | None = None
    event_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHead:
    """Amounts by head of loss, in the smallest unit of one currency."""

    currency: str | None = None
    unpaid_wages: int | None = None
    medical_cost: int | None = None
    lost_opportunity: int | None = None
    pain_and_suffering: int | None = None
    belongings: int | None = None
    debts_cancelled: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFiled(ByHead):
    """A claim: its route, what it is for, and the evidence."""

    route: str
    filed_on: date
    evidence: tuple[str, ...] = ()
    basis_in_law: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDecided(ByHead):
    """What was decided on a claim, what was awarded by head, and until when one can appeal."""

    claim: UUID
    claim_outcome: str
    decided_on: date
    appeal_until: date | None = None
    reasons: str = ""


def answer_routes(
    *,
    case_ref: UUID,
    routes: Routes,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record for each route whether it is pursued, and if not, why (R58).

    :raises MoveRefused: when nothing was answered, or a reason is missing.
    """
    require("answer_routes", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_reasons(routes)
    within = open_to_all(case, REDRESS, actor=actor, at=at)
    also = {"discussed_on": routes.discussed_on, "language": routes.language}
    facts = tuple(
        new_fact("route_answered", word, within=within, basis="own_record", also=also)
        for word in routes.answers
    )
    change = Change(facts=facts, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("answer_routes", actor.account, at))
    return facts[0].fact_ref


def note_claim_limit(
    *,
    case_ref: UUID,
    limit: ClaimLimit,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record the time limit of a route; its timer counts from it (T12).

    :raises MoveRefused: when neither a last day nor the event is named.
    """
    require("note_claim_limit", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if limit.last_day is None and limit.event_on is None:
        raise MoveRefused(found("limit_day_needed"))
    within = open_to_all(case, REDRESS, actor=actor, at=at)
    fact = new_fact("claim_limit_noted", limit, within=within, basis="own_record")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("note_claim_limit", actor.account, at))
    return fact.fact_ref


def file_claim(
    *,
    case_ref: UUID,
    claim: ClaimFiled,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a claim that was filed; presence in the country plays no part in it.

    :raises MoveRefused: when amounts lack their currency.
    """
    require("file_claim", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_currency(claim)
    within = read_by(case, actor=actor, at=at)
    fact = new_fact("claim_filed", claim, within=within, basis="own_record")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("file_claim", actor.account, at))
    return fact.fact_ref


def decide_claim(
    *,
    case_ref: UUID,
    decision: ClaimDecided,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what was decided on a claim; an award is not money received (R59).

    :raises MoveRefused: when there is no such claim, or amounts lack their currency.
    """
    require("decide_claim", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_currency(decision)
    also = {"answers": claim_filed(case, decision.claim).fact_ref}
    within = read_by(case, actor=actor, at=at)
    fact = new_fact("claim_decided", decision, within=within, basis="own_record", also=also)
    told = tell_holders(case, "claim_decided", roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("decide_claim", actor.account, at))
    return fact.fact_ref


def routes_situation(case: Case) -> RoutesSituation:
    """Say what R58 looks at before a case is closed: a sign, and the routes without an answer."""
    return RoutesSituation(has_sign(case) is True, frozenset(unanswered_routes(case)))


def require_reasons(routes: Routes) -> None:
    """Refuse an answer that says no without a reason, or no answer at all.

    :raises MoveRefused: when one is missing.
    """
    if not routes.answers:
        raise MoveRefused(found("nothing_chosen"))
    if any(one.route_answer != PURSUED and not one.route_reason for one in routes.answers):
        raise MoveRefused(found("reason_needed"))


def require_currency(amounts: ByHead) -> None:
    """Refuse amounts without the currency they are in.

    :raises MoveRefused: when it is missing.
    """
    named = any(getattr(amounts, head) is not None for head in HeadOfLoss)
    if named and not amounts.currency:
        raise MoveRefused(found("currency_needed"))


def read_by(case: Case, *, actor: Actor, at: datetime) -> frozenset[str]:
    """Return the redress part where it is open to the actor in full; never its summary."""
    return held(case, actor=actor, at=at) & {REDRESS}


def claim_filed(case: Case, claim: UUID) -> Fact:
    """Find a claim of this case.

    :raises MoveRefused: when there is none.
    """
    named = claim_named(case, claim)
    if named is None:
        raise MoveRefused(found("claim_not_found"))
    return named.filed
