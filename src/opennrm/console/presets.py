"""`./run presets`: lists the places there are, shows the values of one, checks a file."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.rights.jurisdictions import Preset, PresetRefused, Presets, codes, presets, read
from opennrm.rights.jurisdictions.names import label_of

SUFFIXES = frozenset({".yaml", ".yml"})


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Say what was asked; exit 1 when there is no such place or the file is refused."""
    today = datetime.now(UTC).date()  # noqa: TID251 - a command reads the clock
    if given.what is None:
        _list(today)
        return 0
    try:
        _show(_found(given.what), today)
    except (PresetRefused, OSError, UnicodeDecodeError) as refused:
        say(str(refused), to=sys.stderr)
        return 1
    return 0


def _found(what: str) -> Presets:
    path = Path(what)
    if path.suffix not in SUFFIXES:
        return presets(what)
    found = read(path.read_text(encoding="utf-8"), file=what)
    say(f"{what} is in order: every value has a source, a standing and its days.")
    return found


def _list(today: date) -> None:
    say(f"{'code':<8} {'shortest recovery period':<26} place")
    for code in codes():
        place = presets(code)
        name = "recovery_period_min"
        least = length(place.value(name, today)) if place.has(name, today) else "none"
        say(f"{code:<8} {least:<26} {place.name}")


def _show(place: Presets, today: date) -> None:
    say(f"{place.name} ({place.code}), days counted in {place.zone}")
    for name in sorted(place.names()):
        if not place.has(name, today):
            continue
        preset = place.value(name, today)
        say(f"  {label_of(name)}: {length(preset)}")
        confirmed = preset.confirmed_on.isoformat() if preset.confirmed_on else "not here"
        say(f"      {preset.standing}; last confirmed: {confirmed}; {preset.source}")


def length(preset: Preset) -> str:
    """Say a value with its unit."""
    if preset.value is None:
        return "no limit"
    shown = ", ".join(preset.value) if isinstance(preset.value, tuple) else str(preset.value)
    if preset.unit == "bool":
        return "yes" if preset.value else "no"
    plain = preset.unit in ("text", "list", "date")
    return shown if plain else f"{shown} {preset.unit.replace('_', ' ')}"
