"""Reads the files of presets, and refuses one that goes below an international minimum."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from opennrm.rights.jurisdictions.preset import UNITS, Preset, PresetRefused, PresetValue
from opennrm.rights.jurisdictions.presets import Presets
from opennrm.vocabulary.code import Verification

Layers = tuple[tuple[Preset, ...], ...]


def codes() -> tuple[str, ...]:
    """List the jurisdictions that can be chosen."""
    names = (file.name for file in files(__package__).iterdir())
    return tuple(sorted(n.removesuffix(".yaml").upper() for n in names if n.endswith(".yaml")))


@cache
def presets(code: str) -> Presets:
    """Return the values of a jurisdiction.

    :raises PresetRefused: when there is no such jurisdiction or a value is below a minimum.
    """
    name = f"{code.lower()}.yaml"
    file = files(__package__) / name
    if not code.replace("-", "").isalpha() or not file.is_file():
        raise PresetRefused(f"No jurisdiction {code}. Choose one of: {', '.join(codes())}")
    return read(yaml.safe_load(file.read_text(encoding="utf-8")))


def read(content: Mapping[str, Any]) -> Presets:
    """Build the presets of one file, on top of those it extends.

    :raises PresetRefused: when a value lacks something or goes below a minimum (R25).
    """
    beneath = presets(content["extends"]).layers if content.get("extends") else ()
    code = str(content["code"])
    own = tuple(
        _preset(code, name, entry)
        for name, entries in content.get("values", {}).items()
        for entry in entries
    )
    for preset in own:
        _refuse_below_floor(preset, beneath)
    place = content.get("holidays") or {}
    return Presets(
        code=code,
        name=content["name"],
        zone=content["zone"],
        holiday_country=place.get("country"),
        holiday_subdivision=place.get("subdivision"),
        layers=(own, *beneath),
        regions=MappingProxyType(dict(content.get("regions") or {})),
    )


def _preset(code: str, name: str, entry: Mapping[str, Any]) -> Preset:
    missing = {"value", "unit", "source", "verification"} - entry.keys()
    if missing:
        raise PresetRefused(f"{code}.{name} lacks {', '.join(sorted(missing))}. Add it.")
    if entry["unit"] not in UNITS:
        raise PresetRefused(f"{code}.{name} has no known unit. Use one of {sorted(UNITS)}")
    return Preset(
        name=name,
        value=_value(entry["value"]),
        unit=entry["unit"],
        source=entry["source"],
        verification=Verification(entry["verification"]),
        from_on=entry.get("from"),
        until_on=entry.get("until"),
        note=entry.get("note", ""),
        jurisdiction=code,
        is_floor=entry.get("floor", False),
    )


def _value(value: object) -> PresetValue:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int | str) else None


def _refuse_below_floor(preset: Preset, beneath: Layers) -> None:
    floors = (f for layer in beneath for f in layer if f.is_floor and f.name == preset.name)
    for floor in floors:
        if preset.at_least_days() < floor.at_least_days():
            raise PresetRefused(
                f"{preset.jurisdiction}.{preset.name} is below the minimum of {floor.value} "
                f"{floor.unit} ({floor.source}). Give at least that (R25)."
            )
