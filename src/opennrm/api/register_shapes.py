"""The JSON shapes of a register's entries, made from its fields when they are first needed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, ValidationError, create_model

from opennrm.api.examples import DAY, MOMENT, REFERENCE
from opennrm.api.problems import NotReadable
from opennrm.coordination.registers import FieldKind, Register, RegisterField
from opennrm.records.shapes import LISTED, NO_NUL, Exact

FIGURE = r"^\d{1,12}(\.\d{1,4})?$"
LARGEST = 1_000_000_000
Word = Annotated[str, Field(max_length=20_000, pattern=NO_NUL)]
Why = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
SENT: dict[FieldKind, Any] = {
    FieldKind.TEXT: Word,
    FieldKind.WORDS: Annotated[list[Word], Field(max_length=LISTED)],
    FieldKind.NUMBER: Annotated[int, Field(ge=0, le=LARGEST)],
    FieldKind.FIGURE: Annotated[str, Field(pattern=FIGURE)],
    FieldKind.DAY: date,
    FieldKind.MOMENT: datetime,
    FieldKind.YES: bool,
    FieldKind.ENTRY: UUID,
    FieldKind.ENTRIES: Annotated[list[UUID], Field(max_length=LISTED)],
}
SHOWN: dict[FieldKind, Any] = {
    **SENT,
    FieldKind.TEXT: str,
    FieldKind.WORDS: list[str],
    FieldKind.NUMBER: int,
    FieldKind.FIGURE: str,
    FieldKind.ENTRIES: list[UUID],
}
EXAMPLES: dict[FieldKind, Any] = {
    FieldKind.TEXT: "As it is called",
    FieldKind.WORDS: ["As it is called"],
    FieldKind.NUMBER: 1,
    FieldKind.FIGURE: "12.50",
    FieldKind.DAY: DAY,
    FieldKind.MOMENT: MOMENT,
    FieldKind.YES: True,
    FieldKind.ENTRY: REFERENCE,
    FieldKind.ENTRIES: [REFERENCE],
}
EXPECTED = "The `version` of the entry when you looked. When somebody changed it since: 409."
WHY = "Why; kept in the history."
_made: dict[tuple[str, str], type[Exact]] = {}


def entry_shape(register: Register) -> type[Exact]:
    """Return the shape of an entry that is sent: any of the fields that may be written."""
    return _once(
        register, "entry", lambda: {f"{one.name}_": _sent(one) for one in register.asked()}
    )


def shown_shape(register: Register) -> type[Exact]:
    """Return the shape of an entry that is read, with its reference and version."""

    def fields() -> dict[str, Any]:
        told: dict[str, Any] = {f"{one.name}_": _shown(one) for one in register.shown()}
        held: type[Exact] = create_model(f"{_called(register)}Fields", __base__=Exact, **told)
        return {"ref": (UUID, ...), "version": (int, ...), "entry": (held, ...)}

    return _once(register, "shown", fields)


def writing_shape(register: Register, act: str) -> type[Exact]:
    """Return the shape of what is sent to add an entry, change it, remove it, take a step."""

    def fields() -> dict[str, Any]:
        made: dict[str, Any] = {"why": (Why, Field(description=WHY))}
        if act in ("add", "change"):
            made["entry"] = (entry_shape(register), ...)
        if act == "add":
            made["why"] = (Annotated[str, Field(max_length=200, pattern=NO_NUL)], "")
        else:
            made["expected"] = (Annotated[int, Field(ge=0)], Field(description=EXPECTED))
        if any(one.name == act and one.asks_day for one in register.steps()):
            made["on"] = (date, ...)
        return made

    return _once(register, act, fields)


def readable(body: bytes, shape: type[Exact]) -> Exact:
    """Read a body as a shape.

    :raises NotReadable: naming the fields that could not be read.
    """
    try:
        return shape.model_validate_json(body)
    except ValidationError as fault:
        faults = [(".".join(str(at) for at in one["loc"]), one["msg"]) for one in fault.errors()]
        raise NotReadable(faults) from None


def _once(register: Register, part: str, fields: Any) -> type[Exact]:
    """Make a shape when it is first asked for; there are hundreds, and few are used."""
    known = (register.name, part)
    if known not in _made:
        name = f"{_called(register)}{_word(part)}"
        _made[known] = create_model(name, __base__=Exact, **fields())
    return _made[known]


def _sent(one: RegisterField) -> Any:
    needed = "Needed. " if one.is_needed else ""
    codes = f"Codes: {', '.join(one.codes)}." if one.codes else ""
    examples = [_example(one)] if one.is_needed else None
    told: Any = {"title": one.title, "description": needed + codes, "examples": examples}
    return (SENT[one.kind] | None, Field(None, alias=one.name, **told))


def _example(one: RegisterField) -> Any:
    """Make an example of a field that an entry has to have."""
    if one.codes:
        return [one.codes[0]] if one.kind is FieldKind.WORDS else one.codes[0]
    return EXAMPLES[one.kind]


def _shown(one: RegisterField) -> Any:
    return (SHOWN[one.kind] | None, Field(None, alias=one.name, title=one.title))


def named(entry: Exact) -> dict[str, Any]:
    """Return the fields that were named, those that are emptied among them.

    In a shape each bears a mark behind its name, so that none hides what every shape has.
    """
    return {name.removesuffix("_"): getattr(entry, name) for name in entry.model_fields_set}


def _called(register: Register) -> str:
    return _word(register.name)


def _word(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
