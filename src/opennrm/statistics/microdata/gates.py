"""The gates that microdata must pass before anybody may publish them; each is an attack.

Two kinds. Singling out and linking pass when the upper limit of the risk, at 95 percent, is low
enough. Inferring, copied rows and membership are refused when the figure is above its limit and
chance alone does not explain it: few attacks move a figure far, with nobody leaking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from scipy.stats import mannwhitneyu  # type: ignore[import-untyped]

from opennrm.statistics.microdata import attacks
from opennrm.statistics.microdata.accounting import Promise
from opennrm.statistics.microdata.attacks import Copies, Likeness, Tried
from opennrm.statistics.microdata.schema import Codes, MicrodataRefused, Schema
from opennrm.statistics.microdata.settings import Settings
from opennrm.statistics.microdata.synthesis import Microdata, synthesise_freely

HIGHEST_RISK = 0.05
HIGHEST_EXCESS = 0.02
HIGHEST_RATIO, HIGHEST_DIFFERENCE = 1.25, 0.01
HIGHEST_AUC = 0.52
HARDLY_CHANCE = 0.01
NEIGHBOURS = (1, 10)
_SPLITS_OF_FEW = 2
Maker = Callable[[Codes, Schema, Promise, Settings], Microdata]


@dataclass(frozen=True)
class Gate:
    """One attack, what it found, what it may find at most, and whether it passed.

    `chance` is how often chance alone finds as much, after Holm (1979) for all figures of its
    kind; none where the figure is itself an upper limit.
    """

    name: str
    found: float
    limit: float
    passed: bool
    says: str
    chance: float | None = None


@dataclass(frozen=True)
class Attacked:
    """All gates together, with what the attacker was given."""

    gates: tuple[Gate, ...]
    inside: int
    outside: int
    published: int
    seed: int

    @property
    def passed(self) -> bool:
        """Whether nothing was found that would forbid the release."""
        return all(one.passed for one in self.gates)

    @property
    def failures(self) -> tuple[Gate, ...]:
        """The gates that forbid the release."""
        return tuple(one for one in self.gates if not one.passed)


@dataclass(frozen=True)
class _Outcomes:
    """What all attacks on one file came to; two files together count as one."""

    singling_out: Tried
    linking: Mapping[int, Tried]
    inferring: Mapping[str, Tried]
    copied: Copies
    membership: tuple[Likeness, Likeness]

    def __add__(self, other: _Outcomes) -> _Outcomes:
        """The attacks on both files together."""
        return _Outcomes(
            self.singling_out + other.singling_out,
            {number: one + other.linking[number] for number, one in self.linking.items()},
            {name: one + other.inferring[name] for name, one in self.inferring.items()},
            self.copied + other.copied,
            (
                np.concatenate([self.membership[0], other.membership[0]]),
                np.concatenate([self.membership[1], other.membership[1]]),
            ),
        )


def attack(
    inside: Codes, outside: Codes, published: Codes, schema: Schema, *, seed: int = 0
) -> Attacked:
    """Attack published rows with the rows they were made of and as many that were kept out.

    :raises MicrodataRefused: when there is nobody inside or outside to attack.
    """
    found = _tried(inside, outside, published, schema, seed)
    return Attacked(_gates(found, seed), len(inside), len(outside), len(published), seed)


def rehearse(
    codes: Codes,
    schema: Schema,
    promise: Promise,
    settings: Settings,
    *,
    seed: int = 0,
    make: Maker = synthesise_freely,
) -> tuple[Attacked, Microdata]:
    """Make microdata of one half of the rows, as the release would, and attack with the other.

    Where a half has fewer persons than there are attacks, the halves change places, and all is
    done once more over another split: with few attacks the limit of a risk lies wide above it, and
    refuses where nothing leaks. Nothing of it is published, so it costs no budget; it shows what
    this way of making them lets through.
    """
    random = np.random.default_rng(seed)
    half = len(codes) // 2
    splits = 1 if half >= attacks.ATTACKS else _SPLITS_OF_FEW
    outcomes, published = [], []
    for _ in range(splits):
        order = random.permutation(len(codes))
        inside, outside = codes[order[:half]], codes[order[half : 2 * half]]
        sides = ((inside, outside),) if splits == 1 else ((inside, outside), (outside, inside))
        for within, without in sides:
            published.append(make(within, schema, promise, settings))
            outcomes.append(_tried(within, without, published[-1].rows, schema, seed))
    found = reduce(add, outcomes)
    return Attacked(_gates(found, seed), half, half, len(published[0].rows), seed), published[0]


def _tried(
    inside: Codes, outside: Codes, published: Codes, schema: Schema, seed: int
) -> _Outcomes:
    if not min(len(inside), len(outside), len(published)):
        raise MicrodataRefused("An attack needs rows inside, rows kept out, and published rows.")
    random = np.random.default_rng(seed)
    width = inside.shape[1]
    parts = list(range(0, width, 2)), list(range(1, width, 2))
    sides = inside, outside, published
    return _Outcomes(
        attacks.singling_out(*sides, random),
        {number: attacks.linking(*sides, parts, number, random) for number in NEIGHBOURS},
        {
            column.name: attacks.inferring(*sides, at, random)
            for at, column in enumerate(schema.columns)
        },
        attacks.copied(*sides, random),
        attacks.membership(*sides, random),
    )


def _gates(found: _Outcomes, seed: int) -> tuple[Gate, ...]:
    return (
        _risk(
            "singling_out",
            found.singling_out,
            "One person is found by four answers of a published row",
        ),
        *(
            _risk(
                f"linkability_{number}",
                tried,
                f"Two files about one person are joined by the {number} nearest rows",
            )
            for number, tried in found.linking.items()
        ),
        *_of_inferring(found.inferring),
        _of_copies(found.copied, seed),
        _of_membership(*found.membership),
    )


def _risk(name: str, tried: Tried, says: str) -> Gate:
    return Gate(name, tried.highest, HIGHEST_RISK, tried.highest <= HIGHEST_RISK, says)


def _of_inferring(found: Mapping[str, Tried]) -> Iterator[Gate]:
    chances = adjusted([one.chance for one in found.values()])
    for (name, tried), chance in zip(found.items(), chances, strict=True):
        yield Gate(
            f"inference_{name}",
            tried.excess,
            HIGHEST_EXCESS,
            tried.excess <= HIGHEST_EXCESS or chance > HARDLY_CHANCE,
            f"{name} is guessed from all other answers, more often than of outsiders",
            chance,
        )


def _of_copies(copies: Copies, seed: int) -> Gate:
    tried, chance = copies.alone, copies.chance(np.random.default_rng(seed))
    low = tried.excess <= HIGHEST_DIFFERENCE and tried.ratio <= HIGHEST_RATIO
    return Gate(
        "copied_rows",
        tried.ratio,
        HIGHEST_RATIO,
        low or chance > HARDLY_CHANCE,
        f"Rows unlike all others come back word for word: {tried.within:.3%} inside, "
        f"{tried.without:.3%} outside",
        chance,
    )


def _of_membership(inside: Likeness, outside: Likeness) -> Gate:
    found = mannwhitneyu(inside, outside, alternative="greater", method="asymptotic")
    area = float(found.statistic) / (len(inside) * len(outside))
    says = "Who was inside is told from who was not (0.5 is chance)"
    passed = area <= HIGHEST_AUC or found.pvalue > HARDLY_CHANCE
    return Gate("membership", area, HIGHEST_AUC, passed, says, float(found.pvalue))


def adjusted(chances: Sequence[float]) -> list[float]:
    """The chances of several tests, each as it counts among them all (Holm 1979)."""
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    found, least = [0.0] * len(chances), 0.0
    for rank, at in enumerate(order):
        least = max(least, min(1.0, (len(chances) - rank) * chances[at]))
        found[at] = least
    return found
