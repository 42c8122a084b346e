"""The case: the fold of its facts, with corrections, and what is open to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

from opennrm.lifecycle.facts import Fact
from opennrm.vocabulary.roles import Role


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One compartment of the case, offered or open to one role of one organisation."""

    access_ref: UUID
    organisation: UUID
    role: Role
    account: UUID | None
    compartment: str
    mode: Literal["read", "write"]
    state: Literal["offered", "open"]
    basis_fact: UUID
    offer_fact: UUID | None
    opens_at: datetime
    until: datetime

    def is_live(self, at: datetime) -> bool:
        """Tell whether the row stands at a moment; its end is excluded."""
        return self.opens_at <= at < self.until


@dataclass(frozen=True)
class Case:
    """The fold of the facts of one case.

    `facts` holds everything that was recorded; `standing` holds one fact for each thing that
    happened, with the content of its newest correction in the place of the first version.
    """

    case_ref: UUID
    facts: tuple[Fact, ...] = ()
    access: tuple[AccessRow, ...] = ()
    sequences: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def roots(self) -> Mapping[UUID, UUID]:
        """Return, for each fact, the first version of the thing it tells."""
        roots: dict[UUID, UUID] = {}
        kinds = {fact.fact_ref: (fact.kind, fact.compartment) for fact in self.facts}
        for fact in sorted(self.facts, key=lambda one: one.position):
            replaces = fact.corrects
            same = replaces in roots and kinds.get(replaces) == (fact.kind, fact.compartment)
            roots[fact.fact_ref] = roots[replaces] if replaces and same else fact.fact_ref
        return roots

    @cached_property
    def standing(self) -> tuple[Fact, ...]:
        """Return what holds now: each first version, with the content of its newest version."""
        found: dict[UUID, Fact] = {}
        for fact in sorted(self.facts, key=lambda one: one.position):
            root = self.roots[fact.fact_ref]
            found[root] = _renewed(found[root], fact) if root in found else fact
        return tuple(found.values())

    def versions(self, fact_ref: UUID) -> tuple[Fact, ...]:
        """Return every version of the thing a fact tells, oldest first."""
        root = self.roots.get(fact_ref)
        ordered = sorted(self.facts, key=lambda one: one.position)
        return tuple(fact for fact in ordered if self.roots[fact.fact_ref] == root)

    def is_replaced(self, fact_ref: UUID) -> bool:
        """Tell whether a newer version of this fact stands in its place."""
        return self.versions(fact_ref)[-1].fact_ref != fact_ref

    def fact(self, fact_ref: UUID | None) -> Fact | None:
        """Return what holds now for a fact named by any of its versions."""
        root = self.roots.get(fact_ref) if fact_ref else None
        return next((fact for fact in self.standing if fact.fact_ref == root), None)

    def of_kind(self, *kinds: str) -> tuple[Fact, ...]:
        """Return the standing facts of some kinds, in order."""
        return tuple(fact for fact in self.standing if fact.kind in kinds)

    def newest(self, *kinds: str) -> Fact | None:
        """Return the last standing fact of some kinds."""
        found = self.of_kind(*kinds)
        return found[-1] if found else None

    def answering(self, fact_ref: UUID, *kinds: str) -> tuple[Fact, ...]:
        """Return the standing facts of some kinds that answer a fact, whatever its version."""
        root = self.roots.get(fact_ref)
        return tuple(
            fact
            for fact in self.of_kind(*kinds)
            if (named := fact.reference("answers")) and self.roots.get(named, named) == root
        )

    def seen_from(self, compartments: frozenset[str]) -> "Case":
        """Return the case as it looks to someone who holds only these compartments."""
        return replace(
            self,
            facts=tuple(fact for fact in self.facts if fact.compartment in compartments),
            access=tuple(row for row in self.access if row.compartment in compartments),
            sequences={k: v for k, v in self.sequences.items() if k in compartments},
        )


def _renewed(first: Fact, newer: Fact) -> Fact:
    return replace(first, open=newer.open, basis=newer.basis, has_sealed=newer.has_sealed)
