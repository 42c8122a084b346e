"""One case as the viewer may see it: where it stands, what is due, who is on it, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from opennrm.casework.refusals import CaseNotFound
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.records import statements
from opennrm.records.folding import access_of, fact_of, sequences
from opennrm.records.opening import OpenedParts, opened_parts
from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading

# The application role sees its own live rows only, so these statements need no further condition.
OWN_ACCESS = (
    f"SELECT {statements.ACCESS_COLUMNS} FROM nrm.access "  # noqa: S608
    "WHERE case_ref = %s ORDER BY access_ref"
)
WHO = (
    "SELECT own.name, on_it.organisation, on_it.role, person.display_name, on_it.compartment, "
    "on_it.mode, on_it.state, on_it.until, on_it.basis_fact, on_it.offer_fact "
    "FROM nrm.who_is_on(%s) AS on_it "
    "JOIN accounts_organisation AS own ON own.ref = on_it.organisation "
    "LEFT JOIN accounts_account AS person ON person.ref = on_it.account"
)
DUE = "SELECT kind, due_at, organisation, compartment FROM nrm.deadline WHERE case_ref = %s"
# Whoever looks has seen what was there; the mark falls with the transaction.
ROW = (
    "SELECT state, role, stage, urgency, majority, language, services, waiting_for, offer_fact, "
    "until, offer_kind, from_organisation, next_due_at, next_due_kind, nrm.mark_seen(case_ref) "
    "FROM nrm.worklist WHERE case_ref = %s ORDER BY state DESC"
)
# Where no agreement binds the viewer's house any more, its lists are closed and the sheet is left.
SHEET_LEFT = (
    "SELECT state, role, 'kept', NULL, NULL, NULL, '{}'::text[], 'nobody', NULL, until, NULL, "
    "NULL, NULL, NULL FROM nrm.access WHERE case_ref = %s "
    "AND nrm.reader_closed_since() IS NOT NULL"
)
NAMES = (
    "SELECT ref, name FROM accounts_organisation UNION ALL "
    "SELECT person.ref, person.display_name FROM accounts_account AS person "
    "WHERE person.ref = ANY(%s)"
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
    with reading(viewer.token) as cursor:
        cursor.execute(ROW, [case_ref])
        rows = cursor.fetchall()
        if not rows:
            cursor.execute(SHEET_LEFT, [case_ref])
            rows = cursor.fetchall()
        if not rows:
            raise CaseNotFound()
        case = _visible_case(cursor, case_ref)
        told = opened_parts(cursor, viewer, case_ref, asked) if asked else NOTHING_OPENED
        return _page(cursor, viewer, case, rows, told)


def _visible_case(cursor: Any, case_ref: UUID) -> Case:
    cursor.execute(statements.VISIBLE_FACTS, [case_ref])
    facts = tuple(fact_of(row) for row in cursor.fetchall())
    cursor.execute(OWN_ACCESS, [case_ref])
    access = tuple(access_of(row) for row in cursor.fetchall())
    return Case(case_ref, facts, access, sequences(facts))


def _page(
    cursor: Any,
    viewer: Session,
    case: Case,
    rows: list[tuple[Any, ...]],
    told: OpenedParts,
) -> CasePage:
    names = _names(cursor, viewer, case)
    mine = [row for row in case.access if row.state == "open"]
    return CasePage(
        case=case,
        reference=reference(case.case_ref),
        stage=rows[0][2],
        waiting_for=rows[0][7],
        offers=tuple(_offer(row, names) for row in rows if row[0] == "offered"),
        names=names,
        due=tuple(_due(cursor, case.case_ref, names)),
        timeline=tuple(_timeline(case, told, names)),
        holdings=tuple(_holdings(cursor, case.case_ref)),
        compartments={row.compartment: row.mode for row in sorted(mine, key=lambda r: r.mode)},
        sequences={row.compartment: case.sequences.get(row.compartment, 0) for row in mine},
        opened=told is not NOTHING_OPENED,
    )


def _names(cursor: Any, viewer: Session, case: Case) -> dict[UUID, str]:
    """Name every house, and of people those of the viewer's own.

    Who works where in another house is that house's to tell; its name is enough to ring it up.
    """
    written = [one for one in case.facts if one.organisation == viewer.actor.organisation]
    asked = {one.reference("to_account") for one in written if one.kind == "case_handed"}
    cursor.execute(NAMES, [[*{one.actor for one in written} | asked]])
    return dict(cursor.fetchall())


def _offer(row: tuple[Any, ...], organisations: Mapping[UUID, str]) -> Offer:
    sender = organisations.get(row[11], "")
    answer_by = row[12] if row[13] == ANSWER_DUE else row[9]
    known = (row[8], row[1], row[3], row[4], row[5], tuple(row[6]), row[9], row[10])
    return Offer(*known, sender, answer_by)


def _due(cursor: Any, case_ref: UUID, organisations: Mapping[UUID, str]) -> Iterable[Due]:
    cursor.execute(DUE + " ORDER BY due_at", [case_ref])
    for kind, due_at, organisation, part in cursor.fetchall():
        yield Due(kind, due_at, organisations.get(organisation), part)


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


def _holdings(cursor: Any, case_ref: UUID) -> Iterable[Holding]:
    cursor.execute(WHO, [case_ref])
    groups: dict[tuple[Any, ...], list[tuple[str, str]]] = {}
    for name, organisation, role, person, part, mode, *rest in cursor.fetchall():
        key = (organisation, name, role, person, *rest)
        groups.setdefault(key, []).append((part, mode))
    for key, parts in groups.items():
        organisation, name, role, person, state, until, basis, offer = key
        yield Holding(
            organisation,
            name,
            role,
            person,
            tuple(part for part, _ in parts),
            tuple(part for part, mode in parts if mode == "write"),
            state,
            until,
            basis,
            offer,
        )
