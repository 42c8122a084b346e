"""The case: the fold of its facts, with corrections, and what is open to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Literal, Self
from uuid import UUID

from opennrm.lifecycle import told
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.fields import OpenValue
from opennrm.lifecycle.move import Event, Standing
from opennrm.lifecycle.tracks import TRACKS
from opennrm.vocabulary.roles import Role

CONSENTED_TO = ("purpose", "recipient_role")
FOREVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One compartment of the case, offered or open to one role of one organisation.

    A kept row is the minimum safety sheet as it stood when consent or duty ended, for who houses
    or treats her; it stands from `opens_at`.
    """

    access_ref: UUID
    organisation: UUID
    role: Role
    account: UUID | None
    compartment: str
    mode: Literal["read", "write"]
    state: Literal["offered", "open", "standby"]
    basis_fact: UUID
    offer_fact: UUID | None
    opens_at: datetime
    until: datetime
    is_kept: bool = False

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
    def ordered(self) -> tuple[Fact, ...]:
        """Return everything that was recorded, in the order of the record."""
        return tuple(sorted(self.facts, key=lambda fact: fact.position))

    @cached_property
    def roots(self) -> Mapping[UUID, UUID]:
        """Return, for each fact, the first version of the thing it tells."""
        roots: dict[UUID, UUID] = {}
        places = {fact.fact_ref: (fact.kind, fact.compartment) for fact in self.facts}
        for fact in self.ordered:
            first = roots.get(fact.corrects) if fact.corrects else None
            same = first is not None and places[first] == (fact.kind, fact.compartment)
            roots[fact.fact_ref] = first if first is not None and same else fact.fact_ref
        return roots

    @cached_property
    def standing(self) -> tuple[Fact, ...]:
        """Return what holds now: each first version, with the content of its newest version."""
        found: dict[UUID, Fact] = {}
        for fact in self.ordered:
            root = self.roots[fact.fact_ref]
            found[root] = _renewed(found[root], fact) if root in found else fact
        return tuple(found.values())

    def versions(self, fact_ref: UUID) -> tuple[Fact, ...]:
        """Return every version of the thing a fact tells, oldest first."""
        root = self.roots.get(fact_ref)
        return tuple(fact for fact in self.ordered if self.roots[fact.fact_ref] == root)

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

    def naming(self, field_name: str, fact_ref: UUID, *kinds: str) -> tuple[Fact, ...]:
        """Return the standing facts of some kinds that name a fact, in any version, in a field."""
        root = self.roots.get(fact_ref, fact_ref)
        named = ((fact, fact.reference(field_name)) for fact in self.of_kind(*kinds))
        return tuple(fact for fact, one in named if one and self.roots.get(one, one) == root)

    def answering(self, fact_ref: UUID, *kinds: str) -> tuple[Fact, ...]:
        """Return the standing facts of some kinds that answer a fact."""
        return self.naming("answers", fact_ref, *kinds)

    def seen_from(self, compartments: frozenset[str]) -> Self:
        """Return the case as it looks to someone who holds only these compartments."""
        return replace(
            self,
            facts=tuple(fact for fact in self.facts if fact.compartment in compartments),
            access=tuple(row for row in self.access if row.compartment in compartments),
            sequences={k: v for k, v in self.sequences.items() if k in compartments},
        )

    def event(
        self, kind: str, open_part: Mapping[str, OpenValue], before: int | None = None
    ) -> Event:
        """Return what the tracks may see of a fact; a withdrawal shows what was consented to.

        A withdrawal shows it only when no other consent for the same stands at that place.
        """
        if kind != "consent_withdrawn":
            return Event(kind, open_part)
        return Event(kind, {**open_part, **withdrawn_codes(self, open_part, before)})

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Return where each track stands; each is folded from its own kinds only."""
        events = [self.event(fact.kind, fact.open, fact.position) for fact in self._moving]
        return {track.name: track.fold(events) for track in TRACKS}

    @property
    def _moving(self) -> tuple[Fact, ...]:
        """Return what tracks are folded from; of several proceedings, the one heard of last."""
        steps = self.of_kind("criminal_step_recorded")
        last = steps[-1].text("proceeding") if steps else None
        others = {step.fact_ref for step in steps if step.text("proceeding") != last}
        return tuple(fact for fact in self.standing if fact.fact_ref not in others)

    @property
    def identification(self) -> str:
        """Return where identification stands."""
        return self.standings["identification"].state

    @property
    def assistance(self) -> str:
        """Return where assistance stands; `none` before anything was offered."""
        return self.standings["assistance"].state

    @property
    def criminal(self) -> str:
        """Return where criminal proceedings stand."""
        return self.standings["criminal"].state

    @property
    def residence(self) -> str:
        """Return the residence status; `not_recorded` before one was recorded."""
        return self.standings["residence"].state

    @property
    def is_closed(self) -> bool:
        """Tell whether support has ended and was not opened again."""
        return self.assistance == "exited"

    @cached_property
    def age_said_at(self) -> Mapping[UUID, int]:
        """Return for each standing fact the position at which it last spoke of her age."""
        return told.age_said_at(self.ordered, self.roots)

    @cached_property
    def heard(self) -> tuple[Fact, ...]:
        """Return what holds now, in the order in which it last spoke of her age."""
        return tuple(sorted(self.standing, key=lambda fact: self.age_said_at[fact.fact_ref]))

    @property
    def age_status(self) -> str | None:
        """Return adult, child or presumed child; None when nothing was said."""
        return told.age_status(self.heard)

    @property
    def majority(self) -> str:
        """Return child, adult or unknown; a presumed child counts as a child (R31)."""
        return told.majority(self.heard)

    @property
    def is_child(self) -> bool:
        """Tell whether the rules for children apply: a child, or age in doubt (R31)."""
        return self.majority == "child"

    @property
    def age_settled(self) -> Fact | None:
        """Return the fact that settled the age, with its basis and day."""
        return told.age_settled(self.heard)

    @property
    def danger(self) -> str:
        """Return the last danger level that was said, or unknown."""
        return told.danger(self.standing)

    @property
    def forms(self) -> tuple[str, ...]:
        """Return every form of exploitation told of, in order, each once."""
        return told.forms(self.standing)

    @property
    def scope_of_trafficking(self) -> str:
        """Return internal, cross_border or unknown; it changes no right (R06)."""
        return told.scope_of_trafficking(self.standing)

    @property
    def jurisdiction(self) -> str | None:
        """Return the jurisdiction named at contact."""
        return told.last(self.of_kind("contact_recorded"), "jurisdiction")


def _renewed(first: Fact, newer: Fact) -> Fact:
    return replace(first, open=newer.open, basis=newer.basis, has_sealed=newer.has_sealed)


def withdrawn_codes(
    case: Case, open_part: Mapping[str, OpenValue], before: int | None
) -> Mapping[str, OpenValue]:
    """Return what a withdrawn consent was for, when it was the last one for it that stood."""
    named = open_part.get("consent")
    consent = case.fact(UUID(named)) if isinstance(named, str) else None
    if consent is None or _another_stands(case, consent, open_part, before):
        return {"purpose": None}
    return {name: consent.text(name) for name in CONSENTED_TO}


def _another_stands(
    case: Case, consent: Fact, open_part: Mapping[str, OpenValue], before: int | None
) -> bool:
    on = str(open_part.get("withdrawn_on", ""))
    earlier = [f for f in case.standing if before is None or f.position < before]
    taken_back = {
        case.roots.get(named)
        for fact in earlier
        if fact.kind == "consent_withdrawn" and (named := fact.reference("consent"))
    }
    return any(
        fact.fact_ref not in (consent.fact_ref, *taken_back)
        and all(fact.text(name) == consent.text(name) for name in CONSENTED_TO)
        and (fact.text("until") or FOREVER) > on
        for fact in earlier
        if fact.kind == "consent_given"
    )
