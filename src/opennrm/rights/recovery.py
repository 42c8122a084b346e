"""Rules on the recovery and reflection period."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.jurisdictions import Preset, presets
from opennrm.rights.months import months_after
from opennrm.rights.rule import Action, Chapter, Rule
from opennrm.rights.sources import COE, read


@dataclass(frozen=True, slots=True)
class RecoverySituation:
    """A recovery period about to open: the day she was told, its days, the least end by law."""

    told_on: date | None
    from_on: date | None
    until_on: date | None
    least_until_on: date | None


def least_until(from_on: date, minimum: Preset) -> date:
    """Return the earliest end, excluded, that a minimum allows for a period from a day."""
    if minimum.unit == "months":
        return months_after(from_on, minimum.number)
    return from_on + timedelta(days=minimum.number)


def recovery_by_law(
    *, jurisdiction: str, told_on: date | None, from_on: date, until_on: date
) -> RecoverySituation:
    """Make the situation of a period by the law of a place on the day it starts."""
    minimum = presets(jurisdiction).value("recovery_period_min", from_on)
    return RecoverySituation(told_on, from_on, until_on, least_until(from_on, minimum))


def long_enough(situation: RecoverySituation, on: date) -> Finding:
    """Find whether the period lasts as long as the law asks, from the day she was told (R25)."""
    told, begins, ends = situation.told_on, situation.from_on, situation.until_on
    if told is None or begins is None or ends is None or situation.least_until_on is None:
        return not_known(
            "R25",
            "day_not_known",
            "tell_person",
            "The period starts when she is told of it in her language. Record that day.",
        )
    if begins < told:
        return broken(
            "R25",
            "starts_before_told",
            "move_start",
            "The period cannot start before the day she was told of it. Start it that day.",
        )
    if ends < situation.least_until_on:
        return broken(
            "R25",
            "period_too_short",
            "lengthen_period",
            f"The recovery and reflection period lasts at least until "
            f"{situation.least_until_on.isoformat()}. Make it longer.",
        )
    return holds("R25")


SITUATIONS: Mapping[str, Callable[..., object]] = {"recovery": recovery_by_law}
RULES = (
    Rule(
        "R25",
        Chapter.RECOVERY,
        "The recovery and reflection period is at least 30 days",
        (Action.BLOCK,),
        sources=(read(COE + "13(1)"), read("Hansard, written statement 13 December 2022")),
        check=long_enough,
        unknown_stops=True,
    ),
)
