"""Says how far the explorer looks: which organisations, days, ages and chapters of acts."""

from dataclasses import dataclass, replace

ALL_AGES = ("adult", "child", "presumed_child")
DAYS = (0, 10, 31, 45, 80)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The part of all possible cases that one walk looks at; printed with its result.

    `days` are the ordered points in time, counted from the first contact. A consent or a duty
    lasts `term` days from the day it is given. `leaves_out` names acts that a walk does not try.
    """

    name: str
    chapters: tuple[str, ...]
    ages: tuple[str, ...] = ALL_AGES
    houses: tuple[str, ...] = ("shelter", "authority", "removals")
    days: tuple[int, ...] = DAYS
    term: int = 30
    criminal: tuple[str, ...] = ("reported", "prosecution", "discontinued")
    residence: tuple[str, ...] = ("irregular", "recovery_period")
    leaves_out: tuple[str, ...] = ()
    in_recovery: bool = False
    grave: tuple[str, ...] = ()
    place: str = "COE"

    def at_most(self, days: int) -> "Bounds":
        """Return the same bounds with fewer points in time."""
        return replace(self, days=self.days[:days])
