"""What the API shows: the same as the pages, by codes and references, sealed parts only opened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from opennrm.casework import ports
from opennrm.records.queries import CasePage, TimelineEntry


class Me(Schema):
    """For whom and for what a program works."""

    organisation: UUID
    organisation_name: str
    roles: list[str]
    jurisdiction: str
    purpose: str
    steps: list[str]
    parts: list[str]
    until: datetime


class CaseLine(Schema):
    """One case on a list: only what follows from the parts that are open."""

    case_ref: UUID
    reference: str
    role: str
    state: str
    offer_fact: UUID | None
    stage: str
    urgency: str | None
    majority: str | None
    language: str | None
    services: list[str]
    waiting_for: str
    next_due_at: datetime | None
    next_due_kind: str | None
    last_fact_at: datetime
    until: datetime


class Cases(Schema):
    """Some cases, where to go on, and whether these were all."""

    cases: list[CaseLine]
    after: str | None
    is_all: bool


class Entry(Schema):
    """One entry of a case: its open codes, and its words where they were opened."""

    fact_ref: UUID
    kind: str
    part: str
    sequence: int
    at: datetime
    organisation: UUID
    organisation_name: str
    basis: str
    corrects: UUID | None
    is_replaced: bool
    is_damaged: bool
    open: dict[str, Any]
    told: dict[str, str] | None


class Due(Schema):
    """Something due: which kind, since which entry, when, in which case."""

    kind: str
    fact_ref: UUID
    due_at: datetime
    reference: str


class DueInCase(Schema):
    """A deadline of one case."""

    kind: str
    due_at: datetime
    part: str


class Waiting(Schema):
    """What waits for an answer: codes, never the person."""

    offer_fact: UUID
    kind: str
    role: str
    urgency: str | None
    majority: str | None
    language: str | None
    services: list[str]
    from_organisation: str
    answer_by: datetime


class OneCase(Schema):
    """One case as far as it is open."""

    case_ref: UUID
    reference: str
    stage: str
    waiting_for: str
    parts: dict[str, str]
    sequences: dict[str, int]
    offers: list[Waiting]
    due: list[DueInCase]
    entries: list[Entry]


class Person(Schema):
    """A case whose person bears a name like the one looked for."""

    case_ref: UUID
    reference: str
    names: list[str]
    likeness: float


class Organisation(Schema):
    """An organisation of the mechanism and the roles in which it acts."""

    organisation: UUID
    name: str
    kind: str
    jurisdiction: str
    roles: list[str]


class List(Schema):
    """A list of codes with their labels."""

    name: str
    codes: dict[str, str]


def organisation(one: ports.Organisation) -> Organisation:
    """Show an organisation."""
    return Organisation(
        organisation=one.organisation,
        name=one.name,
        kind=one.kind,
        jurisdiction=one.jurisdiction,
        roles=sorted(role.value for role in one.roles),
    )


def one_case(page: CasePage) -> OneCase:
    """Show a case as the viewer's page shows it, without the names of people at work."""
    return OneCase(
        case_ref=page.case_ref,
        reference=page.reference,
        stage=page.stage,
        waiting_for=page.waiting_for,
        parts=dict(page.compartments),
        sequences=dict(page.sequences),
        offers=[Waiting.from_orm(offer) for offer in page.offers],
        due=[
            DueInCase(kind=each.kind, due_at=each.due_at, part=each.compartment)
            for each in page.due
        ],
        entries=[_entry(each) for each in page.timeline],
    )


def _entry(entry: TimelineEntry) -> Entry:
    fact = entry.fact
    told: Mapping[str, str] | None = entry.told
    return Entry(
        fact_ref=fact.fact_ref,
        kind=fact.kind,
        part=fact.compartment,
        sequence=fact.sequence,
        at=fact.at,
        organisation=fact.organisation,
        organisation_name=entry.organisation_name,
        basis=fact.basis,
        corrects=fact.corrects,
        is_replaced=entry.is_replaced,
        is_damaged=entry.is_damaged,
        open=dict(fact.open),
        told=dict(told) if told is not None else None,
    )
