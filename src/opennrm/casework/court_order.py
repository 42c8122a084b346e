"""Use cases of a court order: one person records it, another makes a package; no row opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import held, written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, MoveRefused, SecondPersonNeeded
from opennrm.casework.telling import tell_holders, tell_role
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.vocabulary.roles import Role

BASIS = "legal_duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtOrder:
    """Which court ordered which parts, for whom, and when."""

    court: str
    recipient: str
    scopes: tuple[str, ...]
    ordered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtPackage:
    """The sealed file made on an order, by the SHA-256 of its bytes."""

    order: UUID
    digest: str
    made_on: date


def record_court_order(
    *,
    case_ref: UUID,
    order: CourtOrder,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what a court ordered to be handed over; nothing leaves by it.

    Her lawyer and the data-protection officers are told at once, so that there is time to object.

    :raises MoveRefused: when no part, or no named recipient, is ordered.
    :raises AccessMissing: when a part is not open to the actor.
    """
    require("record_court_order", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if not order.scopes or not order.recipient.strip() or not order.court.strip():
        raise MoveRefused(found("court_order_unclear"))
    require_open(case, order.scopes, actor=actor, at=at)
    within = written(case, actor=actor, at=at)
    fact = new_fact("court_order_recorded", order, within=within, basis=BASIS)
    change = Change(
        facts=(fact,),
        notices=told_of_court(case, "court_order_recorded", fact.fact_ref, actor, at, desk),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("record_court_order", actor.account, at))
    return fact.fact_ref


def make_court_package(
    *, case_ref: UUID, package: CourtPackage, actor: Actor, at: datetime, desk: Desk
) -> UUID:
    """Record, as the second person, that the package of an order was made, once.

    It holds exactly the ordered parts. No access row is made, by this or by the order.

    :raises MoveRefused: when there is no such order of the actor's house, or it was answered.
    :raises SecondPersonNeeded: when the actor recorded the order herself.
    :raises AccessMissing: when an ordered part is not open to the actor.
    """
    require("make_court_package", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    order = waiting_order(case, package.order, actor=actor)
    require_open(case, order.texts("scopes"), actor=actor, at=at)
    also = {"answers": order.fact_ref, "scopes": frozenset(order.texts("scopes"))}
    within = written(case, actor=actor, at=at)
    fact = new_fact("court_package_made", package, within=within, basis=BASIS, also=also)
    told = told_of_court(case, "court_package_made", fact.fact_ref, actor, at, desk)
    change = Change(facts=(fact,), notices=told)
    desk.cases.append(case_ref, change, audit=Entry("make_court_package", actor.account, at))
    return fact.fact_ref


def waiting_order(case: Case, order: UUID, *, actor: Actor) -> Fact:
    """Find an order of the actor's own house that another person recorded and nobody answered.

    :raises MoveRefused: when there is none.
    :raises SecondPersonNeeded: when the actor recorded it herself.
    """
    recorded = case.fact(order)
    if (
        recorded is None
        or recorded.kind != "court_order_recorded"
        or recorded.organisation != actor.organisation
        or case.answering(recorded.fact_ref, "court_package_made")
    ):
        raise MoveRefused(found("court_order_not_found"))
    if recorded.actor == actor.account:
        raise SecondPersonNeeded(found("court_order_needs_two"))
    return recorded


def require_open(case: Case, scopes: tuple[str, ...], *, actor: Actor, at: datetime) -> None:
    """Refuse parts that are not open to the actor: the court asks those who hold them.

    :raises AccessMissing: when one is not.
    """
    if not frozenset(scopes) <= held(case, actor=actor, at=at):
        raise AccessMissing(found("court_order_not_held"))


def told_of_court(
    case: Case, kind: str, about: UUID, actor: Actor, at: datetime, desk: Desk
) -> tuple[Notice, ...]:
    """Tell her lawyer, and the data-protection officers of the State."""
    lawyers = tell_holders(case, kind, roles=(Role.LA,), actor=actor, at=at)
    return (*tell_role(Role.DP, kind, about, case=case, desk=desk), *lawyers)
