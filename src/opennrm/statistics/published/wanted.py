"""How a published file is to be read: what is typed where the file does not say it itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from opennrm.statistics.published.figures import Range, Rounding

TOTALS = (
    "total", "totals", "grand total", "all", "all persons", "all ages", "both sexes", "_t",
    "insgesamt", "gesamt", "totaal", "total général", "ukupno", "gjithsej", "totale",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """How a file is to be read; everything left open is read from the file."""

    value: str | None = None
    across: str | None = None
    labels: int = 1
    only: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    masks: Mapping[str, Range] = field(default_factory=dict)
    rounding: Rounding | None = None
    groups: tuple[tuple[str, str], ...] = ()
    is_one_of_several: bool = False

    def is_total(self, level: str) -> bool:
        """Whether a level is the word for a total."""
        words = {word.casefold() for word in self.totals} or TOTALS
        return level.casefold() in words

    def names(self) -> tuple[str, ...]:
        """The columns that were named, each of which must be in the file, or in one of several."""
        named = [self.value] if self.value else []
        named += [*self.ignored, *(column for column, _ in self.only)]
        return tuple(dict.fromkeys([*named, *(name for pair in self.groups for name in pair)]))
