"""Who may read, write and answer in which part of the co-ordination: one table, deny by default.

The database keeps a copy of this table and asks it for every row (`tables.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache

from opennrm.casework.actors import Actor
from opennrm.vocabulary.need_to_know import Access, need_to_know
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope


class Area(StrEnum):
    """A part of the co-ordination that is opened and closed as a whole."""

    ORGANISATIONS = "organisations"
    AGREEMENTS = "agreements"
    DIRECTORY = "directory"
    STRUCTURES = "structures"
    GUARANTEES = "guarantees"
    PLAN = "plan"
    APPROVALS = "approvals"
    COMMITMENTS = "commitments"
    RECOMMENDATIONS = "recommendations"
    SURVEYS = "surveys"
    ASSESSMENTS = "assessments"
    REPORTS = "reports"
    TRAINING = "training"
    JOB_OFFERS = "job_offers"
    LABOUR = "labour"
    TRIALS = "trials"
    CAMPAIGNS = "campaigns"
    LIBRARY = "library"
    EVENTS = "events"
    OUTREACH = "outreach"
    SCENES = "scenes"
    FIELD_DESK = "field_desk"
    PREVENTION = "prevention"
    BUSINESS = "business"
    CONDUCT = "conduct"
    ANALYSES = "analyses"


class May(StrEnum):
    """What a role may do in an area; `own` means with the rows of its own organisation."""

    READ = "read"
    WRITE = "write"
    OWN = "own"
    DECIDE = "decide"


# Roles by area: who reads, writes everything, writes what is its own organisation's, decides.
# Source: roles reference, sections 2 and 4 (column D15).
TABLE = """
area             read  write           own                                          decide
organisations    *     NCO             -                                            -
agreements       *     NCO             *                                            NCO
directory        *     NCO,LOC         *                                            -
structures       *     NCO,COM,LOC     -                                            -
guarantees       *     NR              -                                            -
plan             *     NCO             *                                            NCO
approvals        *     COM             -                                            -
commitments      *     NCO,SR,OD,OF    -                                            -
recommendations  *     NCO,NR,SR,OD,OF *                                            -
surveys          *     SR,OD           *                                            NCO
assessments      *     SR,OD           NCO                                          SR
reports          *     SR,NR,NCO       *                                            SR,NR,NCO
training         *     NCO,TR          -                                            TR
job_offers       *     NCO,LI          -                                            -
labour           LI,LE,PR,NCO,NR LI    -                                            -
trials           *     TM              -                                            -
campaigns        *     NCO,MD          *                                            NCO,MD
library          *     NCO,MD,NR,TR,SR,OD,OF -                                      -
events           *     NCO,MD,SR,OD,OF *                                            -
outreach         *     NCO             *                                            -
scenes           LI,LE,PR,NCO,NR LI,LE,PR,NCO -                                     -
field_desk       *     -               *                                            -
prevention       *     NCO,LOC         *                                            -
business         *     NCO             -                                            -
conduct          SR    SR              -                                            SR
analyses         NR,SO NR,SO           -                                            -
"""
EVERY_READER = "*"
NOBODY = "-"
# The commission approves the plan, although the matrix gives it no row of its own.
BESIDE_THE_MATRIX = frozenset({Role.COM})

Permits = Mapping[tuple[Area, May], frozenset[Role]]


@cache
def readers() -> frozenset[Role]:
    """Return the roles that may read what is internal to the co-ordination (data class D15)."""
    opened = {Access.READ, Access.WRITE}
    allowed = {role for role in Role if need_to_know(role, Scope.STRUCTURES) in opened}
    return frozenset(allowed) - {Role.PERSON} | BESIDE_THE_MATRIX


@cache
def permits() -> Permits:
    """Return who may do what in each area."""
    _head, *rows = TABLE.strip().splitlines()
    found: dict[tuple[Area, May], frozenset[Role]] = {}
    for row in rows:
        area, *cells = row.split()
        for act, cell in zip(May, cells, strict=True):
            found[(Area(area), act)] = _roles(cell)
    return found


def permit_rows() -> Iterator[tuple[str, str, str]]:
    """Yield area, act and role for every permission, as the database keeps them."""
    for (area, act), roles in sorted(permits().items()):
        for role in sorted(roles):
            yield area.value, act.value, role.value


def may(actor: Actor, area: Area, *acts: May) -> bool:
    """Tell whether an actor may do one of these acts in an area."""
    if actor.is_front_door:
        return False
    return any(actor.holds_any(permits()[(area, act)]) for act in acts)


def areas_of(actor: Actor, areas: Iterable[Area] = Area) -> tuple[Area, ...]:
    """Return the areas an actor may read."""
    return tuple(area for area in areas if may(actor, area, May.READ))


def _roles(cell: str) -> frozenset[Role]:
    if cell == NOBODY:
        return frozenset()
    return readers() if cell == EVERY_READER else frozenset(Role(c) for c in cell.split(","))
