"""One case as the viewer may see it: where it stands, what is due, who is on it, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from opennrm.casework.refusals import CaseNotFound
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.records import statements
from opennrm.records.folding import reference_or_none, sequences, told_access, told_fact
from opennrm.records.opening import OpenedParts, opened_parts
from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading

# All a page shows, asked at once; what each part of it finds, the reader's own rights decide. The
# application role sees its own live rows only. Whoever looks has seen what was there; the mark
# falls with the transaction. Where no agreement binds her house any more, its lists are closed and
# the sheet is left. People of other houses are not named: who works where is a house's to tell.
WHOLE = (
    f"WITH seen AS MATERIALIZED (SELECT {statements.VISIBLE_COLUMNS} AS has_sealed "  # noqa: S608
    "FROM nrm.fact WHERE case_ref = %(case)s), "
    f"mine AS MATERIALIZED (SELECT {statements.ACCESS_COLUMNS} FROM nrm.access "
    "WHERE case_ref = %(case)s), "
    "own AS (SELECT * FROM seen WHERE organisation = %(house)s) SELECT "
    "(SELECT json_agg(json_build_array(state, role, stage, urgency, majority, language, "
    "services, waiting_for, offer_fact, until, offer_kind, from_organisation, next_due_at, "
    "next_due_kind, nrm.mark_seen(case_ref)) ORDER BY state DESC) "
    "FROM nrm.worklist WHERE case_ref = %(case)s), "
    "(SELECT json_agg(json_build_array(state, role, 'kept', NULL, NULL, NULL, '{}'::text[], "
    "'nobody', NULL, until, NULL, NULL, NULL, NULL)) FROM mine "
    "WHERE nrm.reader_closed_since() IS NOT NULL), "
    "(SELECT json_agg(json_build_array(fact_ref, case_ref, row_number, compartment, sequence, "
    "kind, at, actor, organisation, basis, corrects, open, has_sealed) ORDER BY row_number) "
    "FROM seen), "
    f"(SELECT json_agg(json_build_array({statements.ACCESS_COLUMNS}) ORDER BY access_ref) "
    "FROM mine), "
    "(SELECT json_object_agg(named.ref, named.name) FROM ("
    "SELECT ref, name FROM accounts_organisation UNION ALL "
    "SELECT person.ref, person.display_name FROM accounts_account AS person WHERE person.ref IN ("
    "SELECT actor FROM own UNION ALL "
    "SELECT (open ->> 'to_account')::uuid FROM own WHERE kind = 'case_handed')) AS named), "
    "(SELECT json_agg(json_build_array(kind, due_at, organisation, compartment) ORDER BY due_at) "
    "FROM nrm.deadline WHERE case_ref = %(case)s), "
    "(SELECT json_agg(json_build_array(house.name, on_it.organisation, on_it.role, "
    "person.display_name, on_it.compartment, on_it.mode, on_it.state, on_it.until, "
    "on_it.basis_fact, on_it.offer_fact) ORDER BY on_it.organisation, on_it.role, "
    "on_it.compartment) FROM nrm.who_is_on(%(case)s) AS on_it "
    "JOIN accounts_organisation AS house ON house.ref = on_it.organisation "
    "LEFT JOIN accounts_account AS person ON person.ref = on_it.account)"
)
IS_OPEN = (
    "SELECT EXISTS (SELECT FROM nrm.worklist WHERE case_ref = %s) OR "
    "(nrm.reader_closed_since() IS NOT NULL AND EXISTS "
    "(SELECT FROM nrm.access WHERE case_ref = %s))"
)
ANSWER_DUE = "T04A"
NOTHING_OPENED = OpenedParts({}, frozenset())


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One fact the viewer may see, opened if she asked for it and holds the key."""

    fact: Fact
    actor_name: str
    organisation_name: str
    told: Mapping[str, str] | None
    is_replaced: bool
    is_damaged: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """What one organisation may see of the case, in one role."""

    organisation: UUID
    organisation_name: str
    role: str
    person: str | None
    compartments: tuple[str, ...]
    writes: tuple[str, ...]
    state: str
    until: datetime
    basis_fact: UUID
    offer_fact: UUID | None


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline the viewer may see."""

    kind: str
    due_at: datetime
    organisation_name: str | None
    compartment: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What an organisation sees before it accepts: codes, never the person."""

    offer_fact: UUID
    role: str
    urgency: str | None
    majority: str | None
    language: str | None
    services: tuple[str, ...]
    until: datetime
    kind: str
    from_organisation: str
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the case page shows; `case` folds only the facts open to the viewer."""

    case: Case
    reference: str
    stage: str
    waiting_for: str
    offers: tuple[Offer, ...]
    names: Mapping[UUID, str]
    due: tuple[Due, ...]
    timeline: tuple[TimelineEntry, ...]
    holdings: tuple[Holding, ...]
    compartments: Mapping[str, str]
    sequences: Mapping[str, int]
    opened: bool

    @property
    def case_ref(self) -> UUID:
        """Return the reference the pages link with."""
        return self.case.case_ref


def case_page(
    viewer: Session, case_ref: UUID, *, at: datetime, opened: Iterable[str] = ()
) -> CasePage:
    """Show a case to a viewer; `opened` names the compartments whose sealed parts she asks for.

    :raises CaseNotFound: when nothing of it is open or offered to her, or it does not exist.
    """
    asked = frozenset(opened)
    values = {"case": case_ref, "house": viewer.actor.organisation}
    with reading(viewer.token) as cursor:
        cursor.execute(WHOLE, values)
        found = _Found(*cursor.fetchone())
        if not (found.rows or found.left):
            raise CaseNotFound()
        told = opened_parts(cursor, viewer, case_ref, asked) if asked else NOTHING_OPENED
    return _page(case_ref, found, told)


def is_open(viewer: Session, case_ref: UUID) -> bool:
    """Tell whether a viewer may still see something of a case, or is offered it."""
    with reading(viewer.token) as cursor:
        cursor.execute(IS_OPEN, [case_ref, case_ref])
        return bool(cursor.fetchone()[0])


def told(viewer: Session, case_ref: UUID, part: str) -> Mapping[UUID, Mapping[str, str]]:
    """Open the sealed parts of one part of a case, by fact; the reading is logged."""
    with reading(viewer.token) as cursor:
        return opened_parts(cursor, viewer, case_ref, (part,)).told


class _Found(NamedTuple):
    """What the database answered, each part a list in JSON, or none where there is nothing."""

    rows: list[list[Any]] | None
    left: list[list[Any]] | None
    facts: list[list[Any]] | None
    access: list[list[Any]] | None
    names: dict[str, str]
    due: list[list[Any]] | None
    who: list[list[Any]] | None


def _page(case_ref: UUID, found: _Found, told: OpenedParts) -> CasePage:
    facts = tuple(map(told_fact, found.facts or ()))
    access = tuple(map(told_access, found.access or ()))
    case = Case(case_ref, facts, access, sequences(facts))
    names = {UUID(ref): name for ref, name in found.names.items()}
    rows = found.rows or found.left or []
    mine = [row for row in access if row.state == "open"]
    return CasePage(
        case=case,
        reference=reference(case_ref),
        stage=rows[0][2],
        waiting_for=rows[0][7],
        offers=tuple(_offer(row, names) for row in rows if row[0] == "offered"),
        names=names,
        due=tuple(_due(one, names) for one in found.due or ()),
        timeline=tuple(_timeline(case, told, names)),
        holdings=tuple(_holdings(found.who or ())),
        compartments={row.compartment: row.mode for row in sorted(mine, key=lambda r: r.mode)},
        sequences={row.compartment: case.sequences.get(row.compartment, 0) for row in mine},
        opened=told is not NOTHING_OPENED,
    )


def _offer(row: list[Any], organisations: Mapping[UUID, str]) -> Offer:
    sender = organisations.get(UUID(row[11]), "") if row[11] else ""
    until = datetime.fromisoformat(row[9])
    return Offer(
        offer_fact=UUID(row[8]),
        role=row[1],
        urgency=row[3],
        majority=row[4],
        language=row[5],
        services=tuple(row[6]),
        until=until,
        kind=row[10],
        from_organisation=sender,
        answer_by=datetime.fromisoformat(row[12]) if row[13] == ANSWER_DUE else until,
    )


def _due(row: list[Any], organisations: Mapping[UUID, str]) -> Due:
    kind, due_at, organisation, part = row
    name = organisations.get(UUID(organisation)) if organisation else None
    return Due(kind, datetime.fromisoformat(due_at), name, part)


def _timeline(case: Case, told: OpenedParts, names: Mapping[UUID, str]) -> Iterable[TimelineEntry]:
    for fact in reversed(case.facts):
        yield TimelineEntry(
            fact=fact,
            actor_name=names.get(fact.actor, ""),
            organisation_name=names.get(fact.organisation, ""),
            told=told.told.get(fact.fact_ref),
            is_replaced=case.is_replaced(fact.fact_ref),
            is_damaged=fact.fact_ref in told.damaged,
        )


def _holdings(found: Iterable[list[Any]]) -> Iterable[Holding]:
    groups: dict[tuple[Any, ...], list[tuple[str, str]]] = {}
    for name, organisation, role, person, part, mode, *rest in found:
        key = (organisation, name, role, person, *rest)
        groups.setdefault(key, []).append((part, mode))
    for key, parts in groups.items():
        organisation, name, role, person, state, until, basis, offer = key
        yield Holding(
            UUID(organisation),
            name,
            role,
            person,
            tuple(part for part, _ in parts),
            tuple(part for part, mode in parts if mode == "write"),
            state,
            datetime.fromisoformat(until),
            UUID(basis),
            reference_or_none(offer),
        )
