"""Use cases of taking in what another system kept of one person, whole, and of taking it back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.contact import (
    AccountNote,
    Contact,
    PersonDescription,
    contact_facts,
    facts_said,
    reach_of,
)
from opennrm.casework.grants import own_grants
from opennrm.casework.permissions import acting_roles, require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.signs import require_no_profiling
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.facts import NewFact


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtAlong:
    """What another system kept of one person: how she came, who she is, what she told."""

    contact: Contact
    person: PersonDescription | None = None
    account: AccountNote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportUndone:
    """The import that is undone, and the day."""

    undone_import: UUID
    erased_on: date


def take_in(*, brought: BroughtAlong, actor: Actor, at: datetime, desk: Desk) -> UUID:
    """Take in one person's case from another system, whole or not at all.

    :raises RuleBroken: when a trait is put down as a sign (R20).
    """
    require("take_in", actor=actor, at=at)
    signs = (*brought.contact.signs, *(brought.account.signs if brought.account else ()))
    require_no_profiling(signs, on=local_day(actor.jurisdiction, at))
    roles = acting_roles("take_in", actor)
    facts = brought_facts(brought, actor=actor, at=at, within=reach_of(roles))
    grants = tuple(
        grant
        for role in roles
        for grant in own_grants(
            role,
            organisation=actor.organisation,
            named=(actor.account,),
            basis=facts[0].fact_ref,
            at=at,
        )
    )
    return desk.cases.start(
        Change(facts=facts, grants=grants),
        jurisdiction=actor.jurisdiction,
        audit=Entry("take_in", actor.account, at),
    )


def undo_taking_in(
    *, case_ref: UUID, undone: ImportUndone, actor: Actor, at: datetime, desk: Desk
) -> UUID:
    """Take a mistaken row back for good, with its keys and its row in the figures.

    The record allows it for a day, to the house that took it in, while nobody has worked on the
    case since and no other house holds anything of it.

    :raises AccessMissing: when it does not.
    """
    require("undo_taking_in", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = written(case, actor=actor, at=at)
    fact = new_fact("record_erased", undone, within=within, basis="own_record")
    change = Change(facts=(fact,), erases=True, undoes=True)
    desk.cases.append(case_ref, change, audit=Entry("undo_taking_in", actor.account, at))
    return fact.fact_ref


def brought_facts(
    brought: BroughtAlong, *, actor: Actor, at: datetime, within: frozenset[str]
) -> tuple[NewFact, ...]:
    """Build the facts of what was brought along, the contact first."""
    facts = contact_facts(brought.contact, actor=actor, at=at, within=within)
    for kind, said in (("person_described", brought.person), ("account_noted", brought.account)):
        if said is not None:
            facts += facts_said((kind,), said, within=within, basis="own_record")
    return facts
