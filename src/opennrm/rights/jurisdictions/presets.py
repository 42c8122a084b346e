"""All values of one jurisdiction, with those of the jurisdictions it builds on beneath them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from opennrm.rights.jurisdictions.preset import Preset, PresetMissing

UNKNOWN_REGION = "unknown"


@dataclass(frozen=True, slots=True)
class Presets:
    """The periods and standards of one jurisdiction on any day, its zone, holidays and regions."""

    code: str
    name: str
    zone: str
    holiday_country: str | None
    holiday_subdivision: str | None
    layers: tuple[tuple[Preset, ...], ...]
    regions: Mapping[str, str] = field(default_factory=dict)

    def is_region(self, code: str) -> bool:
        """Tell whether a code is one of the coarse regions of this place, or not known."""
        return code == UNKNOWN_REGION or code in self.regions

    def value(self, name: str, on: date) -> Preset:
        """Return the value in force on a day, from the nearest layer that has one.

        :raises PresetMissing: when no layer has a value of this name on this day.
        """
        for layer in self.layers:
            for preset in layer:
                if preset.name == name and preset.is_in_force(on):
                    return preset
        raise PresetMissing(f"{self.code} has no value {name} on {on.isoformat()}")

    def has(self, name: str, on: date) -> bool:
        """Tell whether a value of this name is in force on a day."""
        return any(
            preset.name == name and preset.is_in_force(on)
            for layer in self.layers
            for preset in layer
        )

    def own(self) -> tuple[Preset, ...]:
        """Return the values this jurisdiction sets itself."""
        return self.layers[0]

    def names(self) -> frozenset[str]:
        """Return the names of all values, here or beneath."""
        return frozenset(preset.name for layer in self.layers for preset in layer)
