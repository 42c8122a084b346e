"""Use cases of first contact: what happened, who she is, how to reach her, asking for help."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.age import require_doubt_given, status_at_contact
from opennrm.casework.grants import own_grants
from opennrm.casework.permissions import acting_roles, require, writable
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import EntryMalformed
from opennrm.casework.signs import require_no_profiling
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.facts import NewFact
from opennrm.vocabulary.roles import Role

REPORTED_BY: Mapping[str, str] = {
    "ngo": "ngo",
    "law_enforcement": "police",
    "health_service_organisation": "health",
    "local_government_organisation": "social_service",
    "immigration_service": "migration_or_asylum",
    "school_or_college": "education",
    "international_organisation": "international_organisation",
}
ROUTES: Mapping[str, str] = {"self": "self", "organisation": "referred"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A first screen, enough when she leaves after two minutes."""

    route: str
    channel: str
    contact_on: date
    reporting_entity: str | None = None
    referred_by: UUID | None = None
    asked_by: str | None = None
    danger: str | None = None
    majority: str = "unknown"
    age_in_doubt: bool = False
    left_early: bool = False
    language: str | None = None
    scope_of_trafficking: str | None = None
    safe_channel: str | None = None
    may_leave_message: bool = False
    safe_way: str = ""
    whereabouts: str = ""
    words: str = ""
    forms: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    called: str = ""
    sex: str | None = None
    age_group: str | None = None
    labels: tuple[str, ...] = ()
    came_back: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDescription:
    """Who she is, as far as she wishes to say."""

    sex: str | None = None
    gender: str | None = None
    age_group: str | None = None
    citizenship: tuple[str, ...] = ()
    names: str = ""
    called: str = ""
    birthdate: str = ""
    documents: str = ""
    nationality_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContactNote:
    """How she can be reached without danger, and where she is."""

    safe_channel: str
    may_leave_message: bool = False
    safe_way: str = ""
    whereabouts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNote:
    """What she told or what was seen, in her own words where she agrees."""

    forms: tuple[str, ...] = ()
    scope_of_trafficking: str | None = None
    means: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    words: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRequest:
    """What someone without an account writes; nothing in it is required but a message."""

    asked_by: str
    message: str
    urgent: bool = False
    called: str = ""
    safe_channel: str | None = None
    safe_way: str = ""
    may_leave_message: bool = False
    whereabouts: str = ""
    language: str | None = None
    asked_on: date | None = None


def record_contact(*, contact: Contact, actor: Actor, at: datetime, desk: Desk) -> UUID:
    """Record a first contact and start the case at the actor's own organisation.

    :raises RuleBroken: when a trait is put down as a sign (R20).
    """
    require("record_contact", actor=actor, at=at)
    require_no_profiling(contact.signs, on=local_day(actor.jurisdiction, at))
    roles = acting_roles("record_contact", actor)
    facts = contact_facts(contact, actor=actor, at=at, within=reach_of(roles))
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
        audit=Entry("record_contact", actor.account, at),
    )


def ask_for_help(*, request: HelpRequest, actor: Actor, at: datetime, desk: Desk) -> UUID:
    """Record a request for help made at the front door, with or without a name."""
    require("ask_for_help", actor=actor, at=at)
    role = receiving_role(actor, desk)
    facts = request_facts(request, actor=actor, at=at, within=writable(role))
    return desk.cases.start(
        begun_at_the_door(facts, role, door=actor, at=at, desk=desk),
        jurisdiction=actor.jurisdiction,
        audit=Entry("ask_for_help", actor.account, at),
    )


def begun_at_the_door(
    facts: tuple[NewFact, ...], role: Role, *, door: Actor, at: datetime, desk: Desk
) -> Change:
    """Open a new case to the organisation behind the front door, and tell it so."""
    basis = facts[0].fact_ref
    grants = own_grants(
        role,
        organisation=door.organisation,
        named=desk.directory.holders(door.organisation, role),
        basis=basis,
        at=at,
    )
    notice = Notice(door.organisation, "help_asked", about=basis, role=role)
    return Change(facts=facts, grants=grants, notices=(notice,))


def describe_person(
    *,
    case_ref: UUID,
    person: PersonDescription,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record who the person is, as far as she wishes to say.

    :raises RuleBroken: when it would make an adult of someone treated as a child (R31).
    """
    require("describe_person", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    fact = new_fact("person_described", person, within=written(case, actor=actor, at=at))
    require_doubt_given(case, fact.open, on=local_day(case.jurisdiction, at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("describe_person", actor.account, at))
    return fact.fact_ref


def note_safe_contact(
    *,
    case_ref: UUID,
    note: SafeContactNote,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record how the person can be reached without danger."""
    require("note_safe_contact", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    fact = new_fact("safe_contact_noted", note, within=written(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("note_safe_contact", actor.account, at))
    return fact.fact_ref


def note_account(
    *,
    case_ref: UUID,
    account: AccountNote,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what she told, or what was seen.

    :raises RuleBroken: when a trait is put down as a sign (R20).
    """
    require("note_account", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_no_profiling(account.signs, on=local_day(case.jurisdiction, at))
    fact = new_fact("account_noted", account, within=written(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("note_account", actor.account, at))
    return fact.fact_ref


def contact_facts(
    contact: Contact, *, actor: Actor, at: datetime, within: frozenset[str]
) -> tuple[NewFact, ...]:
    """Build the facts of a first contact: only those she, or what was seen, gave words for.

    :raises EntryMalformed: when the day of the contact has not come yet.
    """
    today = local_day(actor.jurisdiction, at)
    if contact.contact_on > today:
        raise EntryMalformed(found("contact_ahead"), "contact_on")
    status = status_at_contact(contact.majority, contact.age_group, contact.age_in_doubt, on=today)
    also = {
        "jurisdiction": actor.jurisdiction,
        "age_status": status,
        "reporting_entity": contact.reporting_entity or reported_by(actor),
    }
    first = new_fact("contact_recorded", contact, within=within, basis="own_record", also=also)
    kinds = ("person_described", "safe_contact_noted", "account_noted")
    return (first, *facts_said(kinds, contact, within=within, basis="own_record"))


def request_facts(
    request: HelpRequest, *, actor: Actor, at: datetime, within: frozenset[str]
) -> tuple[NewFact, ...]:
    """Build the facts of a request for help: the contact, the message, and what else was said."""
    basis = "consent" if request.asked_by == "self" else "own_record"
    also = {
        "route": ROUTES.get(request.asked_by, "relative_or_other"),
        "channel": "web_form",
        "contact_on": request.asked_on or local_day(actor.jurisdiction, at),
        "reporting_entity": "self" if request.asked_by == "self" else "other",
        "majority": "unknown",
        "jurisdiction": actor.jurisdiction,
    }
    first = new_fact("contact_recorded", request, within=within, basis=basis, also=also)
    asked = new_fact("help_asked", request, within=within, basis=basis)
    kinds = ("person_described", "safe_contact_noted")
    return (first, asked, *facts_said(kinds, request, within=within, basis=basis))


def facts_said(
    kinds: tuple[str, ...], source: object, *, within: frozenset[str], basis: str
) -> tuple[NewFact, ...]:
    """Build a fact for each kind about which something was said."""
    built = (new_fact(kind, source, within=within, basis=basis) for kind in kinds)
    return tuple(fact for fact in built if fact.sealed or any(fact.open.values()))


def reported_by(actor: Actor) -> str:
    """Say which kind of body reports, where the form left it out."""
    if Role.HL in actor.roles:
        return "helpline"
    return REPORTED_BY.get(actor.organisation_kind, "other")


def receiving_role(actor: Actor, desk: Desk) -> Role:
    """Say which role takes requests for help: helpline, or else first responder."""
    house = desk.directory.organisation(actor.organisation)
    return Role.HL if house and Role.HL in house.roles else Role.FR


def reach_of(roles: tuple[Role, ...]) -> frozenset[str]:
    """Return what several roles may write together in a case they start."""
    return frozenset(code for role in roles for code in writable(role))
