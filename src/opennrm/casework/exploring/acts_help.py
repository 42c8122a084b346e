"""Acts of the model about help: emergency care, plans, services, ending and coming back."""

from collections.abc import Hashable, Iterable
from datetime import timedelta
from typing import NamedTuple

from opennrm.casework import agreement, closing, service, sharing
from opennrm.casework.exploring import record
from opennrm.casework.exploring.act import Act
from opennrm.casework.exploring.acts_sharing import once_only, shut
from opennrm.casework.exploring.houses import POLICE, ref
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import Share, State, is_child, seen_from, with_share
from opennrm.casework.grounds import Asked
from opennrm.casework.service import PLAN_PARTS, Delivery
from opennrm.rights.access import HelpSituation, ServiceSituation
from opennrm.rights.child_services import ChildRefusal
from opennrm.vocabulary.roles import Role

REASONS = (
    *("no_place", "outside_area", "other"),
    *("co-operation", "suspect", "scope_of_trafficking", "organised_crime", "nationality"),
)
SERVICE = "medical"


class Offered(NamedTuple):
    """Which shelter asks which provider for a service, and whether she agreed."""

    asker: int
    provider: int
    agreed: bool


class Refused(NamedTuple):
    """A provider that refuses help, and the reason it gives."""

    place: int
    reason: str


def shelters(law: Law) -> list[int]:
    """List the organisations that manage a case."""
    return [i for i, house in enumerate(law.houses) if house.role is Role.CM]


def clinics(law: Law) -> list[int]:
    """List the organisations that are asked for one service."""
    return [i for i, house in enumerate(law.houses) if house.role is Role.HC]


def always(law: Law, state: State, choice: object) -> bool:
    """Look at an act from every state."""
    return True


def cared_for(law: Law, state: State, choice: object) -> State | None:
    """Give emergency medical care, which waits for nobody's agreement in danger to life."""
    question = ("emergency", state.age, state.day)
    if not law.unless_refused(question, lambda: _emergency(law, state)):
        return None
    offered = law.stepped(state, "service_offered")
    return law.stepped(offered, "service_delivered")


def _emergency(law: Law, state: State) -> bool:
    delivery = Delivery(
        service="emergency_medical",
        delivered_from=record.date_of(state.day),
        imminent=True,
        imminent_reason="she is hurt",
    )
    case = law.case_with(state.age, state.shares, state.day)
    agreement.require_agreed(case, None, delivery, on=record.date_of(state.day))
    return True


def holds_plan(law: Law, state: State, choice: int) -> bool:
    """Look at a shelter to which a plan is open."""
    share = state.shares[choice]
    return share.row == "open"


def planned(law: Law, state: State, choice: int) -> State | None:
    """Agree a plan with her, where the plan is open for writing."""
    if not state.shares[choice].parts & PLAN_PARTS:
        return None
    return law.moved(state, "plan_agreed", Role.CM)


def offers(law: Law) -> Iterable[Hashable]:
    """List which shelter may ask which clinic."""
    return [
        Offered(asker, provider, agreed)
        for asker in shelters(law)
        for provider in clinics(law)
        for agreed in (True, False)
    ]


def may_offer(law: Law, state: State, choice: Offered) -> bool:
    """Look at an offer of a shelter that has the case, through a clinic that does not."""
    asker, provider = state.shares[choice.asker], state.shares[choice.provider]
    return asker.row == "open" and not provider.row


def offered(law: Law, state: State, choice: Offered) -> State | None:
    """Offer a service, when a consent covers what goes along and nothing forbidden counts."""
    share = state.shares[choice.provider]
    situation = HelpSituation(SERVICE, True, frozenset(), state.identification.state)
    if not all(law.allows(rule, situation, state.day) for rule in service.UNCONDITIONAL):
        return None
    shares = seen_from(state, choice.asker, choice.provider)
    question = ("offer", choice.asker, choice.provider, state.age, shares, state.day)
    seen = state._replace(shares=shares)
    parts = law.unless_refused(question, lambda: _package(law, seen, choice))
    after = law.moved(state, "service_offered", Role.CM)
    if not parts or after is None or not _seen(law, state, choice, parts):
        return None
    sent = share._replace(
        row="offered",
        row_until=share.consent_until,
        parts=parts,
        basis="consent",
        said="agreed" if choice.agreed else "",
    )
    return with_share(after, choice.provider, sent)


def _seen(law: Law, state: State, choice: Offered, parts: frozenset[str]) -> bool:
    return bool(state.shares[choice.asker].parts & parts & PLAN_PARTS)


def _package(law: Law, state: State, choice: Offered) -> frozenset[str]:
    house = law.houses[choice.provider]
    share = state.shares[choice.provider]
    has_consent = share.consent_from is not None
    asked = Asked(
        to=house.ref,
        role=house.role,
        purpose=house.purpose,
        until=record.date_of(share.consent_until if has_consent else state.day + 1),
        consent=ref(f"consent to {house.name}") if has_consent else None,
    )
    at = record.moment(state.day) + timedelta(minutes=1)
    asker = law.by(law.houses[choice.asker])
    return sharing.share(law.case(state), asked, actor=asker, at=at, desk=law.desk).compartments


def was_offered(law: Law, state: State, choice: int) -> bool:
    """Look at a provider that was asked."""
    return state.shares[choice].row == "offered"


def accepted(law: Law, state: State, choice: int) -> State | None:
    """Accept an offer: its rows open."""
    codes = {"by": "provider", "answer": "accepted"}
    after = law.moved(state, "offer_answered", Role.HC, codes)
    share = state.shares[choice]._replace(row="open")
    return with_share(after, choice, share) if after else None


def refusals(law: Law) -> Iterable[Hashable]:
    """List who may refuse help, and the reasons they may give."""
    return [Refused(i, reason) for i in clinics(law) for reason in REASONS]


def may_refuse(law: Law, state: State, choice: Refused) -> bool:
    """Look at a refusal of an offer that was not answered."""
    return state.shares[choice.place].row == "offered"


def refused(law: Law, state: State, choice: Refused) -> State | None:
    """Refuse help, for a reason that help may rest on."""
    situation = HelpSituation(
        SERVICE, False, frozenset({choice.reason}), state.identification.state
    )
    if not all(law.allows(rule, situation, state.day) for rule in service.UNCONDITIONAL):
        return None
    told = ChildRefusal(is_child(state), frozenset({choice.reason}))
    if not law.allows("R38", told, state.day):
        return None
    codes = {"by": "provider", "answer": "declined"}
    after = law.moved(state, "offer_answered", Role.HC, codes)
    return with_share(after, choice.place, shut(state.shares[choice.place])) if after else None


def may_deliver(law: Law, state: State, choice: int) -> bool:
    """Look at a delivery by a provider that was asked."""
    return bool(state.shares[choice].row)


def delivered(law: Law, state: State, choice: int) -> State | None:
    """Deliver a service, when she and the provider agreed to it (R11)."""
    share = state.shares[choice]
    agreed = share.said == "agreed" or None
    situation = ServiceSituation(
        is_child=is_child(state),
        person_agreed=agreed,
        guardian_agreed=_guardian(state, share),
        child_assents=agreed,
        provider_accepted=True if share.row == "open" else None,
    )
    if not law.allows("R11", situation, state.day):
        return None
    return law.stepped(state, "service_delivered")


def _guardian(state: State, share: Share) -> bool | None:
    return is_child(state) if share.consent_from is not None else None


def closers(law: Law) -> Iterable[Hashable]:
    """List who may end support: the police officer who met her, and a shelter."""
    return (None, *shelters(law))


def may_close(law: Law, state: State, choice: int | None) -> bool:
    """Look at an end of support by someone who has the case."""
    return choice is None or state.shares[choice].row == "open"


def closed(law: Law, state: State, choice: int | None) -> State | None:
    """End support once everything is seen to."""
    if not law.unless_refused(("ready", state.day), lambda: _ready(state.day)):
        return None
    return law.moved(state, "case_closed", POLICE.role if choice is None else Role.CM)


def _ready(day: int) -> bool:
    closure = closing.Closure(
        exit_kind="completed",
        retention_until=record.date_of(day + 365),
        plan_reviewed=True,
        claims_listed=True,
        safety_plan=True,
        return_contact=True,
    )
    closing.require_ready(closure, on=record.date_of(day))
    return True


def reopened(law: Law, state: State, choice: object) -> State | None:
    """Open a closed case again; nothing is asked of her."""
    return law.moved(state, "case_reopened", POLICE.role)


def _says_offer(law: Law, choice: Offered) -> str:
    asks = f"{law.houses[choice.asker].says.capitalize()} asks"
    with_her = "with her agreement" if choice.agreed else "before she has answered"
    return f"{asks} {law.houses[choice.provider].says} for {SERVICE} care, {with_her}."


def _says_refused(law: Law, choice: Refused) -> str:
    who = law.houses[choice.place].says.capitalize()
    return f"{who} refuses help, with the reason {choice.reason.replace('_', ' ')}."


def _says_closed(law: Law, choice: int | None) -> str:
    who = POLICE.says if choice is None else law.houses[choice].says
    return f"{who.capitalize()} ends the support."


def by(law: Law, place: int, does: str) -> str:
    """Say that an organisation does something."""
    return f"{law.houses[place].says.capitalize()} {does}."


HELP = (
    Act(
        "emergency_care",
        "help",
        once_only,
        always,
        cared_for,
        lambda law, choice: "She gets emergency medical care.",
        helps=True,
    ),
    Act(
        "plan",
        "help",
        shelters,
        holds_plan,
        planned,
        lambda law, choice: by(law, choice, "agrees a plan with her"),
        helps=True,
    ),
    Act("close", "help", closers, may_close, closed, _says_closed),
    Act(
        "reopen",
        "help",
        once_only,
        always,
        reopened,
        lambda law, choice: "She comes back, and the case is opened again.",
    ),
    Act("offer", "service", offers, may_offer, offered, _says_offer),
    Act(
        "accept",
        "service",
        clinics,
        was_offered,
        accepted,
        lambda law, choice: by(law, choice, "accepts"),
        helps=True,
    ),
    Act("refuse", "service", refusals, may_refuse, refused, _says_refused),
    Act(
        "deliver",
        "service",
        clinics,
        may_deliver,
        delivered,
        lambda law, choice: by(law, choice, "gives the care"),
        helps=True,
    ),
)
