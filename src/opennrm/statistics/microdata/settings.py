"""What besides the rows, the code lists and the promise shapes a release of microdata."""

from __future__ import annotations

from dataclasses import dataclass, field

from opennrm.statistics.microdata.fitting import Care

FEWEST_FOR_MANY_COLUMNS = 20_000


@dataclass(frozen=True)
class Shares:
    """How the budget is split, and how persons count.

    What `columns` and `again`, the looks after the first, leave is spent on the first look. A
    look at cells below `doubted` standard deviations follows. `fully` gives for each look the
    share of persons who count whole, and takes `answers` to find it; without it hardly anybody
    counts whole, and a model corrects the counts for that. `long_lists` is the power by which
    long lists, and pairs of them, are counted more exactly.
    """

    columns: float = 0.04
    again: tuple[float, ...] = (0.42,)
    doubted: float = 3.5
    fully: tuple[float, ...] = (0.99, 0.97)
    answers: float = 0.005
    long_lists: float = 0.15


@dataclass(frozen=True)
class Settings:
    """How counts are taken, believed, and made into rows.

    `drafts` are made of counts moved by `width` of their noise; together they say which three
    values are rare.
    """

    shares: Shares = field(default_factory=Shares)
    care: Care = field(default_factory=Care)
    oversampling: int = 6
    trees: int = 4
    sweeps: int = 6
    drafts: int = 1
    width: float = 0.7
    seed: int = 0


LARGE = Settings()
SMALL = Settings(
    Shares(columns=0.07, again=(0.27, 0.38), doubted=5.0, fully=()),
    Care(column=1.3, pair=2.2, slope=0.6, expected=10.0, least=1.1, most=2.6, rare=15.5),
    sweeps=5,
    drafts=8,
)


def settings_for(people: int) -> Settings:
    """The settings measured to serve best for so many persons."""
    return LARGE if people >= FEWEST_FOR_MANY_COLUMNS else SMALL
