"""Reads scenarios written in plain sentences, and makes the situation each of them tells."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

from opennrm.rights.findings import Answer, Finding
from opennrm.rights.marked_yaml import FileRefused, Marked, near, read_marked
from opennrm.rights.registry import CHAPTERS, RULES, ask

SITUATIONS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {name: made for chapter in CHAPTERS for name, made in chapter.SITUATIONS.items()}
)
NEEDED = frozenset({"name", "day", "situation", "expect"})
ALLOWED = NEEDED | {"rule", "reason", "remedy", "note"}
ANSWERS = frozenset(answer.value for answer in Answer)
SAID = {bool: "true or false", date: "a day, such as 2026-03-02", int: "a whole number"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One sentence with its day, its facts and the answer that is expected of a rule."""

    rule: str
    name: str
    day: date
    facts: Mapping[str, Any]
    expect: str
    reason: str
    remedy: str
    situation: object
    place: str

    def found(self) -> Finding:
        """Ask the rule."""
        return ask(self.rule, self.situation, self.day)

    def is_as_expected(self, finding: Finding) -> bool:
        """Tell whether the answer is the one expected, with its reason and remedy where told."""
        return (
            finding.answer == self.expect
            and self.reason in ("", finding.reason)
            and self.remedy in ("", finding.remedy)
        )


def read_scenarios(text: str, file: str) -> tuple[list[Scenario], list[str]]:
    """Read the scenarios of one file; return those in order, and what is wrong with the others.

    The file is named for its rule, such as R25.yaml, or each scenario names one (rule: R25).
    """
    good: list[Scenario] = []
    bad: list[str] = []
    try:
        entries = read_marked(text, file).entries("Write a list of scenarios, each with a dash.")
    except FileRefused as refused:
        return [], [str(refused)]
    for entry in entries:
        try:
            good.append(_scenario(entry, file))
        except FileRefused as refused:
            bad.append(str(refused))
    return good, bad


def situation_of(parts: Mapping[str, Any]) -> object:
    """Make the situation a scenario tells; a list becomes a set or a tuple as its field asks.

    :raises KeyError: when no situation has the kind named.
    :raises TypeError: when a field is not one of the situation's.
    """
    fields = dict(parts)
    return _made(SITUATIONS[fields.pop("kind")], fields)


def _scenario(entry: Marked, file: str) -> Scenario:
    entry.require_keys(NEEDED, ALLOWED)
    parts = entry.parts("")
    name, day, expect = parts["name"], parts["day"], parts["expect"]
    if not isinstance(name.value, str) or not name.value.strip():
        name.refuse("Write what happens as a plain sentence.")
    if type(day.value) is not date:
        day.refuse("Write a day, such as 2026-03-02.")
    if expect.value not in ANSWERS:
        expect.refuse(f"{expect.value} is no answer. {near(str(expect.value), ANSWERS)}")
    return Scenario(
        rule=_rule(entry, file),
        name=name.value,
        day=day.value,
        facts=parts["situation"].plain,
        expect=str(expect.value),
        reason=str(parts["reason"].plain) if "reason" in parts else "",
        remedy=str(parts["remedy"].plain) if "remedy" in parts else "",
        situation=_situation(parts["situation"]),
        place=f"{file}:{entry.line}",
    )


def _rule(entry: Marked, file: str) -> str:
    parts = entry.parts("")
    stem = file.replace("\\", "/").rsplit("/", 1)[-1].split(".")[0]
    rule = str(parts["rule"].plain) if "rule" in parts else stem
    at = parts.get("rule", entry)
    if rule not in RULES:
        at.refuse(f"{rule} is no rule. Name the file for its rule, such as R25.yaml, or add rule:")
    if not RULES[rule].is_enforced:
        at.refuse(f"{rule} is registered and not enforced yet. Nothing can be asked of it.")
    return rule


def _situation(told: Marked) -> object:
    parts = told.parts("Write the kind of situation and its facts, such as {kind: help}.")
    kind = parts.get("kind")
    if kind is None or kind.value not in SITUATIONS:
        said = "Say which kind of situation this is." if kind is None else f"No kind {kind.value}."
        (kind or told).refuse(f"{said} {near(str(kind and kind.value), frozenset(SITUATIONS))}")
    make = SITUATIONS[kind.value]
    taken = inspect.signature(make).parameters
    needed = frozenset(n for n, one in taken.items() if one.default is inspect.Parameter.empty)
    told.require_keys(needed | {"kind"}, frozenset(taken) | {"kind"})
    hints = _hints(make)
    for name in taken.keys() & parts.keys():
        _require_kind(parts[name], name, hints.get(name))
    try:
        return situation_of(told.plain)
    except (TypeError, ValueError, LookupError, AttributeError) as fault:
        told.refuse(f"These facts tell no situation: {fault}")


def _require_kind(part: Marked, name: str, hint: object) -> None:
    """Refuse a word where a yes or no, a day or a number is wanted, and the other way round."""
    wanted = set(_parts_of(hint)) - {type(None), None}
    if part.value is None or not wanted:
        return
    for kind, said in SAID.items():
        if wanted == {kind} and not isinstance(part.value, kind):
            part.refuse(f"{name} is {part.plain!r}. Write {said}, or null when it is not known.")
    if wanted <= {frozenset, tuple} and not isinstance(part.value, list):
        part.refuse(f"{name} is {part.plain!r}. Write a list, such as [one, two].")


def _parts_of(hint: object) -> Iterator[object]:
    """Say which plain types a type is made of: those of a union, and the outer one of others."""
    members = get_args(hint)
    if get_origin(hint) in (frozenset, tuple) or not members:
        yield get_origin(hint) or hint
        return
    for member in members:
        yield from _parts_of(member)


def _hints(make: Callable[..., object]) -> dict[str, Any]:
    if isinstance(make, partial):
        make = make.func
    return get_type_hints(make)


def _made(make: Callable[..., object], fields: Mapping[str, Any]) -> object:
    wanted = _hints(make)
    return make(**{name: _as(value, wanted.get(name)) for name, value in fields.items()})


def _as(value: object, hint: object) -> object:
    """Turn lists into sets or tuples, and named parts into the record their field asks for."""
    if isinstance(value, list):
        members = [_as(one, _inside(hint)) for one in value]
        return tuple(members) if tuple in _parts_of(hint) else frozenset(members)
    if isinstance(value, Mapping):
        records = [one for one in _parts_of(hint) if is_dataclass(one) and isinstance(one, type)]
        return _made(records[0], value) if records else value
    return value


def _inside(hint: object) -> object:
    """Return what a set or tuple holds, looking through "or nothing"."""
    if get_origin(hint) in (frozenset, tuple):
        return get_args(hint)[0]
    inside = (_inside(member) for member in get_args(hint))
    return next((found for found in inside if found is not None), None)
