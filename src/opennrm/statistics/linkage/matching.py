"""Finds records that are likely of one person, says why line by line, and decides nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from math import comb

import numpy as np

from opennrm.statistics.linkage.records import FIELDS, Agreement, Comparer, Pattern, Record
from opennrm.statistics.linkage.weights import USUAL, Weights, learn
from opennrm.vocabulary.names.folding import fold, skeleton

SAME_FROM, DIFFERENT_BELOW = 0.95, 0.05
MOST_IN_BLOCK = 500
RANDOM_PAIRS = 20_000
FEWEST_TO_LEARN = 500


class Answer(Enum):
    """What the evidence says; a person decides."""

    LIKELY_SAME = "likely_same"
    LIKELY_DIFFERENT = "likely_different"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Line:
    """One field's part in the evidence: how far it agrees and its weight in bits."""

    field: str
    agreement: Agreement
    bits: float


@dataclass(frozen=True)
class Match:
    """Two records, the answer, how likely they are of one person, and the evidence."""

    first: str
    second: str
    answer: Answer
    chance: float
    lines: tuple[Line, ...]


def compare(first: Record, second: Record, weights: Weights = USUAL) -> Match:
    """Weigh two records against one another."""
    return _match(first, second, Comparer().pattern(first, second), weights)


def find_like(sought: Record, records: Iterable[Record], weights: Weights = USUAL) -> list[Match]:
    """The records that may be of the same person as one, the likeliest first."""
    comparer = Comparer()
    found = (
        _match(sought, one, comparer.pattern(sought, one), weights)
        for one in records
        if one.key != sought.key
    )
    maybe = (one for one in found if one.answer is not Answer.LIKELY_DIFFERENT)
    return sorted(maybe, key=lambda one: (-one.chance, one.second))


def find_pairs(
    records: Sequence[Record], *, seed: int = 1, weights: Weights | None = None
) -> tuple[list[Match], Weights]:
    """All pairs in a set of records that may be of one person, with the weights learnt from it.

    Only pairs that share a document, a birth date, or much of a name and a year are compared.
    """
    comparer = Comparer()
    pairs = {pair: comparer.pattern(*pair) for pair in _sharing(records)}
    if weights is None and len(records) >= FEWEST_TO_LEARN:
        chance = Counter(comparer.pattern(*pair) for pair in _random(records, seed))
        weights = learn(Counter(pairs.values()), chance, comb(len(records), 2))
    weights = weights or USUAL
    found = (_match(*pair, pattern, weights) for pair, pattern in pairs.items())
    maybe = [one for one in found if one.answer is not Answer.LIKELY_DIFFERENT]
    return sorted(maybe, key=lambda one: (-one.chance, one.first, one.second)), weights


def _match(first: Record, second: Record, pattern: Pattern, weights: Weights) -> Match:
    chance = weights.chance(pattern)
    bits = weights.evidence(pattern)
    lines = (
        Line(field, agreement, bits[field])
        for field, agreement in zip(FIELDS, pattern, strict=True)
        if agreement is not None
    )
    ordered = tuple(sorted(lines, key=lambda one: -abs(one.bits)))
    return Match(first.key, second.key, _answer(chance, pattern), chance, ordered)


def _answer(chance: float, pattern: Pattern) -> Answer:
    """Brothers, sisters and twins share all but the given name: without it nothing is sure."""
    if chance >= SAME_FROM:
        given = pattern[FIELDS.index("given")]
        document = pattern[FIELDS.index("document")]
        sure = given or document is Agreement.FULL
        return Answer.LIKELY_SAME if sure else Answer.CANNOT_TELL
    return Answer.LIKELY_DIFFERENT if chance < DIFFERENT_BELOW else Answer.CANNOT_TELL


def _sharing(records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    """Each pair of records that share enough to be worth comparing, once."""
    blocks: dict[str, list[Record]] = defaultdict(list)
    for one in records:
        for mark in set(_marks(one)):
            blocks[mark].append(one)
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        for first, second in combinations(block if len(block) <= MOST_IN_BLOCK else (), 2):
            pair = (first.key, second.key)
            if pair not in seen:
                seen.add(pair)
                yield first, second


def _marks(one: Record) -> Iterator[str]:
    """What two records must share one of to be compared; lives in memory only."""
    names = sorted(skeleton(fold(name)) for name in (one.given, one.family) if name)
    year = one.born[:4]
    if one.document:
        yield f"document {one.document.upper()}"
    if len(one.born) == 10:
        yield f"born {one.born}"
    if names and year:
        yield from (f"{name[:3]} {year}" for name in names)
    if len(names) == 2:
        yield f"both {names[0][:4]} {names[1][:4]}"


def _random(records: Sequence[Record], seed: int) -> Iterator[tuple[Record, Record]]:
    random = np.random.default_rng(seed)
    number = min(RANDOM_PAIRS, 20 * len(records))
    for first, second in random.integers(0, len(records), (number, 2)):
        if first != second:
            yield records[first], records[second]
