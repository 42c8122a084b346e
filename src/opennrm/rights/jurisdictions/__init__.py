"""National periods and standards: dated data with sources; the code names no country."""

from opennrm.rights.jurisdictions.preset import Preset, PresetMissing, PresetRefused, PresetValue
from opennrm.rights.jurisdictions.presets import Presets
from opennrm.rights.jurisdictions.reading import codes, presets, read

__all__ = [
    "Preset",
    "PresetMissing",
    "PresetRefused",
    "PresetValue",
    "Presets",
    "codes",
    "presets",
    "read",
]
