"""Use cases of money and assets: what she received, what was taken from those who exploited her.

What was awarded, paid and confiscated are kept apart and never added up (R59).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import open_to_all
from opennrm.casework.reasons import found
from opennrm.casework.redress import BESIDE_HER, REDRESS, claim_filed, read_by
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money she received: when, from whom, how much, on which claim."""

    paid_on: date
    payer: str
    currency: str
    amount: int
    claim: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """Assets of those who exploited: seized, confiscated, passed on to her, or given back."""

    asset_step: str
    asset_on: date
    currency: str | None = None
    amount: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enforcement:
    """What was done so that an award is paid."""

    claim: UUID
    enforcement: str
    enforced_on: date


def record_payment(
    *,
    case_ref: UUID,
    payment: Payment,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record money she received; anyone on the case whom she told can (R59).

    :raises MoveRefused: when there is no such claim.
    """
    require("record_payment", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    also = {"answers": claim_filed(case, payment.claim).fact_ref} if payment.claim else {}
    within = open_to_all(case, REDRESS, actor=actor, at=at)
    fact = new_fact("payment_received", payment, within=within, basis="own_record", also=also)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_payment", actor.account, at))
    return fact.fact_ref


def record_assets(
    *,
    case_ref: UUID,
    assets: Assets,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what was done with assets; those who claim for her are told.

    :raises MoveRefused: when an amount lacks its currency.
    """
    require("record_assets", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if assets.amount is not None and not assets.currency:
        raise MoveRefused(found("currency_needed"))
    within = read_by(case, actor=actor, at=at)
    fact = new_fact("assets_recorded", assets, within=within, basis="public_task")
    told = tell_holders(case, "assets_recorded", roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_assets", actor.account, at))
    return fact.fact_ref


def record_enforcement(
    *,
    case_ref: UUID,
    enforcement: Enforcement,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what was done so that an award is paid.

    :raises MoveRefused: when there is no such claim.
    """
    require("record_enforcement", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    also = {"answers": claim_filed(case, enforcement.claim).fact_ref}
    within = read_by(case, actor=actor, at=at)
    kind = "enforcement_recorded"
    fact = new_fact(kind, enforcement, within=within, basis="own_record", also=also)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_enforcement", actor.account, at))
    return fact.fact_ref
