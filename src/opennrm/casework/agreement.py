"""Asks whether a service was agreed to: by her, a child's guardian, and the provider (R11)."""

from datetime import date
from typing import Protocol

from opennrm.casework.asking import require_rule
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused, RuleBroken
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.rights.access import ServiceSituation

EMERGENCY = frozenset({"emergency_medical"})


class Delivered(Protocol):
    """What is looked at of a delivery: which service, and whether danger stood in for consent."""

    @property
    def service(self) -> str:
        """Which service was delivered."""
        ...

    @property
    def imminent(self) -> bool:
        """Whether imminent danger stood in for the agreement."""
        ...

    @property
    def imminent_reason(self) -> str:
        """Why it did."""
        ...


def require_agreed(case: Case, offer: Fact | None, delivered: Delivered, *, on: date) -> None:
    """Refuse a service nobody agreed to, save emergency medical care in imminent danger.

    :raises RuleBroken: when she or the provider has not agreed, or it is no emergency (R11).
    :raises MoveRefused: when an emergency has no reason.
    """
    if delivered.imminent and delivered.service not in EMERGENCY:
        raise RuleBroken(found("emergency_only", "R11"))
    if delivered.imminent and not delivered.imminent_reason.strip():
        raise MoveRefused(found("reason_needed"))
    situation = ServiceSituation(
        is_child=case.is_child,
        person_agreed=person_agreed(case, offer),
        guardian_agreed=guardian_agreed(case, offer),
        child_assents=child_assents(case, offer),
        provider_accepted=answer_by(case, offer, "provider"),
        imminent_danger=delivered.imminent,
    )
    require_rule("R11", situation, on)


def person_agreed(case: Case, offer: Fact | None) -> bool | None:
    """Say whether she agreed: her last answer, or else what was noted with the offer."""
    if offer is None:
        return None
    answer = answer_by(case, offer, "person")
    return answer if answer is not None else offer.flag("person_agreed") or None


def child_assents(case: Case, offer: Fact | None) -> bool | None:
    """Say whether the child agreed: the child's last answer, or what was noted with the offer."""
    if offer is None:
        return None
    answer = answer_by(case, offer, "person")
    return answer if answer is not None else offer.flag("child_assent")


def guardian_agreed(case: Case, offer: Fact | None) -> bool | None:
    """Say whether the guardian agreed; the duty to protect a child stands in for one."""
    basis = case.fact(offer.reference("basis_fact")) if offer else None
    if basis is None:
        return None
    if basis.kind == "legal_duty_relied_on":
        return basis.text("duty") == "child_protection" or None
    return basis.flag("guardian")


def answer_by(case: Case, offer: Fact | None, side: str) -> bool | None:
    """Return the last answer of one side to an offer; None when there is none."""
    if offer is None:
        return None
    answers = case.answering(offer.fact_ref, "offer_answered")
    said = [answer for answer in answers if answer.text("by") == side]
    return said[-1].text("answer") == "accepted" if said else None
