"""Turns what a form holds into facts, in the compartment the writer may write."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, EntryMalformed
from opennrm.lifecycle.compartments import Compartment
from opennrm.lifecycle.facts import FactMalformed, NewFact, OpenValue
from opennrm.lifecycle.kinds import Kind, kind_named

NOTHING: tuple[object, ...] = (None, "", ())


def new_fact(
    kind: str,
    source: object,
    *,
    within: frozenset[str],
    basis: str = "consent",
    also: Mapping[str, object] | None = None,
) -> NewFact:
    """Build a fact from the fields of a form that its kind knows, with others beside them.

    :raises AccessMissing: when neither the scope nor its extract may be written.
    :raises EntryMalformed: when a value is not a code, day or reference of its field.
    """
    table = kind_named(kind)
    opened = open_part(table, source, also or {})
    compartment = Compartment(table.scope_of(opened))
    return formed(
        kind,
        opened,
        sealed_part(table, source),
        basis=basis,
        extract=goes_to_extract(compartment, within),
    )


def formed(
    kind: str,
    opened: Mapping[str, OpenValue],
    sealed: Mapping[str, str],
    *,
    basis: str,
    extract: bool = False,
    corrects: UUID | None = None,
) -> NewFact:
    """Build a fact, or say which entry has the wrong form; never what was written there.

    :raises EntryMalformed: when a value is not a code, day or reference of its field.
    """
    try:
        return NewFact(kind, opened, sealed, basis=basis, extract=extract, corrects=corrects)
    except FactMalformed as fault:
        raise EntryMalformed(found("malformed"), fault.field) from None


def open_part(kind: Kind, source: object, also: Mapping[str, object]) -> Mapping[str, OpenValue]:
    """Collect the open fields of a kind from a form; what was left empty is left out."""
    values = {name: getattr(source, name, None) for name in kind.fields} | dict(also)
    return {name: plain(value) for name, value in values.items() if value not in NOTHING}


def sealed_part(kind: Kind, source: object) -> Mapping[str, str]:
    """Collect the sealed fields of a kind from a form; what was left empty is left out."""
    values = {name: getattr(source, name, "") for name in kind.sealed}
    return {name: value for name, value in values.items() if value}


def plain(value: object) -> OpenValue:
    """Write a day, a reference or several of them as the open part of a fact holds them."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple | frozenset):
        written = [str(one) for one in value]
        return sorted(written) if isinstance(value, frozenset) else written
    if isinstance(value, bool | int):
        return value
    return str(value)


def goes_to_extract(compartment: Compartment, within: frozenset[str]) -> bool:
    """Say whether a fact goes to the extract because the scope itself may not be written.

    :raises AccessMissing: when neither may be written.
    """
    if compartment.code in within:
        return False
    if Compartment(compartment.scope, extract=True).code in within:
        return True
    raise AccessMissing(found("compartment_not_open"))
