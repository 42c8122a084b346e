"""Reads the files of presets, and refuses one that is not in order, by file, line and remedy."""

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import available_timezones

import holidays

from opennrm.rights.jurisdictions.checking import (
    kinds_given,
    known_names,
    preset_of,
    refuse_overlap,
    require_name,
)
from opennrm.rights.jurisdictions.floors import Layers, refuse_below_floor
from opennrm.rights.jurisdictions.preset import Preset, PresetRefused
from opennrm.rights.jurisdictions.presets import Presets
from opennrm.rights.marked_yaml import FileRefused, Marked, near, read_marked
from opennrm.vocabulary.code import well_formed

CODE = re.compile(r"[A-Z]{2,8}(-[A-Z0-9]{1,4})?")
NEEDED = frozenset({"code", "name", "zone", "values"})
ALLOWED = NEEDED | {"extends", "holidays", "regions", "treaty"}
# The defaults stand alone; the minimum beneath every other file stands on them.
FOUNDATIONS = ("default", "coe")
VALUES = "Write the values here, each name with a list of dated values."


def codes() -> tuple[str, ...]:
    """List the jurisdictions that can be chosen."""
    names = (file.name for file in files(__package__).iterdir())
    return tuple(sorted(n.removesuffix(".yaml").upper() for n in names if n.endswith(".yaml")))


@cache
def presets(code: str) -> Presets:
    """Return the values of a jurisdiction.

    :raises PresetRefused: when there is no such jurisdiction or its file is not in order.
    """
    name = f"{code.lower()}.yaml"
    file = files(__package__) / name
    if not code.replace("-", "").isalpha() or not file.is_file():
        raise PresetRefused(f"No jurisdiction {code}. Choose one of: {', '.join(codes())}")
    text = file.read_text(encoding="utf-8")
    if code.lower() in FOUNDATIONS:
        return _presets(read_marked(text, name), floors=())
    return read(text, file=name)


def read(text: str, *, file: str) -> Presets:
    """Build the presets of one file, on top of those it extends, above the minimum of all.

    :raises PresetRefused: naming file, line and remedy, when anything is not in order (R25).
    """
    try:
        content = read_marked(text, file)
        content.require_keys(NEEDED | {"extends"}, ALLOWED)
        return _presets(content, floors=presets(FOUNDATIONS[-1]).layers)
    except FileRefused as refused:
        raise PresetRefused(str(refused)) from refused


def _presets(content: Marked, *, floors: Layers) -> Presets:
    content.require_keys(NEEDED, ALLOWED)
    parts = content.parts(VALUES)
    beneath = _beneath(parts.get("extends"))
    country, subdivision = _holidays(parts.get("holidays"))
    own = _own(parts, (*beneath, *floors), beneath)
    return Presets(
        code=_code(parts["code"]),
        name=_name(parts["name"]),
        zone=_zone(parts["zone"]),
        holiday_country=country,
        holiday_subdivision=subdivision,
        layers=(own, *beneath),
        regions=MappingProxyType(_regions(parts.get("regions"))),
    )


def _own(parts: Mapping[str, Marked], floors: Layers, beneath: Layers) -> tuple[Preset, ...]:
    code, values = _code(parts["code"]), parts["values"]
    is_treaty = "treaty" in parts and parts["treaty"].value is True
    known = known_names(beneath[-1]) if beneath else kinds_given(values)
    found: list[Preset] = []
    for name, dated in values.parts(VALUES).items():
        require_name(values, name, known)
        entries = dated.entries("Write a list of dated values, each beginning with a dash.")
        here = [(entry, preset_of(code, name, entry, known)) for entry in entries]
        refuse_overlap(name, here)
        for entry, preset in here:
            refuse_below_floor(preset, entry, floors)
            found.append(replace(preset, is_treaty=is_treaty))
    return tuple(found)


def _code(part: Marked) -> str:
    if not isinstance(part.value, str) or not CODE.fullmatch(part.value):
        part.refuse("Write the code in capitals: a country of ISO 3166, a hyphen, a part of it.")
    return str(part.value)


def _name(part: Marked) -> str:
    if not isinstance(part.value, str) or not part.value.strip():
        part.refuse("Write the name people know the place by.")
    return str(part.value)


def _beneath(part: Marked | None) -> Layers:
    if part is None:
        return ()
    known = frozenset(code.lower() for code in codes())
    if str(part.value).lower() not in known:
        part.refuse(f"There is no {part.value} to build on. {near(str(part.value), known)}")
    return presets(str(part.value)).layers


def _zone(part: Marked) -> str:
    zones = frozenset(available_timezones())
    if part.value not in zones:
        close = get_close_matches(str(part.value), zones, n=1)
        part.refuse(f"{part.value} is no zone. Write {close[0] if close else 'Europe/Vienna'}.")
    return str(part.value)


def _holidays(part: Marked | None) -> tuple[str | None, str | None]:
    if part is None:
        return None, None
    part.require_keys(frozenset({"country"}), frozenset({"country", "subdivision"}))
    country = part.plain["country"]
    subdivision = part.plain.get("subdivision")
    known = holidays.list_supported_countries()
    if country not in known:
        part.refuse(f"No public holidays of {country} are known. Write a code of ISO 3166.")
    if subdivision is not None and subdivision not in known[country]:
        part.refuse(
            f"No public holidays of {subdivision} are known. "
            f"Use one of: {', '.join(known[country])}."
        )
    return country, subdivision


def _regions(part: Marked | None) -> dict[str, str]:
    if part is None:
        return {}
    for code, name in part.parts("Write each region as code: name.").items():
        if not well_formed(code) or not isinstance(name.value, str):
            part.refuse("Write each region as code: name.", at=code)
    regions: dict[str, str] = part.plain
    return regions
