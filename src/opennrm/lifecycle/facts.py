"""Facts: what happened to a case, to be recorded (NewFact) and as recorded (Fact)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import UUID, uuid4

from opennrm.lifecycle.compartments import Compartment
from opennrm.lifecycle.fields import FactMalformed, OpenValue
from opennrm.lifecycle.kinds import BASES, Kind, kind_named

__all__ = ["Fact", "FactMalformed", "NewFact", "OpenValue", "recorded"]


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to be recorded; it cannot be built in a form its kind does not allow.

    :raises FactMalformed: when a field is unknown, missing, or holds something else than a code.
    """

    kind: str
    open: Mapping[str, OpenValue]
    sealed: Mapping[str, str] = field(default_factory=dict)
    basis: str = "consent"
    corrects: UUID | None = None
    extract: bool = False
    fact_ref: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        """Check the fact against its kind and freeze its parts."""
        kind = kind_named(self.kind)
        given = {name: value for name, value in self.open.items() if value is not None}
        _check_open(kind, given)
        _check_sealed(kind, self.sealed)
        if self.basis not in BASES:
            known = ", ".join(sorted(BASES))
            raise FactMalformed(self.kind, "basis", f"is not known. Use one of: {known}")
        object.__setattr__(self, "open", MappingProxyType(given))
        object.__setattr__(self, "sealed", MappingProxyType(dict(self.sealed)))
        object.__setattr__(self, "extract", self.extract or kind.always_extract)

    @property
    def compartment(self) -> Compartment:
        """Return the compartment this fact goes to."""
        return Compartment(kind_named(self.kind).scope_of(self.open), self.extract)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as it stands in the record: its open part and its place, never its sealed part."""

    fact_ref: UUID
    case_ref: UUID
    position: int
    compartment: str
    sequence: int
    kind: str
    at: datetime
    actor: UUID
    organisation: UUID
    basis: str
    corrects: UUID | None
    open: Mapping[str, OpenValue]
    has_sealed: bool = False

    def text(self, name: str) -> str | None:
        """Return a field that holds one code, day or reference; None when it was not given."""
        value = self.open.get(name)
        return value if isinstance(value, str) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field that holds several codes; empty when it was not given."""
        value = self.open.get(name)
        return tuple(value) if isinstance(value, list | tuple) else ()

    def flag(self, name: str) -> bool | None:
        """Return a yes-or-no field; None when it was not given."""
        value = self.open.get(name)
        return value if isinstance(value, bool) else None

    def reference(self, name: str) -> UUID | None:
        """Return a field that holds a reference; None when it was not given."""
        value = self.text(name)
        return UUID(value) if value else None


def recorded(
    fact: NewFact,
    *,
    case_ref: UUID,
    position: int,
    sequence: int,
    at: datetime,
    actor: UUID,
    organisation: UUID,
) -> Fact:
    """Give a new fact its place in the record of a case."""
    return Fact(
        fact_ref=fact.fact_ref,
        case_ref=case_ref,
        position=position,
        compartment=fact.compartment.code,
        sequence=sequence,
        kind=fact.kind,
        at=at,
        actor=actor,
        organisation=organisation,
        basis=fact.basis,
        corrects=fact.corrects,
        open=fact.open,
        has_sealed=bool(fact.sealed),
    )


def _check_open(kind: Kind, given: Mapping[str, OpenValue]) -> None:
    for name in given:
        if name not in kind.fields:
            known = ", ".join(kind.fields)
            raise FactMalformed(kind.name, name, f"is not a field of it. It has: {known}")
    for name, field_ in kind.fields.items():
        if fault := field_.fault(given.get(name)):
            raise FactMalformed(kind.name, name, fault)


def _check_sealed(kind: Kind, sealed: Mapping[str, str]) -> None:
    for name, value in sealed.items():
        if name not in kind.sealed:
            known = ", ".join(kind.sealed) or "none"
            raise FactMalformed(kind.name, name, f"is not a sealed field of it. It has: {known}")
        if not isinstance(value, str):
            raise FactMalformed(kind.name, name, "must be text")
