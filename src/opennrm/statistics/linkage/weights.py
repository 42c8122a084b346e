"""What each agreement is worth: weights after Fellegi and Sunter (1969), learnt without labels.

How often chance makes two different persons agree is read from random pairs; how often two
records of one person agree, by expectation and maximization over pairs that share something
(Winkler 1988), with the former held fixed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from opennrm.statistics.linkage.records import FIELDS, Agreement, Pattern

_ROUNDS, _CLOSE = 200, 1e-6
_BEGIN = {Agreement.NONE: 0.1, Agreement.NEAR: 0.2, Agreement.FULL: 0.7}
_FEWEST = 0.5
HARSHEST_ON_BIRTH = -2.0
"""A date of birth may come from papers that traffickers made: disagreement must not decide."""


@dataclass(frozen=True)
class Weights:
    """For each field and agreement the evidence in bits, and the odds before any evidence.

    Two bits more make it four times as likely that two records are of one person.
    """

    bits: Mapping[tuple[str, Agreement], float]
    prior: float

    def evidence(self, pattern: Pattern) -> dict[str, float]:
        """The bits of each field that both records answer."""
        return {
            field: self.bits[field, agreement]
            for field, agreement in zip(FIELDS, pattern, strict=True)
            if agreement is not None
        }

    def chance(self, pattern: Pattern) -> float:
        """How likely it is that the two records are of one person."""
        bits = sum(self.evidence(pattern).values()) + math.log2(self.prior / (1 - self.prior))
        return 1 / (1 + 2 ** -max(-500.0, min(500.0, bits)))


USUAL = Weights(
    {
        (field, agreement): value
        for field, three in {
            "given": (-3.0, 3.5, 6.0),
            "family": (-2.0, 4.5, 7.5),
            "born": (HARSHEST_ON_BIRTH, 5.0, 12.0),
            "sex": (-4.0, 0.0, 1.0),
            "nationality": (-2.5, 0.0, 2.5),
            "place": (-1.0, 3.0, 5.0),
            "document": (-1.0, 10.0, 16.0),
            "mother": (-2.0, 4.0, 6.5),
        }.items()
        for agreement, value in zip(Agreement, three, strict=True)
    },
    1e-4,
)
"""Careful weights for a handful of records, where there is nothing to learn from."""


def learn(shared: Counter[Pattern], chance: Counter[Pattern], pairs: int) -> Weights:
    """Learn weights from how often patterns occur among pairs that share something and by chance.

    `pairs` is how many pairs there are in all: those not compared are taken to be different
    persons, so that sharing the start of a name is not mistaken for being one person.
    """
    apart = _shares({pattern: float(count) for pattern, count in chance.items()})
    same = {(field, one): _BEGIN[one] for field in FIELDS for one in Agreement}
    prior = 2 / (1 + math.sqrt(1 + 8 * max(pairs, 1)))
    for _ in range(_ROUNDS):
        before = prior
        mine = {
            pattern: count * _posterior(pattern, same, apart, prior)
            for pattern, count in shared.items()
        }
        same = _shares(mine)
        prior = min(0.5, max(1e-9, sum(mine.values()) / max(pairs, 1)))
        if abs(prior - before) < _CLOSE * before:
            break
    return Weights({key: _bits(key, same, apart) for key in same}, prior)


def _shares(counts: Mapping[Pattern, float]) -> dict[tuple[str, Agreement], float]:
    """How often each field agrees so far, where both records answer; never quite never."""
    found: dict[tuple[str, Agreement], float] = {}
    for place, field in enumerate(FIELDS):
        seen = dict.fromkeys(Agreement, _FEWEST)
        for pattern, count in counts.items():
            agreement = pattern[place]
            if agreement is not None:
                seen[agreement] += count
        total = sum(seen.values())
        found |= {(field, one): count / total for one, count in seen.items()}
    return found


def _posterior(
    pattern: Pattern,
    same: Mapping[tuple[str, Agreement], float],
    apart: Mapping[tuple[str, Agreement], float],
    prior: float,
) -> float:
    yes, no = math.log(prior), math.log(1 - prior)
    for field, agreement in zip(FIELDS, pattern, strict=True):
        if agreement is not None:
            yes += math.log(same[field, agreement])
            no += math.log(apart[field, agreement])
    return 1 / (1 + math.exp(min(700.0, no - yes)))


def _bits(
    key: tuple[str, Agreement],
    same: Mapping[tuple[str, Agreement], float],
    apart: Mapping[tuple[str, Agreement], float],
) -> float:
    bits = math.log2(same[key] / apart[key])
    field, agreement = key
    if field == "born" and agreement is Agreement.NONE:
        return max(bits, HARSHEST_ON_BIRTH)
    return bits
