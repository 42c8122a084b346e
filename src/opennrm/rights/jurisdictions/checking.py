"""Checks one value of a file of presets, and says on which line what must be written instead."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from opennrm.rights.jurisdictions.names import LENGTHS, NAMES, family_of
from opennrm.rights.jurisdictions.preset import UNITS, Preset, PresetValue
from opennrm.rights.marked_yaml import Marked, near
from opennrm.vocabulary.code import Verification

NEEDED = frozenset({"value", "unit", "source", "verification"})
ALLOWED = NEEDED | {"from", "until", "confirmed", "note", "floor"}
MARKS = frozenset(one.value for one in Verification)
SHAPES: Mapping[str, tuple[type, str]] = {
    "bool": (bool, "true or false"),
    "text": (str, "a text"),
    "list": (list, "a list, such as [one, two]"),
    "date": (date, "a day, such as 2026-03-02"),
}


def preset_of(code: str, name: str, entry: Marked, known: Mapping[str, str]) -> Preset:
    """Read one dated value; `known` gives the kind of value each name asks for.

    :raises FileRefused: when a key, the unit, the source, a mark or a day is wrong.
    """
    entry.require_keys(NEEDED, ALLOWED)
    parts = entry.parts("")
    unit = _one_of(parts["unit"], UNITS, "unit")
    if family_of(unit) != known[name]:
        wanted = ", ".join(sorted(LENGTHS)) if known[name] == "length" else known[name]
        parts["unit"].refuse(f"{name} is not given in {unit}. Use: {wanted}.")
    started, ended = _day(parts.get("from")), _day(parts.get("until"))
    if started and ended and ended <= started:
        parts["until"].refuse(f"{name} ends before it begins. Write a later day; it is excluded.")
    mark = Verification(_one_of(parts["verification"], MARKS, "verification"))
    return Preset(
        name=name,
        value=_value(parts["value"], unit),
        unit=unit,
        source=_text(parts["source"], "Name the law or page the value comes from."),
        verification=mark,
        from_on=started,
        until_on=ended,
        note=_text(parts["note"], "Write the note, or leave it out.") if "note" in parts else "",
        jurisdiction=code,
        is_floor=_flag(parts["floor"]) if "floor" in parts else False,
        confirmed_on=_confirmed(parts.get("confirmed"), mark),
    )


def _flag(entry: Marked) -> bool:
    if not isinstance(entry.value, bool):
        entry.refuse("floor is neither true nor false. Write one of them, or leave it out.")
    return entry.value is True


def refuse_overlap(name: str, entries: Iterable[tuple[Marked, Preset]]) -> None:
    """Refuse two values of one name that stand on the same day.

    :raises FileRefused: at the later one.
    """
    ordered = sorted(entries, key=lambda pair: pair[1].from_on or date.min)
    for (_, earlier), (entry, later) in pairwise(ordered):
        if earlier.until_on is None or (later.from_on or date.min) < earlier.until_on:
            entry.refuse(
                f"{name} has two values from {later.from_on or 'the first day'} on. "
                f"Let the earlier one end (until) on the day the later one starts (from)."
            )


def known_names(defaults: Iterable[Preset]) -> Mapping[str, str]:
    """Return the kind of value behind each known name: the list's, and the defaults' own."""
    listed = {name: family for name, (family, _) in NAMES.items()}
    return {one.name: family_of(one.unit) for one in defaults} | listed


def kinds_given(values: Marked) -> Mapping[str, str]:
    """Return the kind of value behind each name that the defaults themselves give."""
    given = values.plain if isinstance(values.plain, Mapping) else {}
    return {
        name: family_of(str(dated[0].get("unit")))
        for name, dated in given.items()
        if isinstance(dated, list) and dated and isinstance(dated[0], Mapping)
    }


def require_name(values: Marked, name: str, known: Mapping[str, str]) -> None:
    """Refuse a name that no rule and no page asks for.

    :raises FileRefused: naming the nearest known name.
    """
    if name not in known:
        said = f"{name} is no known value. {near(name, frozenset(known))}"
        values.refuse(said, at=name)


def _one_of(part: Marked, known: frozenset[str], what: str) -> str:
    if part.value not in known:
        part.refuse(f"{part.value} is no known {what}. {near(str(part.value), known)}")
    return str(part.value)


def _text(part: Marked, says: str) -> str:
    if not isinstance(part.value, str) or not part.value.strip():
        part.refuse(says)
    return str(part.value)


def _day(part: Marked | None) -> date | None:
    if part is not None and type(part.value) is not date:
        part.refuse("Write a day, such as 2026-03-02.")
    return part.value if part else None


def _confirmed(part: Marked | None, mark: Verification) -> date | None:
    if part is not None and mark in (Verification.KNOWLEDGE, Verification.PROJECT):
        part.refuse(
            f"A value marked {mark.value} was not confirmed by reading its source. Read it and "
            "mark it public_text, or leave the day out."
        )
    return _day(part)


def _value(part: Marked, unit: str) -> PresetValue:
    if unit in LENGTHS:
        return _length(part)
    shape, says = SHAPES[unit]
    if not isinstance(part.value, shape) or part.value in ("", []):
        part.refuse(f"Write {says}.")
    plain = part.plain
    if isinstance(plain, list):
        return tuple(str(one) for one in plain)
    return plain.isoformat() if isinstance(plain, date) else plain


def _length(part: Marked) -> int | None:
    value = part.value
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        part.refuse("Write a whole number, or null where the law sets no limit.")
    return value
