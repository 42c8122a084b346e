"""Attacks on microdata: what can be learnt of those inside but not of those kept outside.

Singling out, linking and inferring after Giomi, Boenisch, Wehmeyer and Tasnadi (2022); copied
rows and membership of our own. In each an empty value is a value: the pattern of what is not
known can give somebody away. Each attack is made on rows that went in (`inside`) and on as many
that did not (`outside`); only the difference is a risk.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import norm, rankdata  # type: ignore[import-untyped]

from opennrm.statistics.microdata.schema import Codes

ATTACKS = 10_000
_COLUMNS_KNOWN = 4
_BLOCK = 500
_MOST_ROWS = 20_000
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Tried:
    """How often an attack succeeded inside and outside, out of so many tries each."""

    inside: int
    outside: int
    tries: int

    @property
    def excess(self) -> float:
        """How much more often it succeeds on those inside."""
        return (self.inside - self.outside) / max(self.tries, 1)

    @property
    def risk(self) -> float:
        """The excess as a share of what was left to be found out."""
        return max(0.0, self.excess / max(1 - self.outside / max(self.tries, 1), 1e-9))

    @property
    def highest(self) -> float:
        """The upper limit of the risk, at 95 percent of certainty."""
        first, width = _wilson(self.inside, self.tries)
        second, beside = _wilson(self.outside, self.tries)
        left = max(1 - second, 1e-9)
        slope = (first - 1) / left**2
        spread = math.hypot(width / left, slope * beside)
        return float(min(1.0, max(0.0, (first - second) / left + spread)))


def singling_out(
    inside: Codes, outside: Codes, published: Codes, random: np.random.Generator
) -> Tried:
    """Describe a published row by four of its values; succeed when exactly one person fits."""
    tries = min(ATTACKS, 4 * len(published))
    rows = published[random.integers(0, len(published), tries)]
    found = np.zeros((2, tries), dtype=bool)
    groups = [
        tuple(sorted(random.choice(published.shape[1], _known(published), replace=False)))
        for _ in range(min(200, tries))
    ]
    for number, columns in enumerate(groups):
        at = np.arange(number, tries, len(groups))
        alone = _times(*_keys(columns, rows[at], published)) == 1
        for side, people in enumerate((inside, outside)):
            sought, there = _keys(columns, rows[at], people)
            found[side, at] = alone & (_times(sought, there) == 1)
    return Tried(int(found[0].sum()), int(found[1].sum()), tries)


def linking(
    inside: Codes,
    outside: Codes,
    published: Codes,
    known: tuple[Sequence[int], Sequence[int]],
    neighbours: int,
    random: np.random.Generator,
) -> Tried:
    """Know a person's answers in two files apart; succeed when the same row is next to both."""
    published = _sample(published, _MOST_ROWS, random)
    tries = min(ATTACKS // 5, len(inside), len(outside))
    hits = []
    for people in (inside, outside):
        chosen = _sample(people, tries, random)
        first, second = (
            np.concatenate(list(_nearest(chosen[:, part], published[:, part], neighbours)))
            for part in known
        )
        hits.append(sum(not set(a).isdisjoint(b) for a, b in zip(first, second, strict=True)))
    return Tried(hits[0], hits[1], tries)


def inferring(
    inside: Codes, outside: Codes, published: Codes, secret: int, random: np.random.Generator
) -> Tried:
    """Know all other answers of a person; guess the secret one from the row next to her."""
    published = _sample(published, _MOST_ROWS, random)
    others = [at for at in range(inside.shape[1]) if at != secret]
    tries = min(ATTACKS, len(inside), len(outside))
    hits = []
    for people in (inside, outside):
        chosen = _sample(people, tries, random)
        nearest = np.concatenate(list(_nearest(chosen[:, others], published[:, others], 1)))
        hits.append(int((published[nearest[:, 0], secret] == chosen[:, secret]).sum()))
    return Tried(hits[0], hits[1], tries)


def copied(inside: Codes, outside: Codes, published: Codes) -> tuple[float, float]:
    """The share of unlike-all-others rows found again word for word: inside and outside."""
    of_in, of_out = _keys(None, inside, outside)
    once_in = (_times(of_in, of_in) == 1) & (_times(of_in, of_out) == 0)
    once_out = (_times(of_out, of_out) == 1) & (_times(of_out, of_in) == 0)
    found_in = _times(*_keys(None, inside, published)) > 0
    found_out = _times(*_keys(None, outside, published)) > 0
    return _share(found_in, once_in), _share(found_out, once_out)


def membership(
    inside: Codes, outside: Codes, published: Codes, random: np.random.Generator
) -> float:
    """How well the distance to the nearest published row tells who was inside; 0.5 is chance."""
    published = _sample(published, _MOST_ROWS, random)
    near = [
        np.concatenate(list(_likeness(_sample(people, ATTACKS // 2, random), published)))
        for people in (inside, outside)
    ]
    ranks = rankdata(np.concatenate(near))
    size = len(near[0])
    return float((ranks[:size].sum() - size * (size + 1) / 2) / (size * len(near[1])))


def _known(published: Codes) -> int:
    return min(_COLUMNS_KNOWN, int(published.shape[1]))


def _sample(rows: Codes, size: int, random: np.random.Generator) -> Codes:
    return rows if len(rows) <= size else rows[random.choice(len(rows), size, replace=False)]


def _keys(columns: Sequence[int] | None, first: Codes, second: Codes) -> tuple[Numbers, Numbers]:
    """A number for each row, alike where the rows are alike."""
    both = np.concatenate([first, second])
    both = both if columns is None else both[:, list(columns)]
    _, numbers = np.unique(both, axis=0, return_inverse=True)
    numbers = numbers.ravel()
    return numbers[: len(first)], numbers[len(first) :]


def _times(sought: Numbers, among: Numbers) -> Numbers:
    counts = np.bincount(
        among, minlength=int(max(sought.max(initial=0), among.max(initial=0))) + 1
    )
    return np.asarray(counts[sought])


def _share(found: npt.NDArray[np.bool_], of: npt.NDArray[np.bool_]) -> float:
    return float(found[of].mean()) if of.any() else 0.0


def _nearest(sought: Codes, among: Codes, number: int) -> Iterator[Numbers]:
    """The published rows next to each row, a block of rows at a time."""
    for block in _likenesses(sought, among):
        if number == 1:
            yield block.argmax(axis=1)[:, None]
        else:
            yield np.argpartition(-block, number, axis=1)[:, :number]


def _likeness(sought: Codes, among: Codes) -> Iterator[npt.NDArray[np.float32]]:
    yield from (block.max(axis=1) for block in _likenesses(sought, among))


def _likenesses(sought: Codes, among: Codes) -> Iterator[npt.NDArray[np.float32]]:
    """How many answers each two rows share, a block of rows at a time."""
    sizes = np.maximum(sought.max(axis=0), among.max(axis=0)) + 1
    right = _spelled(among, sizes)
    for start in range(0, len(sought), _BLOCK):
        yield _spelled(sought[start : start + _BLOCK], sizes) @ right.T


def _spelled(rows: Codes, sizes: npt.NDArray[np.int16]) -> npt.NDArray[np.float32]:
    """A one for each value that a row has."""
    starts = np.concatenate([[0], np.cumsum(sizes[:-1], dtype=np.int64)])
    spelled = np.zeros((len(rows), int(sizes.sum(dtype=np.int64))), np.float32)
    spelled[np.arange(len(rows))[:, None], rows + starts] = 1
    return spelled


def _wilson(hits: int, tries: int) -> tuple[float, float]:
    """The middle and half width of the interval of Wilson (1927), at 95 percent."""
    z = float(norm.ppf(0.975))
    share = hits / max(tries, 1)
    below = 1 + z * z / max(tries, 1)
    middle = (share + z * z / (2 * max(tries, 1))) / below
    spread = share * (1 - share) / max(tries, 1) + (z / (2 * max(tries, 1))) ** 2
    return middle, z * math.sqrt(spread) / below
