"""The gates that microdata must pass before anybody may publish them; each is an attack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from opennrm.statistics.microdata import attacks
from opennrm.statistics.microdata.accounting import Promise
from opennrm.statistics.microdata.schema import Codes, MicrodataRefused, Schema
from opennrm.statistics.microdata.synthesis import Microdata, Settings, synthesise_freely

HIGHEST_RISK = 0.05
HIGHEST_EXCESS = 0.02
HIGHEST_RATIO, HIGHEST_DIFFERENCE, HARDLY_ANY = 1.25, 0.01, 0.005
HIGHEST_AUC = 0.52
NEIGHBOURS = (1, 10)


@dataclass(frozen=True)
class Gate:
    """One attack, what it found, what it may find at most, and whether it passed."""

    name: str
    found: float
    limit: float
    passed: bool
    says: str


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


def attack(
    inside: Codes, outside: Codes, published: Codes, schema: Schema, *, seed: int = 0
) -> Attacked:
    """Attack published rows with the rows they were made of and as many that were kept out.

    :raises MicrodataRefused: when there is nobody inside or outside to attack.
    """
    if not min(len(inside), len(outside), len(published)):
        raise MicrodataRefused("An attack needs rows inside, rows kept out, and published rows.")
    random = np.random.default_rng(seed)
    gates = (
        *_of_singling_out(inside, outside, published, random),
        *_of_linking(inside, outside, published, random),
        *_of_inferring(inside, outside, published, schema, random),
        *_of_copies(inside, outside, published),
        *_of_membership(inside, outside, published, random),
    )
    return Attacked(gates, len(inside), len(outside), len(published), seed)


def rehearse(
    codes: Codes, schema: Schema, promise: Promise, settings: Settings, *, seed: int = 0
) -> tuple[Attacked, Microdata]:
    """Make microdata of one half of the rows, as the release would, and attack with the other.

    Nothing of it is published, so it costs no budget; it shows what this way of making them
    lets through.
    """
    order = np.random.default_rng(seed).permutation(len(codes))
    half = len(codes) // 2
    inside, outside = codes[order[:half]], codes[order[half : 2 * half]]
    made = synthesise_freely(inside, schema, promise, settings)
    return attack(inside, outside, made.rows, schema, seed=seed), made


def _of_singling_out(
    inside: Codes, outside: Codes, published: Codes, random: np.random.Generator
) -> Iterator[Gate]:
    tried = attacks.singling_out(inside, outside, published, random)
    yield _risk("singling_out", tried, "One person is found by four answers of a published row")


def _of_linking(
    inside: Codes, outside: Codes, published: Codes, random: np.random.Generator
) -> Iterator[Gate]:
    width = inside.shape[1]
    parts = list(range(0, width, 2)), list(range(1, width, 2))
    for number in NEIGHBOURS:
        tried = attacks.linking(inside, outside, published, parts, number, random)
        says = f"Two files about one person are joined by the {number} nearest rows"
        yield _risk(f"linkability_{number}", tried, says)


def _of_inferring(
    inside: Codes,
    outside: Codes,
    published: Codes,
    schema: Schema,
    random: np.random.Generator,
) -> Iterator[Gate]:
    for secret, column in enumerate(schema.columns):
        tried = attacks.inferring(inside, outside, published, secret, random)
        # Chance moves fewer attacks further: with a quarter of them, twice as far.
        limit = HIGHEST_EXCESS * max(1.0, attacks.ATTACKS / tried.tries) ** 0.5
        yield Gate(
            f"inference_{column.name}",
            tried.excess,
            limit,
            tried.excess <= limit,
            f"{column.name} is guessed from all other answers, more often than of outsiders",
        )


def _of_copies(inside: Codes, outside: Codes, published: Codes) -> Iterator[Gate]:
    within, without = attacks.copied(inside, outside, published)
    few = max(within, without) < HARDLY_ANY
    ratio = within / without if without else (1.0 if not within else float("inf"))
    passed = within - without <= HIGHEST_DIFFERENCE and (few or ratio <= HIGHEST_RATIO)
    yield Gate(
        "copied_rows",
        1.0 if few else ratio,
        HIGHEST_RATIO,
        passed,
        f"Rows unlike all others come back word for word: {within:.3%} inside, {without:.3%} "
        "outside",
    )


def _of_membership(
    inside: Codes, outside: Codes, published: Codes, random: np.random.Generator
) -> Iterator[Gate]:
    area = attacks.membership(inside, outside, published, random)
    says = "Who was inside is told from who was not (0.5 is chance)"
    yield Gate("membership", area, HIGHEST_AUC, area <= HIGHEST_AUC, says)


def _risk(name: str, tried: attacks.Tried, says: str) -> Gate:
    return Gate(name, tried.highest, HIGHEST_RISK, tried.highest <= HIGHEST_RISK, says)
