"""Checks every chain of facts against what was promised when each fact was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connections

BROKEN = (
    "SELECT case_ref, fact_position, what FROM nrm.broken_chains() UNION ALL "
    "SELECT case_ref, fact_position, what FROM nrm.broken_files()"
)


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A place where the record is not what it was: which case, which fact, what changed."""

    case_ref: UUID
    position: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How much was looked at and what was found broken."""

    cases: int
    facts: int
    broken: tuple[BrokenLink, ...]


def verify() -> Verification:
    """Recompute every digest, of facts and of files, and every link of every chain."""
    with connections["recorder"].cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(sum(length), 0) FROM nrm.case_head")
        cases, facts = cursor.fetchone()
        cursor.execute(BROKEN)
        broken = tuple(BrokenLink(*row) for row in cursor.fetchall())
    return Verification(cases, int(facts), broken)
