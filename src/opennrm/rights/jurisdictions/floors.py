"""Holds a national value against the minimum beneath it, which no file may go below (R25)."""

from opennrm.rights.jurisdictions.preset import Preset
from opennrm.rights.marked_yaml import Marked

Layers = tuple[tuple[Preset, ...], ...]


def refuse_below_floor(preset: Preset, entry: Marked, beneath: Layers) -> None:
    """Refuse a value below a minimum of a layer beneath, whatever unit it is given in.

    :raises FileRefused: when the value gives the person less than the minimum.
    """
    floors = (f for layer in beneath for f in layer if f.is_floor and f.name == preset.name)
    for floor in floors:
        if is_below(preset, floor):
            least = "no" if floor.value is False else f"{floor.value} {floor.unit}"
            given = "no length" if preset.value is None else f"{preset.value} {preset.unit}"
            entry.refuse(
                f"{preset.name} is {given}: below the minimum of {least} "
                f"({floor.source}). Give at least that (R25)."
            )


def is_below(preset: Preset, floor: Preset) -> bool:
    """Tell whether a value gives less than a floor; no length at all is less than any.

    A month is counted as its fewest days, so that one month is below thirty days.
    """
    if floor.unit == "bool":
        return preset.value != floor.value
    if preset.value is None:
        return True
    return preset.at_least_days() < floor.at_least_days()
