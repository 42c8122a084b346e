"""Use case of a one-way deposit: immigration enforcement hands a referral in and sees nothing."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.contact import (
    HelpRequest,
    begun_at_the_door,
    facts_said,
    receiving_role,
)
from opennrm.casework.permissions import require, writable
from opennrm.casework.ports import Desk, Entry
from opennrm.casework.reasons import found
from opennrm.casework.recipients import named_recipient
from opennrm.casework.refusals import RuleBroken
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.facts import NewFact

KINDS = ("help_asked", "person_described", "safe_contact_noted")
WITH_HER_WORD_ONLY = ("called", "safe_way", "whereabouts", "safe_channel")
HERE, PURPOSE = "web_form", "identification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """What an officer saw and heard; who she is, and where, only if she agrees."""

    message: str
    person_agreed: bool = False
    urgent: bool = False
    called: str = ""
    safe_channel: str | None = None
    safe_way: str = ""
    may_leave_message: bool = False
    whereabouts: str = ""
    language: str | None = None


SAID = tuple(one for one in fields(Deposit) if one.name != "person_agreed")


def deposit_referral(*, deposit: Deposit, actor: Actor, at: datetime, desk: Desk) -> UUID:
    """Hand a referral in to the organisation behind the front door; only a receipt comes back.

    The case begins in the hands of that organisation. No row of it opens to the depositor, now
    or later, and the receipt is no reference of the case.

    :raises PermissionMissing: when the actor does not enforce immigration law; others refer.
    :raises RuleBroken: when it tells who or where she is without her agreement (R41), or
        what stands behind the front door enforces immigration law itself (R43).
    :raises MoveRefused: when nobody receives referrals here.
    """
    require("deposit_referral", actor=actor, at=at)
    if not deposit.person_agreed and any(getattr(deposit, one) for one in WITH_HER_WORD_ONLY):
        raise RuleBroken(found("deposit_names_her", "R41"))
    with desk.front_door() as (door, inside):
        on = local_day(door.jurisdiction, at)
        role = receiving_role(door, inside)
        named_recipient(door.organisation, role, purpose=PURPOSE, on=on, desk=inside)
        facts = deposit_facts(deposit, by=actor, door=door, at=at, within=writable(role))
        inside.cases.start(
            begun_at_the_door(facts, role, door=door, at=at, desk=inside),
            jurisdiction=door.jurisdiction,
            audit=Entry("take_deposit", door.account, at),
        )
    return facts[1].fact_ref


def deposit_facts(
    deposit: Deposit, *, by: Actor, door: Actor, at: datetime, within: frozenset[str]
) -> tuple[NewFact, ...]:
    """Build the facts of a deposit: the contact, the deposit, and what was said."""
    basis = "consent" if deposit.person_agreed else "public_task"
    also = {
        "route": "referred",
        "channel": HERE,
        "contact_on": local_day(door.jurisdiction, at),
        "reporting_entity": "migration_or_asylum",
        "majority": "unknown",
        "jurisdiction": door.jurisdiction,
    }
    first = new_fact("contact_recorded", deposit, within=within, basis=basis, also=also)
    own = {"by": by.organisation}
    handed_in = new_fact("referral_deposited", deposit, within=within, basis=basis, also=own)
    request = HelpRequest(
        asked_by="professional", **{one.name: getattr(deposit, one.name) for one in SAID}
    )
    return (first, handed_in, *facts_said(KINDS, request, within=within, basis=basis))
